#include "pdf/lexer.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace segell::signer::pdf {
namespace {

// A signature's /Contents is by far the longest token of a signed file: its digits are read by table, two at a time.
constexpr auto kHexValues = [] {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < 10; ++i) values['0' + i] = static_cast<std::int8_t>(i);
  for (std::size_t i = 0; i < 6; ++i) values['a' + i] = values['A' + i] = static_cast<std::int8_t>(10 + i);
  return values;
}();

int hex_value(char c) noexcept { return kHexValues[static_cast<unsigned char>(c)]; }

constexpr std::size_t kWindow = 64U << 10U;  ///< what is visible of a source at once
constexpr std::size_t kNumberLength = 512;   ///< octets of one number; the standard's own bounds are far below

/// What fills most of a signature's room.
constexpr std::string_view kPadding = "0000000000000000000000000000000000000000000000000000000000000000";

bool is_padding(std::string_view digits) noexcept {
  return digits.size() >= kPadding.size() && std::memcmp(digits.data(), kPadding.data(), kPadding.size()) == 0;
}

bool is_regular(char c) noexcept { return class_of(c) == CharClass::regular; }

}  // namespace

Lexer::Lexer(const ByteSource& source, std::uint64_t offset, std::size_t first_window, std::uint64_t max_bytes)
    : m_base(offset) {
  const std::uint64_t there = offset < source.size() ? source.size() - offset : 0;
  const std::uint64_t visible = std::min(there, max_bytes);
  m_cut = visible < there;
  m_end = offset + visible;
  if (visible == 0) return;
  if (const auto view = source.borrow({offset, visible}); !view.empty()) {
    m_text = base::as_text(view);
    return;
  }
  m_source = &source;
  slide(first_window);
}

bool Lexer::slide(std::size_t count) {
  const std::size_t kept = m_text.size() - m_at;
  if (m_source == nullptr || m_failure) return kept >= count;
  const bool first = m_window.empty();
  const std::uint64_t left = m_end - offset();
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, first ? count : std::max(count, kWindow)));
  if (size <= kept) return kept >= count;
  if (m_at > 0 && kept > 0) std::memmove(m_window.data(), m_window.data() + m_at, kept);
  m_window.resize(size);
  m_base = offset();
  m_at = 0;
  if (auto read = m_source->read(m_base + kept, std::span(m_window).subspan(kept)); !read) {
    m_failure = read.error();
    m_window.resize(kept);
  }
  m_text = base::as_text(m_window);
  return m_text.size() >= count;
}

void Lexer::seek(std::uint64_t offset) {
  if (offset >= m_base && offset - m_base <= m_text.size()) {
    m_at = static_cast<std::size_t>(offset - m_base);
    return;
  }
  m_text = {};  // the window has slid past it: what follows is read again
  m_base = offset;
  m_at = 0;
}

std::string_view Lexer::rest(std::size_t count) {
  look(count);
  return m_text.substr(m_at);
}

base::Failure Lexer::wrong(std::string_view what) const {
  if (m_failure) return base::fail(*m_failure);
  if (m_cut && m_at >= m_text.size()) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.object", "an object is too long to be read");
  }
  return base::fail(base::Code::malformed, "pdf.syntax", std::string(what) + " at offset " + std::to_string(offset()));
}

void Lexer::skip_white() {
  while (!at_end()) {
    const char c = m_text[m_at];
    if (c == '%') {
      while (!at_end() && m_text[m_at] != '\n' && m_text[m_at] != '\r') ++m_at;
    } else if (is_white(c)) {
      ++m_at;
    } else {
      return;
    }
  }
}

char Lexer::peek() {
  skip_white();
  return at_end() ? '\0' : m_text[m_at];
}

bool Lexer::keyword(std::string_view word) {
  skip_white();
  const auto next = rest(word.size() + 1);
  if (!next.starts_with(word) || (next.size() > word.size() && is_regular(next[word.size()]))) return false;
  m_at += word.size();
  return true;
}

bool Lexer::number(std::uint64_t& out) {
  constexpr std::size_t kDigits = 19;
  skip_white();
  const auto text = rest(kDigits + 1);
  std::uint64_t value = 0;
  std::size_t end = 0;
  for (; end < text.size() && is_digit(text[end]); ++end) {
    if (end == kDigits) return false;
    value = value * 10 + static_cast<std::uint64_t>(text[end] - '0');
  }
  if (end == 0 || (end < text.size() && is_regular(text[end]))) return false;
  m_at += end;
  out = value;
  return true;
}

base::Result<Object> Lexer::object(std::size_t depth) {
  if (depth > limits::kDepth) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.depth", "an object is nested too deeply");
  }
  if (++m_values > limits::kObjectValues) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.object", "an object holds too many values");
  }
  skip_white();
  const std::uint64_t begin = offset();
  auto result = value(depth);
  if (result) result->set_where({begin, offset() - begin});
  return result;
}

base::Result<Object> Lexer::value(std::size_t depth) {
  if (at_end()) return wrong("the text ends where an object should stand");
  const char c = m_text[m_at];
  switch (c) {
    case '/': {
      SEGELL_TRY(auto text, name());
      return Object(Name{std::move(text)});
    }
    case '(':
      return literal_string();
    case '[':
      return array(depth);
    case '<':
      if (look(2) && m_text[m_at + 1] == '<') return dictionary(depth);
      return hex_string();
    case 't':
      if (keyword("true")) return Object(true);
      break;
    case 'f':
      if (keyword("false")) return Object(false);
      break;
    case 'n':
      if (keyword("null")) return Object();
      break;
    default:
      if (is_digit(c) || c == '+' || c == '-' || c == '.') return number_or_reference();
      break;
  }
  return wrong("no object stands");
}

base::Result<Object> Lexer::number_or_reference() {
  const auto text = rest(kNumberLength + 1);
  std::size_t end = text[0] == '+' || text[0] == '-' ? 1 : 0;
  std::size_t digits = 0;
  bool point = false;
  for (; end < text.size() && is_regular(text[end]); ++end) {
    if (is_digit(text[end])) {
      ++digits;
    } else if (text[end] == '.' && !point) {
      point = true;
    } else {
      return wrong("a number is malformed");
    }
  }
  if (digits == 0 || end > kNumberLength) return wrong("a number is malformed");
  const auto written = text.substr(0, end);
  const bool plain = is_digit(text[0]);
  const auto whole = text[0] == '+' ? written.substr(1) : written;
  std::int64_t integer = 0;
  if (point || std::from_chars(whole.data(), whole.data() + whole.size(), integer).ec != std::errc()) {
    Real real{std::string(written)};
    m_at += end;
    return Object(std::move(real));
  }
  m_at += end;
  Ref ref;
  if (plain && reference(static_cast<std::uint64_t>(integer), ref)) return Object(ref);
  return Object(integer);
}

bool Lexer::reference(std::uint64_t number, Ref& out) {
  if (number == 0 || number > limits::kObjectNumber) return false;
  const std::uint64_t begin = offset();
  std::uint64_t generation = 0;
  if (!at_end() && (is_white(m_text[m_at]) || m_text[m_at] == '%') && this->number(generation) && generation <= 65535 &&
      keyword("R")) {
    out = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(generation)};
    return true;
  }
  seek(begin);
  return false;
}

base::Result<std::string> Lexer::name() {
  ++m_at;
  auto text = rest(limits::kNameBytes + 1);
  std::size_t end = 0;
  bool escaped = false;
  for (; end < text.size() && end <= limits::kNameBytes && is_regular(text[end]); ++end) escaped |= text[end] == '#';
  if (end > limits::kNameBytes) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.name", "a name is too long");
  }
  text = text.substr(0, end);
  m_at += end;
  if (!escaped) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '#') {
      out.push_back(text[i]);
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0 || high + low == 0) return wrong("a name has a malformed # escape");
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

base::Result<Object> Lexer::literal_string() {
  String string;
  std::size_t open = 1;
  ++m_at;
  while (!at_end()) {
    const char c = m_text[m_at++];
    if (c == '\\') {
      escape(string.octets);
      continue;
    }
    if (c == ')' && --open == 0) return Object(std::move(string));
    if (c == '(') ++open;
    if (c == '\r') {  // any end-of-line inside a string reads as one line feed (7.3.4.2)
      if (!at_end() && m_text[m_at] == '\n') ++m_at;
      string.octets.push_back('\n');
    } else {
      string.octets.push_back(c);
    }
  }
  return wrong("a string has no end");
}

void Lexer::escape(std::string& out) {
  if (at_end()) return;
  const char c = m_text[m_at++];
  if (c >= '0' && c <= '7') {
    unsigned code = static_cast<unsigned>(c - '0');
    for (int i = 0; i < 2 && !at_end() && m_text[m_at] >= '0' && m_text[m_at] <= '7'; ++i) {
      code = code * 8 + static_cast<unsigned>(m_text[m_at++] - '0');
    }
    out.push_back(static_cast<char>(code & 0xFFU));
    return;
  }
  constexpr std::string_view kFrom = "nrtbf";
  constexpr std::string_view kTo = "\n\r\t\b\f";
  if (const auto index = kFrom.find(c); index != std::string_view::npos) {
    out.push_back(kTo[index]);
  } else if (c == '\r') {
    if (!at_end() && m_text[m_at] == '\n') ++m_at;
  } else if (c != '\n') {
    out.push_back(c);
  }
}

// One stretch of the digits, as much as is visible; `high` is the half octet that the stretch before left over.
bool Lexer::hex_digits(std::string_view digits, String& string, int& high) const {
  std::size_t size = string.octets.size();
  string.octets.resize(size + (digits.size() + 1) / 2);
  char* const out = string.octets.data();
  int left = high;  // in a register: what is written through `out` could be `high`
  for (std::size_t i = 0; i < digits.size(); ++i) {
    for (; left < 0 && i + 1 < digits.size(); i += 2) {
      const int pair = hex_value(digits[i]) * 16 | hex_value(digits[i + 1]);
      if (pair < 0) break;
      out[size++] = static_cast<char>(pair);
      if (pair != 0) continue;
      for (; is_padding(digits.substr(i + 2)); i += kPadding.size()) size += kPadding.size() / 2;
    }
    if (i == digits.size()) break;
    const int value = hex_value(digits[i]);
    if (value < 0) {
      if (!is_white(digits[i])) return false;
      string.spaced = true;
      continue;
    }
    if (left < 0) {
      left = value;
    } else {
      out[size++] = static_cast<char>(left * 16 + value);
      left = -1;
    }
  }
  high = left;
  string.octets.resize(size);
  return true;
}

base::Result<Object> Lexer::hex_string() {
  String string;
  string.hex = true;
  ++m_at;
  int high = -1;
  while (!at_end()) {
    const auto visible = m_text.substr(m_at);
    const std::size_t close = visible.find('>');
    const auto digits = visible.substr(0, close);
    if (!hex_digits(digits, string, high)) return wrong("a hexadecimal string holds another character");
    m_at += digits.size();
    if (close == std::string_view::npos) continue;
    ++m_at;
    if (high >= 0) string.octets.push_back(static_cast<char>(high * 16));
    return Object(std::move(string));
  }
  return wrong("a hexadecimal string has no end");
}

base::Result<Object> Lexer::dictionary(std::size_t depth) {
  Dictionary dictionary;
  m_at += 2;
  while (true) {
    const char c = peek();
    if (c == '>') break;
    if (c != '/') return wrong("a dictionary key is no name");
    SEGELL_TRY(auto key, name());
    SEGELL_TRY(auto value, object(depth + 1));
    dictionary.add(std::move(key), std::move(value));
  }
  ++m_at;
  if (at_end() || m_text[m_at] != '>') return wrong("a dictionary has no end");
  ++m_at;
  return Object(std::move(dictionary));
}

}  // namespace segell::signer::pdf
