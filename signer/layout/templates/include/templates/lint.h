#pragma once

#include "templates/template.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

/// One thing that lint() says about a template.
struct LintFinding {
  enum class Weight { error, warning };
  std::string_view rule;  ///< stable: "sentence-length"
  Weight weight = Weight::error;
  std::string where;  ///< "renditions.ca-simple.body[2]"; empty for the whole template
  std::string words;  ///< English, lower case
};

/// All rules, in the order of docs/templates.md.
const std::vector<std::string_view>& lint_rules();

/// Looks at a template as a careful editor would: languages that are missing, placeholders, items without consequence
/// or bundled, unknown bases, an incomplete first layer, simple text that is not simple, claims of easy reading without
/// validation, forms of address that are mixed. Ordered by rule, then place. Pure: no clock, no file.
std::vector<LintFinding> lint(const Template& subject);

}  // namespace segell::templates
