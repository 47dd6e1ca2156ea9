#pragma once

#include <cstdint>
#include <string_view>

namespace segell::signer::pdf {

/// A character of text fonts (ISO 32000-1, table D.2).
struct LatinLetter {
  std::string_view name;
  std::uint32_t point;        ///< in Unicode
  std::uint16_t sans, serif;  ///< widths in Helvetica and Times, thousandths of an em
};

/// Null for names and characters beyond that table.
const LatinLetter* letter_called(std::string_view name);
const LatinLetter* letter_for(std::uint32_t point);

/// What a code of WinAnsiEncoding means: unused ones are bullets (annex D.2, note 3).
std::uint32_t win_ansi_point(std::uint8_t code);

}  // namespace segell::signer::pdf
