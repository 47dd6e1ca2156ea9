#include "pdf/codecs.h"

#include "pdf/lexer.h"

#include <array>
#include <cstdlib>

namespace segell::signer::pdf {
namespace {

std::uint8_t octet(std::byte value) { return std::to_integer<std::uint8_t>(value); }

std::uint8_t paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int to_left = std::abs(guess - left);
  const int to_above = std::abs(guess - above);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_above && to_left <= to_corner) return static_cast<std::uint8_t>(left);
  return static_cast<std::uint8_t>(to_above <= to_corner ? above : corner);
}

/// One row of PNG filtering (ISO/IEC 15948, 9.2), in place; `above` is the row before, already undone.
bool undo_png_row(std::uint8_t type, std::span<std::byte> row, base::BytesView above, std::size_t pixel) {
  if (type > 4) return false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int left = i >= pixel ? octet(row[i - pixel]) : 0;
    const int up = above.empty() ? 0 : octet(above[i]);
    const int corner = i >= pixel && !above.empty() ? octet(above[i - pixel]) : 0;
    int guess = 0;
    if (type == 1) guess = left;
    if (type == 2) guess = up;
    if (type == 3) guess = (left + up) / 2;
    if (type == 4) guess = paeth(left, up, corner);
    row[i] = static_cast<std::byte>((octet(row[i]) + guess) & 0xFF);
  }
  return true;
}

base::Result<base::Bytes> undo_png(const base::Bytes& in, std::size_t row_bytes, std::size_t pixel) {
  base::Bytes out;
  out.reserve(in.size());
  for (std::size_t at = 0; at < in.size(); at += row_bytes + 1) {
    const std::size_t count = std::min(row_bytes, in.size() - at - 1);
    const std::size_t begin = out.size();
    out.insert(out.end(), in.begin() + static_cast<std::ptrdiff_t>(at + 1),
               in.begin() + static_cast<std::ptrdiff_t>(at + 1 + count));
    const auto above = begin == 0 ? base::BytesView{} : base::BytesView(out).subspan(begin - row_bytes, row_bytes);
    if (!undo_png_row(octet(in[at]), std::span(out).subspan(begin), above, pixel)) {
      return bad_filter("a stream has an unknown row predictor");
    }
  }
  return out;
}

}  // namespace

base::Failure too_large() {
  return base::fail(base::Code::limit_exceeded, "pdf.limit.inflate", "a stream is too large once decoded");
}
base::Failure bad_filter(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.filter", std::string(what));
}

base::Result<base::Bytes> undo_predictor(base::Bytes octets, const Predictor& predictor) {
  if (predictor.kind == 1) return octets;
  const bool sane = predictor.colors >= 1 && predictor.colors <= 32 && predictor.columns >= 1 &&
                    predictor.columns <= 1 << 20 &&
                    (predictor.bits == 1 || predictor.bits == 2 || predictor.bits == 4 || predictor.bits == 8 ||
                     predictor.bits == 16);
  if (!sane) return bad_filter("a stream's predictor is malformed");
  const auto pixel_bits = static_cast<std::size_t>(predictor.colors * predictor.bits);
  const std::size_t pixel = std::max<std::size_t>(1, pixel_bits / 8);
  const std::size_t row = (pixel_bits * static_cast<std::size_t>(predictor.columns) + 7) / 8;
  if (predictor.kind >= 10 && predictor.kind <= 15) return undo_png(octets, row, pixel);
  if (predictor.kind != 2 || predictor.bits != 8) {
    return base::fail(base::Code::unsupported, "pdf.filter-unknown", "a stream has a predictor that is not read here");
  }
  for (std::size_t at = 0; at < octets.size(); ++at) {
    if (at % row >= pixel) octets[at] = static_cast<std::byte>((octet(octets[at]) + octet(octets[at - pixel])) & 0xFF);
  }
  return octets;
}

base::Result<base::Bytes> decode_lzw(base::BytesView in, bool early_change, std::size_t max_bytes) {
  constexpr unsigned kClear = 256;
  constexpr unsigned kEnd = 257;
  // Each entry is the entry before it and one octet more.
  struct Entry {
    std::uint16_t prefix;
    std::uint16_t length;
    std::uint8_t last;
    std::uint8_t first;
  };
  std::array<Entry, 4097> table{};
  for (unsigned i = 0; i < 256; ++i) table[i] = {0, 1, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i)};
  base::Bytes out;
  unsigned next = 258;
  unsigned width = 9;
  unsigned previous = kClear;
  std::uint32_t pool = 0;
  unsigned held = 0;
  for (const std::byte byte : in) {
    pool = pool << 8U | octet(byte);
    held += 8;
    if (held < width) continue;
    held -= width;
    const unsigned code = pool >> held & ((1U << width) - 1);
    if (code == kEnd) return out;
    if (code == kClear) {
      next = 258;
      width = 9;
      previous = kClear;
      continue;
    }
    if (code > next || (code == next && previous == kClear) || (code >= 256 && code < 258)) {
      return bad_filter("a stream's LZW data is damaged");
    }
    if (previous != kClear && next < 4096) {
      const auto& before = table[previous];
      const std::uint8_t last = code == next ? before.first : table[code].first;
      table[next++] = {static_cast<std::uint16_t>(previous), static_cast<std::uint16_t>(before.length + 1), last,
                       before.first};
    } else if (code >= next) {
      return bad_filter("a stream's LZW data is damaged");
    }
    const std::size_t length = table[code].length;
    if (length > max_bytes - out.size()) return too_large();
    out.resize(out.size() + length);
    unsigned walk = code;
    for (std::size_t i = 1; i <= length; ++i) {
      out[out.size() - i] = static_cast<std::byte>(table[walk].last);
      walk = table[walk].prefix;
    }
    previous = code;
    const unsigned edge = next + (early_change ? 1 : 0);
    width = edge >= 2048 ? 12 : edge >= 1024 ? 11 : edge >= 512 ? 10 : 9;
  }
  return out;
}

base::Result<base::Bytes> decode_ascii_hex(base::BytesView in) {
  base::Bytes out;
  int high = -1;
  for (const char c : base::as_text(in)) {
    if (is_white(c)) continue;
    if (c == '>') break;
    const int value = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (value < 0) return bad_filter("a stream's hexadecimal data holds another character");
    if (high < 0) {
      high = value;
    } else {
      out.push_back(static_cast<std::byte>(high * 16 + value));
      high = -1;
    }
  }
  if (high >= 0) out.push_back(static_cast<std::byte>(high * 16));
  return out;
}

base::Result<base::Bytes> decode_ascii85(base::BytesView in, std::size_t max_bytes) {
  base::Bytes out;
  std::uint64_t group = 0;
  unsigned count = 0;
  const auto put = [&](unsigned octets) {
    for (unsigned i = 0; i < octets; ++i) out.push_back(static_cast<std::byte>(group >> (24 - 8 * i) & 0xFF));
    group = 0;
    count = 0;
  };
  for (const char c : base::as_text(in)) {
    if (is_white(c)) continue;
    if (c == '~') break;
    if (out.size() + 4 > max_bytes) return too_large();
    if (c == 'z' && count == 0) {
      put(4);
      continue;
    }
    if (c < '!' || c > 'u') return bad_filter("a stream's base-85 data holds another character");
    group = group * 85 + static_cast<std::uint64_t>(c - '!');
    if (++count < 5) continue;
    if (group > 0xFFFFFFFF) return bad_filter("a stream's base-85 data is damaged");
    put(4);
  }
  if (count == 1) return bad_filter("a stream's base-85 data is damaged");
  if (count > 1) {
    const unsigned octets = count - 1;
    for (; count < 5; ++count) group = group * 85 + 84;
    if (group > 0xFFFFFFFF) return bad_filter("a stream's base-85 data is damaged");
    put(octets);
  }
  return out;
}

}  // namespace segell::signer::pdf
