#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

#include <cstdint>
#include <string_view>

namespace segell::signer::pdf {

enum class CharClass : std::uint8_t { regular, white, delimiter };

CharClass class_of(char c) noexcept;
inline bool is_white(char c) noexcept { return class_of(c) == CharClass::white; }
inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Reads tokens and objects out of one window of a source (ISO 32000-1, 7.2 and 7.3). The window's first octet stands
/// at `base` of the source. Strict: what the standard does not allow is an error, not a guess.
class Lexer {
 public:
  Lexer(std::string_view text, std::uint64_t base) noexcept : m_text(text), m_base(base) {}

  [[nodiscard]] std::size_t at() const noexcept { return m_at; }
  [[nodiscard]] std::uint64_t offset() const noexcept { return m_base + m_at; }
  void seek(std::size_t at) noexcept { m_at = at; }
  [[nodiscard]] std::string_view rest() const noexcept { return m_text.substr(m_at); }
  /// True when some token ran into the end of the window: in a larger window it might read otherwise.
  [[nodiscard]] bool touched_end() const noexcept { return m_touched_end; }

  void skip_white() noexcept;
  /// The next octet after white space, 0 at the end.
  [[nodiscard]] char peek() noexcept;
  /// Consumes the keyword when it comes next and ends there.
  bool keyword(std::string_view word) noexcept;
  /// Consumes a plain non-negative integer of at most 19 digits that ends there.
  bool number(std::uint64_t& out) noexcept;

  base::Result<Object> object(std::size_t depth = 0);

 private:
  base::Result<Object> value(std::size_t depth);
  base::Result<Object> number_or_reference();
  base::Result<Object> literal_string();
  base::Result<Object> hex_string();
  base::Result<Object> array(std::size_t depth);
  base::Result<Object> dictionary(std::size_t depth);
  base::Result<std::string> name();
  void escape(std::string& out) noexcept;
  bool reference(std::uint64_t number, Ref& out) noexcept;
  [[nodiscard]] base::Failure wrong(std::string_view what) const;
  [[nodiscard]] bool at_end() noexcept {
    if (m_at < m_text.size()) return false;
    m_touched_end = true;
    return true;
  }

  std::string_view m_text;
  std::uint64_t m_base;
  std::size_t m_at = 0;
  bool m_touched_end = false;
};

}  // namespace segell::signer::pdf
