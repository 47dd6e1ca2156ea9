#include "template_verbs.h"
#include "verbs.h"

#include <CLI/CLI.hpp>

namespace segell::cli {

Action declare_template(CLI::App& app) {
  CLI::App* lint = app.add_subcommand("lint", "tell what is wrong with the words and statements of templates");
  app.require_subcommand(1);
  return declare_template_lint(*lint);
}

}  // namespace segell::cli
