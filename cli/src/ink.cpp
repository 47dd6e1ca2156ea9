#include "verbs.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <vector>

namespace segell::cli {

Action declare_ink(CLI::App& app) {
  struct Sub {
    CLI::App* app;
    Action action;
  };
  const auto subs = std::make_shared<std::vector<Sub>>();
  const auto add = [&](const char* name, const char* summary, Action (*declare)(CLI::App&)) {
    CLI::App* sub = app.add_subcommand(name, summary);
    subs->push_back({sub, declare(*sub)});
  };
  add("open", "open a custody envelope, two people together, and write what was recorded", declare_ink_open);
  add("openings", "show the register of openings and check its chain", declare_ink_openings);
  add("half", "make one person's half of a passphrase", declare_ink_half);
  add("key", "make a key that opens with two halves only", declare_ink_key);
  app.require_subcommand(1);
  return [subs](const Context& context) {
    for (const Sub& sub : *subs)
      if (sub.app->parsed()) return sub.action(context);
    return ExitCode::could_not_run;
  };
}

}  // namespace segell::cli
