#include "zip_wide.h"

#include "zip_layout.h"

#include <array>

namespace segell::signer::ades {

using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::uint16_t kWideField = 0x0001;
constexpr std::uint32_t kEnd64 = 0x06064B50;
constexpr std::size_t kEnd64Size = 56, kEnd64Head = 12;  // the record counts what follows its mark and length

/// One number of a header, and how many octets it has in the ZIP64 field.
struct Place {
  std::uint64_t value;
  std::uint64_t all_bits;
  std::size_t octets;
  [[nodiscard]] bool is_elsewhere() const { return value == all_bits; }
};

std::uint64_t number_at(BytesView data, std::size_t at, std::size_t octets) {
  return octets == 8 ? zip_u64(data, at) : zip_u32(data, at);
}

base::Failure contradiction(std::string words) { return fail(Code::malformed, "zip.malformed", std::move(words)); }

}  // namespace

std::uint16_t zip_u16(BytesView octets, std::size_t at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(octets[at]) | std::to_integer<unsigned>(octets[at + 1])
                                                                                << 8U);
}
std::uint32_t zip_u32(BytesView octets, std::size_t at) {
  return static_cast<std::uint32_t>(zip_u16(octets, at)) | static_cast<std::uint32_t>(zip_u16(octets, at + 2)) << 16U;
}
std::uint64_t zip_u64(BytesView octets, std::size_t at) {
  return zip_u32(octets, at) | static_cast<std::uint64_t>(zip_u32(octets, at + 4)) << 32U;
}

ZipWideField find_wide_field(BytesView extra) {
  ZipWideField out;
  while (extra.size() >= 4 && extra.size() - 4 >= zip_u16(extra, 2)) {
    const BytesView data = extra.subspan(4, zip_u16(extra, 2));
    if (zip_u16(extra, 0) == kWideField) {
      out.twice = out.twice || out.data.has_value();
      out.data = data;
    }
    extra = extra.subspan(4 + data.size());
  }
  return out;
}

bool widen_central(ZipNumbers& numbers, const ZipWideField& field) {
  if (field.twice) return false;
  std::array<Place, 4> places{{{numbers.size, kZipAll32, 8},
                               {numbers.packed, kZipAll32, 8},
                               {numbers.header, kZipAll32, 8},
                               {numbers.volume, kZipAll16, 4}}};
  std::size_t needed = 0;
  for (const Place& place : places)
    if (place.is_elsewhere()) needed += place.octets;
  if (!field.data) return needed == 0;
  const BytesView data = *field.data;
  // Only what the record leaves out should stand in the field; some writers put all there, in the same order.
  const bool only_needed = data.size() == needed;
  std::size_t at = 0;
  for (Place& place : places) {
    const bool elsewhere = place.is_elsewhere();
    if (only_needed && !elsewhere) continue;
    if (at == data.size() && !elsewhere) break;
    if (data.size() - at < place.octets) return false;
    const std::uint64_t value = number_at(data, at, place.octets);
    if (!elsewhere && value != place.value) return false;
    place.value = value;
    at += place.octets;
  }
  numbers = {.size = places[0].value,
             .packed = places[1].value,
             .header = places[2].value,
             .volume = static_cast<std::uint32_t>(places[3].value)};
  return at == data.size();
}

bool widen_local(ZipNumbers& numbers, const ZipWideField& field) {
  if (field.twice) return false;
  if (!field.data) return numbers.size != kZipAll32 && numbers.packed != kZipAll32;
  if (field.data->size() != 16) return false;
  const std::uint64_t size = zip_u64(*field.data, 0), packed = zip_u64(*field.data, 8);
  if (numbers.size != kZipAll32 && numbers.size != size) return false;
  if (numbers.packed != kZipAll32 && numbers.packed != packed) return false;
  numbers.size = size;
  numbers.packed = packed;
  return true;
}

Result<void> read_wide_end(const pdf::ByteSource& file, BytesView locator, std::uint64_t at, ZipEndRecord& end) {
  const std::uint64_t begin = zip_u64(locator, 8);
  if (zip_u32(locator, 4) != 0 || zip_u32(locator, 16) != 1)
    return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
  if (at < kEnd64Size || begin > at - kEnd64Size)
    return contradiction("the second end of the archive (ZIP64) lies elsewhere than it says");
  SEGELL_TRY(const base::Bytes record, pdf::read_range(file, {begin, kEnd64Size}, kEnd64Size));
  if (zip_u32(record, 0) != kEnd64 || zip_u64(record, 4) != at - begin - kEnd64Head)
    return contradiction("the second end of the archive (ZIP64) lies elsewhere than it says");
  if (at - begin != kEnd64Size)
    return fail(Code::unsupported, "zip.zip64", "the second end of the archive (ZIP64) holds data that are not read");
  const std::uint64_t entries = zip_u64(record, 32), size = zip_u64(record, 40), directory = zip_u64(record, 48);
  if (zip_u32(record, 16) != 0 || zip_u32(record, 20) != 0 || zip_u64(record, 24) != entries)
    return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
  if ((end.entries != kZipAll16 && end.entries != entries) ||
      (end.directory != kZipAll32 && end.directory != directory) ||
      (end.directory_size != kZipAll32 && end.directory_size != size))
    return contradiction("the two ends of the archive (ZIP64) say different things");
  end = {.at = begin, .entries = entries, .directory = directory, .directory_size = size};
  return base::ok();
}

}  // namespace segell::signer::ades
