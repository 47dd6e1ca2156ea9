#pragma once

#include "report.h"

#include "signer/ades/seal.h"

#include <string>
#include <vector>

namespace segell::cli {

/// Who vouches for reports in PDF, and when.
struct ReportSeal {
  signer::ades::Sealer sealer;
  base::Instant time;
};

/// A file that `--report` names, in the form that its ending says.
struct ReportFile {
  enum class Form { pdf, html, json };
  std::string path;
  Form form = Form::pdf;

  /// Error: invalid_argument "cli.report" for another ending.
  static base::Result<ReportFile> of(const std::string& path);
  /// Whole or not at all. `json` is the verdicts, a line each, as `--json` prints them; a PDF is sealed (PAdES B-B)
  /// where there is a seal. Errors: io, storage_full; those of Sealer::seal.
  [[nodiscard]] base::Result<void> write(const std::vector<signer::ades::Verdict>& verdicts, const ReportFacts& facts,
                                         Language language, const ReportSeal* seal) const;
};

}  // namespace segell::cli
