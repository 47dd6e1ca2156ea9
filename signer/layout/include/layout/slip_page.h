#pragma once

#include "base/result.h"
#include "base/time.h"

#include <string>
#include <vector>

namespace segell::layout {

/// One decision on a slip.
struct SlipPageLine {
  std::string item{};      ///< what was asked
  std::string decision{};  ///< what was decided, and until when, in words
  std::string detail{};    ///< for whom; empty: no such line
};

/// What a person takes home: one page, however much was decided. All texts are ready for print in the page's language;
/// an empty one has no place on the page.
struct SlipPage {
  std::string language{};  ///< BCP 47 tag; decides shaping, and stands in the PDF as /Lang
  std::string title{};     ///< of page and PDF: it tells nothing about the person
  std::string organisation{};
  std::vector<std::string> intro{};  ///< who, what, when
  std::vector<SlipPageLine> lines{};
  std::string more{};  ///< "{count} more …", where the page has no room for all lines; holds {count}
  std::string how_title{};
  std::vector<std::string> how{};  ///< the ways to change a decision, one paragraph each
  std::string code_label{};
  std::string code{};               ///< as it is typed
  std::string address{};            ///< where it is typed
  std::string qr{};                 ///< what the QR code holds
  std::vector<std::string> foot{};  ///< in small type
  base::Instant created{};
};

/// The modules of a QR code (ISO/IEC 18004, level M) row by row, '1' is dark, without the quiet zone: for a screen.
/// Error: limit_exceeded "layout.too-long".
base::Result<std::vector<std::string>> qr_modules(const std::string& content);

}  // namespace segell::layout
