#include "report_font.h"

#include "printable.h"

#include <cstdio>

extern "C" {
extern const char segell_report_regular_begin[];
extern const char segell_report_regular_end[];
extern const char segell_report_bold_begin[];
extern const char segell_report_bold_end[];
}

namespace segell::cli {

ReportFont::ReportFont(std::string_view made) {
  std::size_t at = 0;
  const auto take = [&](int octets) {
    std::uint32_t value = 0;
    for (; octets > 0; --octets) value = value << 8U | static_cast<unsigned char>(made[at++]);
    return value;
  };
  const std::uint32_t count = take(2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const char32_t character = take(4);
    const auto id = static_cast<std::uint16_t>(take(2));
    m_glyphs.emplace(character, Glyph{id, static_cast<std::uint16_t>(take(2))});
  }
  m_file = base::as_bytes(made.substr(at));
}

const ReportFont& ReportFont::regular() {
  static const ReportFont kFont({segell_report_regular_begin, segell_report_regular_end});
  return kFont;
}

const ReportFont& ReportFont::bold() {
  static const ReportFont kFont({segell_report_bold_begin, segell_report_bold_end});
  return kFont;
}

const ReportFont::Glyph* ReportFont::find(char32_t character) const {
  const auto found = m_glyphs.find(character);
  return found == m_glyphs.end() ? nullptr : &found->second;
}

std::u32string characters_of(std::string_view text, const ReportFont& font) {
  std::u32string out;
  while (!text.empty()) {
    const Character character = read_character(text);
    if (character.size != 0 && font.find(character.code) != nullptr) {
      out.push_back(character.code);
    } else {
      char escape[16];
      std::snprintf(escape, sizeof escape, "\\u{%04x}", character.code);
      for (const char c : std::string_view(escape)) out.push_back(static_cast<unsigned char>(c));
    }
    text.remove_prefix(character.size == 0 ? 1 : character.size);
  }
  return out;
}

}  // namespace segell::cli
