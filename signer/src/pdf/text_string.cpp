#include "signer/pdf/object.h"

#include <array>

namespace segell::signer::pdf {
namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t octet) { out.push_back(static_cast<char>(octet)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

constexpr std::uint32_t kReplacement = 0xFFFD;

/// PDFDocEncoding where it differs from Latin-1 (ISO 32000-1, table D.2).
std::uint32_t from_pdf_doc(std::uint8_t octet) {
  static constexpr std::array<std::uint16_t, 8> kLow = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC};
  static constexpr std::array<std::uint16_t, 33> kHigh = {
      0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
      0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
      0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};
  if (octet >= 0x18 && octet <= 0x1F) return kLow[octet - 0x18U];
  if (octet >= 0x80 && octet <= 0xA0) return kHigh[octet - 0x80U];
  return octet == 0x7F || octet == 0xAD ? kReplacement : octet;
}

std::string from_utf16(std::string_view octets) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<std::uint8_t>(octets[at])) << 8U |
           static_cast<std::uint8_t>(octets[at + 1]);
  };
  std::size_t at = 2;
  for (; at + 1 < octets.size(); at += 2) {
    std::uint32_t point = unit(at);
    if (point >= 0xD800 && point < 0xDC00 && at + 3 < octets.size() && (unit(at + 2) & 0xFC00U) == 0xDC00) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if ((point & 0xF800U) == 0xD800) {
      point = kReplacement;
    }
    append_utf8(out, point);
  }
  if (at < octets.size()) append_utf8(out, kReplacement);
  return out;
}

/// The next code point of UTF-8 text; kReplacement, one octet further, where it is not well formed.
std::uint32_t next_point(std::string_view text, std::size_t& at) {
  const auto octet = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
  const std::uint8_t lead = octet(at++);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 && lead <= 0xF4  ? 3
                           : lead >= 0xE0 && lead < 0xF0 ? 2
                           : lead >= 0xC2 && lead < 0xE0 ? 1
                                                         : 0;
  if (more == 0 || at + more > text.size()) return kReplacement;
  std::uint32_t point = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((octet(at + i) & 0xC0U) != 0x80) return kReplacement;
    point = point << 6U | (octet(at + i) & 0x3FU);
  }
  static constexpr std::array<std::uint32_t, 4> kSmallest = {0, 0x80, 0x800, 0x10000};
  if (point < kSmallest[more] || point > 0x10FFFF || (point & 0xFFFFF800U) == 0xD800) return kReplacement;
  at += more;
  return point;
}

void append_unit(std::string& out, std::uint32_t unit) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kDigits[unit >> static_cast<unsigned>(shift) & 15U]);
}

}  // namespace

std::string text_of(const String& string) {
  const std::string_view octets = string.octets;
  if (octets.starts_with("\xFE\xFF")) return from_utf16(octets);
  std::string out;
  if (octets.starts_with("\xEF\xBB\xBF")) {
    for (std::size_t at = 3; at < octets.size();) append_utf8(out, next_point(octets, at));
    return out;
  }
  for (const char c : octets) append_utf8(out, from_pdf_doc(static_cast<std::uint8_t>(c)));
  return out;
}

std::string write_text_string(std::string_view utf8) {
  bool plain = true;
  for (const char c : utf8) plain = plain && c >= ' ' && c <= '~';
  if (plain) {
    std::string out = "(";
    for (const char c : utf8) {
      if (c == '(' || c == ')' || c == '\\') out.push_back('\\');
      out.push_back(c);
    }
    return out + ")";
  }
  std::string out = "<FEFF";
  for (std::size_t at = 0; at < utf8.size();) {
    const std::uint32_t point = next_point(utf8, at);
    if (point >= 0x10000) {
      append_unit(out, 0xD800 + ((point - 0x10000) >> 10U));
      append_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FFU));
    } else {
      append_unit(out, point);
    }
  }
  return out + ">";
}

}  // namespace segell::signer::pdf
