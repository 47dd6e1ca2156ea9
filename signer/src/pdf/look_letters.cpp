#include "pdf/look_letters.h"

#include "pdf/content_operators.h"
#include "pdf/font_widths.h"
#include "pdf/latin_letters.h"

#include <algorithm>
#include <string_view>

namespace segell::signer::pdf {
namespace {

constexpr double kNarrowest = 0.5;   ///< of the width in a common font: narrower letters stand over one another
constexpr double kTypewriter = 0.6;  ///< em
constexpr std::size_t kPrefix = 7;   ///< of a subset's name (9.6.4)

/// Words in the names of fonts whose letters are signs, or nothing.
constexpr std::array kSignFonts{std::string_view("symbol"),  std::string_view("dingbat"), std::string_view("wingding"),
                                std::string_view("webding"), std::string_view("marlett"), std::string_view("blank"),
                                std::string_view("barcode"), std::string_view("code39"),  std::string_view("code128"),
                                std::string_view("extra"),   std::string_view("emoji"),   std::string_view("ornament"),
                                std::string_view("d050000")};
/// How the names begin of fonts that readers have, or have a substitute for that looks alike.
constexpr std::array kTextFonts{
    std::string_view("helvetica"), std::string_view("arial"),   std::string_view("times"),
    std::string_view("courier"),   std::string_view("verdana"), std::string_view("tahoma"),
    std::string_view("calibri"),   std::string_view("georgia"), std::string_view("liberation"),
    std::string_view("dejavu"),    std::string_view("nimbus"),  std::string_view("myriad"),
    std::string_view("minion")};
/// Keys by which a font brings letters or widths of its own.
constexpr std::array kOwnLetters{std::string_view("FontDescriptor"), std::string_view("Widths"),
                                 std::string_view("ToUnicode")};

constexpr std::string_view kLow = ",;_";            ///< a comma is a point without its tail
constexpr std::string_view kHigh = "TFEZ57'\"^`*";  ///< a T is an I without its head
constexpr double kTail = 0.05, kFoot = -0.03;       ///< em that must be seen below the line

/// Of the height of capitals, what must be seen of a character above its line.
double share_above(std::uint32_t point) {
  if (point >= 0x80) return 1.05;  // with its accent
  return kHigh.find(static_cast<char>(point)) != std::string_view::npos ? 0.92 : 0.76;
}

/// Without the prefix of a subset, in small letters.
std::string family_of(std::string_view base) {
  if (base.size() > kPrefix && base[kPrefix - 1] == '+') base.remove_prefix(kPrefix);
  std::string out(base);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool has_font_file(const RevisionPair& pair, const Dictionary& font) {
  const Object held = pair.new_entry(font, "FontDescriptor");
  const Dictionary& descriptor = plain_dictionary(held);
  return descriptor.has("FontFile") || descriptor.has("FontFile2") || descriptor.has("FontFile3");
}

}  // namespace

std::optional<LookLetters> LookLetters::of(const RevisionPair& pair, const Object& fonts, const std::string* name,
                                           const KnownFonts& known) {
  const Object* held = name == nullptr ? nullptr : plain_dictionary(fonts).find(*name);
  const auto font = held == nullptr ? base::Result<Object>(Object()) : pair.document.resolve(*held, pair.now);
  if (!font) return std::nullopt;
  const Dictionary& entries = plain_dictionary(*font);
  const std::string* base = entries.name("BaseFont");
  const std::string* kind = entries.name("Subtype");
  if (base == nullptr || kind == nullptr || !is_any(*kind, "Type1", "TrueType", "MMType1")) return std::nullopt;
  const std::string family = family_of(*base);
  if (std::ranges::any_of(kSignFonts, [&](auto word) { return family.find(word) != std::string::npos; }))
    return std::nullopt;
  const Ref* ref = held->as_reference();
  const bool existed = ref != nullptr && pair.existed(ref->number);
  const bool plain = std::ranges::any_of(kTextFonts, [&](auto word) { return family.starts_with(word); }) &&
                     std::ranges::none_of(kOwnLetters, [&](auto key) { return entries.has(key); });
  if (!existed && !plain) return std::nullopt;
  LookLetters out;
  if (has_font_file(pair, entries)) {
    if (ref == nullptr || (!known.all && !known.shown.contains(ref->number))) return std::nullopt;
    if (known.all && !entries.has("Encoding")) return std::nullopt;
    out.m_own_shapes = ref->number;
  }
  if (!out.read_encoding(pair, entries)) return std::nullopt;
  out.measure(pair, entries, family);
  return out;
}

bool LookLetters::read_encoding(const RevisionPair& pair, const Dictionary& font) {
  const Object encoding = pair.new_entry(font, "Encoding");
  const Dictionary& own = plain_dictionary(encoding);
  const Object base = encoding.as_dictionary() != nullptr ? pair.new_entry(own, "BaseEncoding") : encoding;
  const std::string* table = base.as_name();
  if (encoding.as_stream() != nullptr || (!base.is_null() && table == nullptr)) return false;
  if (table != nullptr && !is_any(*table, "WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding", "PDFDocEncoding"))
    return false;
  // all tables agree in these (annex D.2), but for the two quotes of StandardEncoding
  for (std::uint32_t code = 0x20; code < 0x7F; ++code) m_letters[code].point = code;
  if (table != nullptr && *table == "WinAnsiEncoding")
    for (std::uint32_t code = 0x80; code <= 0xFF; ++code)
      m_letters[code].point = win_ansi_point(static_cast<std::uint8_t>(code));
  if (table != nullptr && *table == "PDFDocEncoding")
    for (std::uint32_t code = 0xA1; code <= 0xFF; ++code) m_letters[code].point = code;
  const Object changes = pair.new_entry(own, "Differences");
  if (changes.is_null()) return true;
  if (changes.as_array() == nullptr) return false;
  std::int64_t code = -1;
  for (const Object& change : *changes.as_array()) {
    if (const std::int64_t* next = change.as_integer()) code = *next;
    const std::string* name = change.as_name();
    if (name == nullptr) continue;
    if (code < 0 || code > 0xFF) return false;
    const LatinLetter* letter = letter_called(*name);
    m_letters[static_cast<std::size_t>(code++)].point = letter == nullptr ? 0 : letter->point;
  }
  return true;
}

void LookLetters::measure(const RevisionPair& pair, const Dictionary& font, const std::string& base) {
  const bool typewriter = base.starts_with("courier"), serif = base.starts_with("times");
  const double capital = typewriter ? 0.56 : serif ? 0.66 : 0.72;
  const auto stated = font.has("Widths") ? FontWidths::read(pair.document, font, pair.now) : std::nullopt;
  for (std::size_t code = 0; code < m_letters.size(); ++code) {
    Letter& letter = m_letters[code];
    const LatinLetter* known = letter_for(letter.point);
    if (known == nullptr) {
      letter.point = 0;
      continue;
    }
    const double usual = (serif ? known->serif : known->sans) / 1000.0;
    const char text = static_cast<char>(code);
    letter.width = stated ? stated->of({&text, 1}) : typewriter ? kTypewriter : usual;
    letter.above = capital * share_above(letter.point);
    letter.below =
        letter.point < 0x80 && kLow.find(static_cast<char>(letter.point)) != std::string_view::npos ? kTail : kFoot;
    if (letter.width < kNarrowest * usual && letter.point != ' ') letter.point = 0;
  }
}

}  // namespace segell::signer::pdf
