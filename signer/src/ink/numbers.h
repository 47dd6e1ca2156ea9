#pragma once

#include <charconv>
#include <cstdint>
#include <string>

namespace segell::signer::ink {

/// The shortest decimal digits that give the same number back; never an exponent, never "-0".
inline std::string to_decimal(double value) {
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits, value == 0 ? 0.0 : value, std::chars_format::fixed);
  return {digits, end.ptr};
}

/// Rounded to that many places, without trailing zeros.
inline std::string to_decimal(double value, int places) {
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, places);
  std::string text(digits, end.ptr);
  if (places > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

}  // namespace segell::signer::ink
