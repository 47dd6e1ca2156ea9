#pragma once

#include "words.h"

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"
#include "signer/ades/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::cli {

/// One piece of a report. Texts are UTF-8 without control characters, whatever the verdict quotes.
struct ReportBlock {
  enum class Kind { title, heading, subheading, outcome, paragraph, fact, item };
  Kind kind = Kind::paragraph;
  std::string label;  ///< of a fact, or the state of an item; else empty
  std::string text;
};

/// A verdict as people file it: what was judged, by what, when, with every check that was made.
struct Report {
  Language language = Language::en;
  std::string title;
  std::vector<ReportBlock> blocks;
};

/// What a report tells beside the verdicts.
struct ReportFacts {
  base::Instant at;                                    ///< as of when it was judged
  std::vector<std::optional<base::Sha256>> documents;  ///< of each verdict's file; nothing where it could not be read
};

/// Same verdicts and facts, same report. Nothing is left out: every signature, change and check.
Report make_report(const std::vector<signer::ades::Verdict>& verdicts, const ReportFacts& facts, Language language);

/// One page of HTML without script, style sheet or picture from elsewhere.
std::string write_html(const Report& report);

/// A tagged PDF 1.7 on A4 with its typeface embedded; same report, same octets. Characters that the typeface lacks are
/// written by their number.
base::Bytes write_pdf(const Report& report);

}  // namespace segell::cli
