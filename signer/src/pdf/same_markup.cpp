#include "pdf/same_markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

namespace segell::signer::pdf {
namespace {

/// What stands before each piece of the plain form; texts that hold one of them have none.
enum class Piece : char { text = 1, open, attribute, value, close, note };

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// XML 1.0, 2.11 and 4.6.
std::string read_text(std::string_view written) {
  constexpr std::array kEntities{
      std::pair{std::string_view("&lt;"), '<'},   std::pair{std::string_view("&gt;"), '>'},
      std::pair{std::string_view("&quot;"), '"'}, std::pair{std::string_view("&apos;"), '\''},
      std::pair{std::string_view("&#xD;"), '\r'}, std::pair{std::string_view("&#13;"), '\r'},
      std::pair{std::string_view("&amp;"), '&'}};
  std::string out;
  for (std::size_t i = 0; i < written.size();) {
    const auto entity =
        std::ranges::find_if(kEntities, [&](const auto& one) { return written.substr(i).starts_with(one.first); });
    if (entity != kEntities.end()) {
      out += entity->second;
      i += entity->first.size();
      continue;
    }
    const bool line = written[i] == '\r';
    if (!line || written.substr(i, 2) != "\r\n") out += line ? '\n' : written[i];
    ++i;
  }
  return out;
}

class Markup {
 public:
  explicit Markup(std::string_view text) : m_text(text) {}

  std::optional<std::string> read() {
    const auto controls = [](char c) { return static_cast<unsigned char>(c) < 0x09; };
    if (std::ranges::any_of(m_text, controls)) return std::nullopt;
    while (m_at < m_text.size())
      if (!(m_text[m_at] == '<' ? tag() : words())) return std::nullopt;
    return std::move(m_out);
  }

 private:
  void add(Piece piece, std::string_view words) {
    m_out += static_cast<char>(piece);
    m_out += words;
  }

  bool words() {
    const std::size_t end = std::min(m_text.find('<', m_at), m_text.size());
    const std::string_view written = m_text.substr(m_at, end - m_at);
    if (!without_blanks(written).empty()) add(Piece::text, read_text(written));
    m_at = end;
    return true;
  }

  bool tag() {
    const std::string_view rest = m_text.substr(m_at);
    if (rest.starts_with("<!--")) return note("-->");
    if (rest.starts_with("<?")) return instruction();
    if (rest.starts_with("<!")) return false;
    const std::size_t end = end_of_tag();
    if (end == std::string_view::npos) return false;
    std::string_view inside = m_text.substr(m_at + 1, end - m_at - 1);
    m_at = end + 1;
    if (inside.starts_with('/')) {
      add(Piece::close, without_blanks(inside.substr(1)));
      return true;
    }
    const bool empty = inside.ends_with('/');
    if (empty) inside.remove_suffix(1);
    return element(inside, empty);
  }

  // the first > outside of quotes
  [[nodiscard]] std::size_t end_of_tag() const {
    char quote = 0;
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
      const char c = m_text[i];
      if (quote == 0 && c == '>') return i;
      if (quote == 0 && c == '<') return std::string_view::npos;
      if (quote == 0 && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = 0;
    }
    return std::string_view::npos;
  }

  bool element(std::string_view inside, bool empty) {
    const std::string_view name = inside.substr(0, std::min(inside.find_first_of(" \t\r\n"), inside.size()));
    std::map<std::string_view, std::string> attributes;
    for (std::string_view left = without_blanks(inside.substr(name.size())); !left.empty();) {
      const std::size_t equals = left.find('=');
      if (equals == std::string_view::npos) return false;
      const std::string_view key = without_blanks(left.substr(0, equals));
      left = without_blanks(left.substr(equals + 1));
      const std::size_t close = left.empty() ? std::string_view::npos : left.find(left.front(), 1);
      if ((!left.starts_with('"') && !left.starts_with('\'')) || close == std::string_view::npos) return false;
      if (!attributes.emplace(key, read_text(left.substr(1, close - 1))).second) return false;
      left = without_blanks(left.substr(close + 1));
    }
    add(Piece::open, name);
    for (const auto& [key, value] : attributes) {
      add(Piece::attribute, key);
      add(Piece::value, value);
    }
    if (empty) add(Piece::close, name);
    return !name.empty();
  }

  bool note(std::string_view closing) {
    const std::size_t end = m_text.find(closing, m_at);
    if (end == std::string_view::npos) return false;
    add(Piece::note, without_blanks(m_text.substr(m_at, end - m_at)));
    m_at = end + closing.size();
    return true;
  }

  // the declaration of XML's own encoding says nothing; of another one it says how all else is read
  bool instruction() {
    const std::string_view rest = m_text.substr(m_at);
    const std::size_t end = rest.find("?>");
    const bool declares = rest.starts_with("<?xml ") && m_at == 0;
    if (!declares) return note("?>");
    if (end == std::string_view::npos) return false;
    const std::string_view inside = rest.substr(0, end);
    const bool own = inside.find("UTF-8") != std::string_view::npos || inside.find("utf-8") != std::string_view::npos;
    if (inside.find("encoding") != std::string_view::npos && !own) return false;
    m_at += end + 2;
    return true;
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::string m_out;
};

}  // namespace

std::optional<std::string> plain_markup(std::string_view text) { return Markup(text).read(); }

}  // namespace segell::signer::pdf
