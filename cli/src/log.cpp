#include "verbs.h"

#include "log_store.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace segell::cli {

Action declare_log(CLI::App& app) {
  struct Sub {
    CLI::App* app;
    Action action;
  };
  const auto subs = std::make_shared<std::vector<Sub>>();
  const auto add = [&](const char* name, const char* summary, Action (*declare)(CLI::App&)) {
    CLI::App* sub = app.add_subcommand(name, summary);
    subs->push_back({sub, declare(*sub)});
  };
  add("fsck", "derive the logs of a data folder again and name every difference", declare_log_fsck);
  add("prove", "write the proof that an entry is in the log (.tlog-proof)", declare_log_prove);
  add("consistency", "prove that the log of one size is the beginning of the log of another", declare_log_consistency);
  add("tail", "print the last entries and the newest checkpoint", declare_log_tail);
  add("export", "write the log as the static files of C2SP tlog-tiles", declare_log_export);
  add("openings", "write the events behind the entries, for an authorised auditor", declare_log_openings);
  app.require_subcommand(1);
  return [subs](const Context& context) {
    for (const Sub& sub : *subs)
      if (sub.app->parsed()) return sub.action(context);
    return ExitCode::could_not_run;
  };
}

}  // namespace segell::cli
