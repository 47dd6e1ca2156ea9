// Makes what `segell verify --report` needs of a typeface: the program itself loads no font library (docs/adr/0011).
// Run by the build: report_font TTF OUT. The file, in big-endian numbers: a 16-bit count of characters, of each its
// code point (32), glyph (16) and advance in thousandths of the em (16), then the subset as a TrueType file.

#include <hb-ot.h>
#include <hb-subset.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using BlobPtr = std::unique_ptr<hb_blob_t, decltype(&hb_blob_destroy)>;
using FacePtr = std::unique_ptr<hb_face_t, decltype(&hb_face_destroy)>;
using FontPtr = std::unique_ptr<hb_font_t, decltype(&hb_font_destroy)>;
using InputPtr = std::unique_ptr<hb_subset_input_t, decltype(&hb_subset_input_destroy)>;

/// Latin with the letters of Europe, Greek, Cyrillic, and the signs of ordinary texts: what names in certificates are
/// written in. Other characters are shown by their number.
constexpr std::pair<std::uint32_t, std::uint32_t> kRanges[] = {{0x20, 0x7E},     {0xA0, 0x24F},    {0x370, 0x3FF},
                                                               {0x400, 0x45F},   {0x1E00, 0x1EFF}, {0x2010, 0x2026},
                                                               {0x2030, 0x203A}, {0x20AC, 0x20AC}, {0x2116, 0x2122}};

void put(std::string& out, std::uint32_t value, int octets) {
  for (int at = octets - 1; at >= 0; --at) out.push_back(static_cast<char>(value >> (8 * at)));
}

std::string make(const std::string& path) {
  const BlobPtr blob(hb_blob_create_from_file_or_fail(path.c_str()), &hb_blob_destroy);
  if (!blob) throw std::runtime_error(path + " cannot be read");
  const FacePtr whole(hb_face_create(blob.get(), 0), &hb_face_destroy);
  const InputPtr input(hb_subset_input_create_or_fail(), &hb_subset_input_destroy);
  if (!input) throw std::runtime_error("no memory");
  for (const auto& [first, last] : kRanges) hb_set_add_range(hb_subset_input_unicode_set(input.get()), first, last);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  // a reader places glyphs by their advances alone
  for (const hb_tag_t table : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F')})
    hb_set_add(hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG), table);
  const FacePtr face(hb_subset_or_fail(whole.get(), input.get()), &hb_face_destroy);
  if (!face) throw std::runtime_error(path + " cannot be subset");
  const FontPtr font(hb_font_create(face.get()), &hb_font_destroy);
  hb_font_set_scale(font.get(), 1000, 1000);

  std::string table;
  std::uint32_t count = 0;
  for (const auto& [first, last] : kRanges) {
    for (std::uint32_t code = first; code <= last; ++code) {
      hb_codepoint_t glyph = 0;
      if (hb_font_get_nominal_glyph(font.get(), code, &glyph) == 0) continue;
      put(table, code, 4);
      put(table, glyph, 2);
      put(table, static_cast<std::uint32_t>(hb_font_get_glyph_h_advance(font.get(), glyph)), 2);
      ++count;
    }
  }
  std::string out;
  put(out, count, 2);
  out += table;
  const BlobPtr made(hb_face_reference_blob(face.get()), &hb_blob_destroy);
  unsigned length = 0;
  const char* octets = hb_blob_get_data(made.get(), &length);
  out.append(octets, length);
  return out;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: report_font TTF OUT");
  std::ofstream out(argv[2], std::ios::binary);
  out << make(argv[1]);
  out.close();
  if (!out) throw std::runtime_error(std::string(argv[2]) + " cannot be written");
  return 0;
} catch (const std::exception& fault) {
  std::fprintf(stderr, "report_font: %s\n", fault.what());
  return 1;
}
