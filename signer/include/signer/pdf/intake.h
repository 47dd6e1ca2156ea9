#pragma once

#include "signer/pdf/document.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// One thing found while a PDF is taken in to be signed.
struct IntakeFinding {
  std::string_view id;   ///< "intake.javascript"; stable
  bool refuses = false;  ///< true: the document is not taken in; false: it is named
  std::string words;     ///< English
};

struct IntakeFacts {
  std::size_t pages = 0;
  std::size_t revisions = 0;
  std::size_t signatures = 0;
  bool already_signed = false;
  int certified = 0;  ///< DocMDP permission, 0 = not certified
  std::vector<std::string> empty_signature_fields;
  std::vector<std::string> fonts_not_embedded;  ///< base font names
  std::size_t standard_fonts_not_embedded = 0;  ///< of the standard 14
  std::vector<IntakeFinding> findings;

  [[nodiscard]] bool refused() const;
};

/// Judges whether a document may be shown for signing (design: "what our reader had to repair is never shown"). Errors:
/// only those of open(): not a PDF, empty, unreadable, limits; everything else is a finding.
base::Result<IntakeFacts> check_intake(const Document& document);

}  // namespace segell::signer::pdf
