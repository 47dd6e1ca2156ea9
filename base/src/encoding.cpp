#include "base/encoding.h"

#include <array>

namespace segell::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Character to digit; -1 for every character outside the alphabet.
constexpr std::array<std::int8_t, 256> reverse(std::string_view alphabet) {
  std::array<std::int8_t, 256> table{};
  for (auto& digit : table) digit = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}

int digit_of(const std::array<std::int8_t, 256>& table, char c) { return table[static_cast<unsigned char>(c)]; }

std::string encode64(BytesView bytes, std::string_view alphabet, bool padded) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::byte octet : bytes) {
    bits = bits << 8 | std::to_integer<std::uint32_t>(octet);
    held += 8;
    for (; held >= 6; held -= 6) out += alphabet[bits >> (held - 6) & 63];
  }
  if (held > 0) out += alphabet[bits << (6 - held) & 63];
  while (padded && out.size() % 4 != 0) out += '=';
  return out;
}

/// Without padding. A last character whose unused bits are not zero would be a second spelling: refused.
Result<Bytes> decode64(std::string_view text, const std::array<std::int8_t, 256>& table) {
  const auto refuse = [] { return fail(Code::malformed, "encoding.base64", "not valid base64"); };
  if (text.size() % 4 == 1) return refuse();
  Bytes out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = digit_of(table, c);
    if (digit < 0) return refuse();
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<std::byte>(bits >> held & 0xff));
    }
  }
  if ((bits & ((1u << held) - 1)) != 0) return refuse();
  return out;
}

constexpr auto kHexDigits = reverse(kHex);
constexpr auto kBase64Digits = reverse(kBase64);
constexpr auto kBase64UrlDigits = reverse(kBase64Url);

}  // namespace

std::string to_hex(BytesView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::byte octet : bytes) {
    out += kHex[std::to_integer<unsigned>(octet) >> 4];
    out += kHex[std::to_integer<unsigned>(octet) & 15];
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (text.size() % 2 != 0) return fail(Code::malformed, "encoding.hex", "hexadecimal text has an odd length");
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit_of(kHexDigits, lower(text[i]));
    const int low = digit_of(kHexDigits, lower(text[i + 1]));
    if (high < 0 || low < 0) return fail(Code::malformed, "encoding.hex", "not a hexadecimal digit");
    out.push_back(static_cast<std::byte>(high << 4 | low));
  }
  return out;
}

std::string to_base64(BytesView bytes) { return encode64(bytes, kBase64, /*padded=*/true); }

Result<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Code::malformed, "encoding.base64", "base64 text lacks its padding");
  if (text.ends_with("==")) {
    text.remove_suffix(2);
  } else if (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  return decode64(text, kBase64Digits);
}

std::string to_base64url(BytesView bytes) { return encode64(bytes, kBase64Url, /*padded=*/false); }

Result<Bytes> from_base64url(std::string_view text) { return decode64(text, kBase64UrlDigits); }

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kUpperHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', kUpperHex[octet >> 4], kUpperHex[octet & 15]};
    }
  }
  return out;
}

bool is_utf8(std::string_view text) noexcept {
  // RFC 3629 section 4: the first continuation octet of some leads has a narrower range.
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead < 0xc2 || lead > 0xf4) return false;
    const std::size_t more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (text.size() - i <= more) return false;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    for (std::size_t k = 1; k <= more; ++k) {
      const auto octet = static_cast<unsigned char>(text[i + k]);
      if (octet < low || octet > high) return false;
      low = 0x80;
      high = 0xbf;
    }
    i += more + 1;
  }
  return true;
}

}  // namespace segell::base
