#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace segell::cli {

/// One face of a report: which characters it has, how wide they are, and the TrueType file to embed.
class ReportFont {
 public:
  struct Glyph {
    std::uint16_t id = 0;
    std::uint16_t advance = 0;  ///< thousandths of the em
  };

  static const ReportFont& regular();
  static const ReportFont& bold();

  [[nodiscard]] const Glyph* find(char32_t character) const;
  [[nodiscard]] const std::unordered_map<char32_t, Glyph>& glyphs() const { return m_glyphs; }
  [[nodiscard]] base::BytesView file() const { return m_file; }

 private:
  explicit ReportFont(std::string_view made);
  std::unordered_map<char32_t, Glyph> m_glyphs;
  base::BytesView m_file;
};

/// The characters of a UTF-8 text that the face has; any other one by its number, "\u{1F600}", as `printable` writes
/// it.
std::u32string characters_of(std::string_view text, const ReportFont& font);

}  // namespace segell::cli
