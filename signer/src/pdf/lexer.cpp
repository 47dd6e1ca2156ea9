#include "pdf/lexer.h"

#include "signer/pdf/limits.h"

#include <array>
#include <charconv>

namespace segell::signer::pdf {
namespace {

constexpr std::array<CharClass, 256> make_classes() {
  std::array<CharClass, 256> classes{};
  for (const unsigned white : {0U, 9U, 10U, 12U, 13U, 32U}) classes[white] = CharClass::white;
  for (const char delimiter : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'}) {
    classes[static_cast<unsigned char>(delimiter)] = CharClass::delimiter;
  }
  return classes;
}
constexpr auto kClasses = make_classes();

int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_regular(char c) noexcept { return class_of(c) == CharClass::regular; }

}  // namespace

CharClass class_of(char c) noexcept { return kClasses[static_cast<unsigned char>(c)]; }

base::Failure Lexer::wrong(std::string_view what) const {
  return base::fail(base::Code::malformed, "pdf.syntax",
                    std::string(what) + " at offset " + std::to_string(m_base + m_at));
}

void Lexer::skip_white() noexcept {
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

char Lexer::peek() noexcept {
  skip_white();
  return at_end() ? '\0' : m_text[m_at];
}

bool Lexer::keyword(std::string_view word) noexcept {
  skip_white();
  const auto rest = m_text.substr(m_at);
  if (!rest.starts_with(word)) {
    if (word.starts_with(rest)) m_touched_end = true;
    return false;
  }
  if (rest.size() == word.size()) {
    m_touched_end = true;
  } else if (is_regular(rest[word.size()])) {
    return false;
  }
  m_at += word.size();
  return true;
}

bool Lexer::number(std::uint64_t& out) noexcept {
  skip_white();
  std::size_t end = m_at;
  std::uint64_t value = 0;
  while (end < m_text.size() && is_digit(m_text[end])) {
    if (end - m_at == 19) return false;
    value = value * 10 + static_cast<std::uint64_t>(m_text[end++] - '0');
  }
  if (end == m_text.size()) {
    m_touched_end = true;
  } else if (is_regular(m_text[end])) {
    return false;
  }
  if (end == m_at) return false;
  m_at = end;
  out = value;
  return true;
}

base::Result<Object> Lexer::object(std::size_t depth) {
  if (depth > limits::kDepth) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.depth", "an object is nested too deeply");
  }
  skip_white();
  const std::size_t begin = m_at;
  auto result = value(depth);
  if (result) result->set_where({m_base + begin, m_at - begin});
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
      if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '<') return dictionary(depth);
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
  const std::size_t begin = m_at;
  std::size_t digits = 0;
  bool point = false;
  if (m_text[m_at] == '+' || m_text[m_at] == '-') ++m_at;
  while (!at_end() && is_regular(m_text[m_at])) {
    const char c = m_text[m_at];
    if (is_digit(c)) {
      ++digits;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return wrong("a number is malformed");
    }
    ++m_at;
  }
  if (digits == 0 || m_at - begin > 512) return wrong("a number is malformed");
  std::string_view text = m_text.substr(begin, m_at - begin);
  std::int64_t integer = 0;
  const auto whole = text.starts_with('+') ? text.substr(1) : text;
  if (point || std::from_chars(whole.data(), whole.data() + whole.size(), integer).ec != std::errc()) {
    return Object(Real{std::string(text)});
  }
  Ref ref;
  if (is_digit(text.front()) && reference(static_cast<std::uint64_t>(integer), ref)) return Object(ref);
  return Object(integer);
}

bool Lexer::reference(std::uint64_t number, Ref& out) noexcept {
  if (number == 0 || number > limits::kObjectNumber) return false;
  const std::size_t begin = m_at;
  std::uint64_t generation = 0;
  if (!at_end() && is_white(m_text[m_at]) && this->number(generation) && generation <= 65535 && keyword("R")) {
    out = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(generation)};
    return true;
  }
  m_at = begin;
  return false;
}

base::Result<std::string> Lexer::name() {
  const std::size_t begin = ++m_at;
  bool escaped = false;
  while (!at_end() && is_regular(m_text[m_at])) escaped |= m_text[m_at++] == '#';
  const auto text = m_text.substr(begin, m_at - begin);
  if (text.size() > limits::kNameBytes) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.name", "a name is too long");
  }
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

void Lexer::escape(std::string& out) noexcept {
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

base::Result<Object> Lexer::hex_string() {
  // a signature's /Contents is by far the longest token of a signed file: two digits at a time, by table
  static constexpr auto kValues = [] {
    std::array<std::int8_t, 256> values{};
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = -1;
    for (int i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(i);
    for (int i = 0; i < 6; ++i) {
      values[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(10 + i);
      values[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(10 + i);
    }
    return values;
  }();
  String string;
  string.hex = true;
  ++m_at;
  const std::size_t close = m_text.find('>', m_at);
  if (close == std::string_view::npos) return wrong("a hexadecimal string has no end");
  string.octets.resize((close - m_at + 1) / 2);
  std::size_t size = 0;
  int high = -1;
  const std::string_view zeros = "0000000000000000";
  for (; m_at < close; ++m_at) {
    const char c = m_text[m_at];
    if (high < 0) {
      // its padding is zeros, and the string begins as zeros
      if (c == '0' && m_text.compare(m_at, zeros.size(), zeros) == 0) {
        size += zeros.size() / 2;
        m_at += zeros.size() - 1;
        continue;
      }
      const int pair =
          kValues[static_cast<unsigned char>(c)] * 16 | kValues[static_cast<unsigned char>(m_text[m_at + 1])];
      if (pair >= 0) {
        string.octets[size++] = static_cast<char>(pair);
        ++m_at;
        continue;
      }
    }
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) {
      if (is_white(c)) continue;
      return wrong("a hexadecimal string holds another character");
    }
    if (high < 0) {
      high = value;
    } else {
      string.octets[size++] = static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) string.octets[size++] = static_cast<char>(high * 16);
  string.octets.resize(size);
  ++m_at;
  return Object(std::move(string));
}

base::Result<Object> Lexer::array(std::size_t depth) {
  Array items;
  ++m_at;
  while (peek() != ']') {
    SEGELL_TRY(auto item, object(depth + 1));
    items.push_back(std::move(item));
  }
  ++m_at;
  return Object(std::move(items));
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
