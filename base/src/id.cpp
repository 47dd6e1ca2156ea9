#include "base/id.h"

namespace segell::base {
namespace {
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 26;
}  // namespace

std::string format_id(const std::array<std::byte, 16>& bits) {
  // 26 characters hold 130 bits: two zero bits stand before the first octet.
  std::string out;
  out.reserve(kLength);
  std::uint32_t held_bits = 0;
  int held = 2;
  for (const std::byte octet : bits) {
    held_bits = held_bits << 8 | std::to_integer<std::uint32_t>(octet);
    held += 8;
    for (; held >= 5; held -= 5) out += kAlphabet[held_bits >> (held - 5) & 31];
  }
  return out;
}

Result<std::array<std::byte, 16>> parse_id(std::string_view text) {
  const auto refuse = [] { return fail(Code::malformed, "id.malformed", "not an identifier of 26 base32 characters"); };
  if (text.size() != kLength || text[0] > '7') return refuse();
  std::array<std::byte, 16> bits{};
  std::uint32_t held_bits = 0;
  int held = -2;
  std::size_t at = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return refuse();
    held_bits = held_bits << 5 | static_cast<std::uint32_t>(digit);
    held += 5;
    if (held >= 8) {
      held -= 8;
      bits[at++] = static_cast<std::byte>(held_bits >> held & 0xff);
    }
  }
  return bits;
}

}  // namespace segell::base
