#pragma once

#include "signer/pdf/document.h"

#include <optional>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// How wide the letters of a font are (ISO 32000-1, 9.2.4, 9.7.4.3), in em. What no font states is taken for a wide
/// letter.
class FontWidths {
 public:
  /// Nothing for fonts whose letters are programs (Type 3), and for writing from top to bottom.
  static std::optional<FontWidths> read(const Document& document, const Dictionary& font, RevisionIndex as_of);

  /// Codes of two octets.
  [[nodiscard]] bool composite() const { return m_composite; }
  /// Of the code that the text begins with.
  [[nodiscard]] double of(std::string_view text) const;

 private:
  bool read_composite(const Document& document, const Dictionary& font, RevisionIndex as_of);

  bool m_composite = false;
  std::int64_t m_first = 0;
  std::vector<double> m_widths;
  double m_widest = 1;  ///< of a composite font
};

}  // namespace segell::signer::pdf
