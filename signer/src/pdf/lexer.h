#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace segell::signer::pdf {

enum class CharClass : std::uint8_t { regular, white, delimiter };

inline constexpr auto kCharClasses = [] {
  std::array<CharClass, 256> classes{};
  for (const unsigned white : {0U, 9U, 10U, 12U, 13U, 32U}) classes[white] = CharClass::white;
  for (const char delimiter : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'}) {
    classes[static_cast<unsigned char>(delimiter)] = CharClass::delimiter;
  }
  return classes;
}();

inline CharClass class_of(char c) noexcept { return kCharClasses[static_cast<unsigned char>(c)]; }
inline bool is_white(char c) noexcept { return class_of(c) == CharClass::white; }
/// The most octets of white space that may stand between the place to which an entry leads and its object: a line may
/// end there, as PDFKit's entries said, and every reader passes over that.
inline constexpr std::size_t kLineEnd = 2;

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Reads tokens and objects (ISO 32000-1, 7.2 and 7.3) out of text in memory, or out of a source through one window
/// that slides forward: a string may be longer than the window, every other token fits into it. Strict: what the
/// standard does not allow is an error, not a guess. Errors of every reading call: malformed "pdf.syntax";
/// limit_exceeded "pdf.limit.depth", "pdf.limit.name", "pdf.limit.object"; those of the source.
class Lexer {
 public:
  /// `text[0]` stands at `base` of whatever it was taken from.
  Lexer(std::string_view text, std::uint64_t base) noexcept : m_text(text), m_base(base) {}
  /// From `offset` on; at most `max_bytes` are looked at. `first_window` is how much is read at first. The source
  /// outlives the lexer.
  Lexer(const ByteSource& source, std::uint64_t offset, std::size_t first_window, std::uint64_t max_bytes);
  Lexer(const Lexer&) = delete;
  Lexer& operator=(const Lexer&) = delete;

  /// Place in the text or the source.
  [[nodiscard]] std::uint64_t offset() const noexcept { return m_base + m_at; }
  /// Goes on `count` octets further, all of them among the rest().
  void skip(std::size_t count) noexcept { m_at += count; }
  /// Goes back (or forth) to a place in the text.
  void seek(std::uint64_t offset);
  /// What comes next: at least `count` octets unless the text ends before.
  [[nodiscard]] std::string_view rest(std::size_t count);

  void skip_white();
  /// The next octet after white space, 0 at the end.
  [[nodiscard]] char peek();
  /// Consumes the keyword when it comes next and ends there.
  bool keyword(std::string_view word);
  /// Consumes a plain non-negative integer of at most 19 digits that ends there.
  bool number(std::uint64_t& out);

  base::Result<Object> object(std::size_t depth = 0);

 private:
  base::Result<Object> value(std::size_t depth);
  base::Result<Object> number_or_reference();
  base::Result<Object> literal_string();
  base::Result<Object> hex_string();
  bool hex_digits(std::string_view digits, String& string, int& high) const;
  base::Result<Object> array(std::size_t depth);
  base::Result<Object> dictionary(std::size_t depth);
  base::Result<std::string> name();
  void escape(std::string& out);
  bool reference(std::uint64_t number, Ref& out);
  /// Consumes and adds the references that come next, written as nearly every writer writes them, "12 0 R 13 0 R", as
  /// far as they are visible.
  void common_references(Array& out);
  [[nodiscard]] std::size_t room_ahead(std::size_t item) const noexcept;
  [[nodiscard]] base::Failure wrong(std::string_view what) const;

  [[nodiscard]] bool at_end() { return m_at >= m_text.size() && !slide(1); }
  /// Makes `count` octets visible from here on, dropping what lies behind; false when the text ends before.
  bool look(std::size_t count) { return m_text.size() - m_at >= count || slide(count); }
  bool slide(std::size_t count);

  std::string_view m_text;
  std::uint64_t m_base;  ///< place of m_text[0]
  std::size_t m_at = 0;
  std::size_t m_values = 0;

  const ByteSource* m_source = nullptr;  ///< none: all text is visible
  std::uint64_t m_end = 0;               ///< where the source, or what may be looked at of it, ends
  bool m_cut = false;                    ///< the source goes on behind m_end
  base::Bytes m_window;
  std::optional<base::Error> m_failure;  ///< of the source
};

}  // namespace segell::signer::pdf
