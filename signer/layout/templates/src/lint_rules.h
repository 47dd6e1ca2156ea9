#pragma once

#include "templates/lint.h"

#include <string>

namespace segell::templates {

/// Where the rules put what they find.
class LintReport {
 public:
  void error(std::string_view rule, std::string where, std::string words) {
    m_findings.push_back({rule, LintFinding::Weight::error, std::move(where), std::move(words)});
  }
  void warning(std::string_view rule, std::string where, std::string words) {
    m_findings.push_back({rule, LintFinding::Weight::warning, std::move(where), std::move(words)});
  }
  std::vector<LintFinding> take() { return std::move(m_findings); }

 private:
  std::vector<LintFinding> m_findings;
};

/// Items, bases, signers: what the template itself states.
void lint_statements(const Template& subject, LintReport& report);
/// Languages, placeholders, completeness: what the renditions owe to the template and to one another.
void lint_renditions(const Template& subject, LintReport& report);
/// Simple text, claims of easy reading, forms of address: how the words are chosen.
void lint_words(const Rendition& rendition, LintReport& report);

}  // namespace segell::templates
