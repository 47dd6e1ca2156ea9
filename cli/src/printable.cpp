#include "printable.h"

#include <cstdint>
#include <cstdio>

namespace segell::cli {
namespace {

bool is_harmless(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD) return false;
  if (code >= 0x200B && code <= 0x200F) return false;  // zero width, direction marks
  if (code >= 0x2028 && code <= 0x202E) return false;  // separators, direction overrides
  if (code >= 0x2060 && code <= 0x206F) return false;  // invisible operators, direction isolates
  return code != 0xFEFF && (code < 0xE0000 || code > 0xE0FFF);
}

}  // namespace

Character read_character(std::string_view text) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = octet(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (size == 0 || size > text.size() || first > 0xF4) return {};
  std::uint32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((octet(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (octet(i) & 0x3FU);
  }
  constexpr std::uint32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLowest[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
  return {code, size};
}

std::string printable(std::string_view text, std::size_t max) {
  std::string out;
  while (!text.empty()) {
    if (out.size() >= max) return out + "…";
    const Character character = read_character(text);
    char escape[16];
    if (character.size == 0) {
      std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned char>(text[0]));
      out += escape;
    } else if (is_harmless(character.code)) {
      out += text.substr(0, character.size);
    } else {
      std::snprintf(escape, sizeof escape, character.code < 0x80 ? "\\x%02x" : "\\u{%04x}", character.code);
      out += escape;
    }
    text.remove_prefix(character.size == 0 ? 1 : character.size);
  }
  return out;
}

}  // namespace segell::cli
