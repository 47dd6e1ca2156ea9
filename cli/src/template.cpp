#include "template_verbs.h"
#include "verbs.h"

#include <array>

namespace segell::cli {

Action declare_template(CLI::App& app) {
  constexpr std::array kVerbs{
      Verb{"lint", "tell what is wrong with the words and statements of templates", &declare_template_lint},
  };
  return declare_group(app, kVerbs);
}

}  // namespace segell::cli
