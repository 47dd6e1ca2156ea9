#include "templates/lint.h"

#include "lint_rules.h"

#include <algorithm>

namespace segell::templates {

const std::vector<std::string_view>& lint_rules() {
  static const std::vector<std::string_view> kRules{"rendition-missing",      "text-empty",
                                                    "placeholder-malformed",  "placeholder-unknown",
                                                    "placeholder-unguarded",  "placeholders-differ",
                                                    "field-unused",           "condition-unknown",
                                                    "item-missing",           "item-bundled",
                                                    "item-duplicate",         "item-group",
                                                    "item-without-notice",    "item-without-consequence",
                                                    "basis-unknown",          "basis-inconsistent",
                                                    "signer-unknown",         "signer-missing",
                                                    "first-layer-incomplete", "address-unknown",
                                                    "address-mixed",          "easy-read-unvalidated",
                                                    "abbreviation",           "one-idea",
                                                    "sentence-length",        "sentence-long"};
  return kRules;
}

std::vector<LintFinding> lint(const Template& subject) {
  LintReport report;
  lint_statements(subject, report);
  lint_renditions(subject, report);
  for (const Rendition& rendition : subject.renditions) lint_words(rendition, report);
  std::vector<LintFinding> findings = report.take();
  const auto& rules = lint_rules();
  const auto place = [&](const LintFinding& one) { return std::find(rules.begin(), rules.end(), one.rule); };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const LintFinding& a, const LintFinding& b) { return place(a) < place(b); });
  return findings;
}

}  // namespace segell::templates
