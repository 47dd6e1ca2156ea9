#pragma once

#include "pdf/revision_pair.h"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace segell::signer::pdf {

/// Whose letters are taken for what their codes say, of the fonts that bring shapes of their own.
struct KnownFonts {
  bool all = false;               ///< to find out what is wrong even if they are honest
  std::set<std::uint32_t> shown;  ///< objects: in these the widget showed its value when it was signed
};

/// How the codes of a font look, where that is known: as letters of Latin text.
class LookLetters {
 public:
  struct Letter {
    std::uint32_t point = 0;      ///< in Unicode; 0 where it is not known
    double width = 0;             ///< em
    double above = 0, below = 0;  ///< em from its line that must be seen for it to be told from other letters
  };

  /// Of a font among resources. Nothing for fonts of signs, for shapes of its own unless they are known, and for a new
  /// font that is not one of every reader's own.
  static std::optional<LookLetters> of(const RevisionPair& pair, const Object& fonts, const std::string* name,
                                       const KnownFonts& known);

  [[nodiscard]] const Letter& letter(unsigned char code) const { return m_letters[code]; }
  /// The font's object where its shapes are its own; 0 for others.
  [[nodiscard]] std::uint32_t own_shapes() const { return m_own_shapes; }

 private:
  bool read_encoding(const RevisionPair& pair, const Dictionary& font);
  void measure(const RevisionPair& pair, const Dictionary& font, const std::string& base);

  std::array<Letter, 256> m_letters{};
  std::uint32_t m_own_shapes = 0;
};

}  // namespace segell::signer::pdf
