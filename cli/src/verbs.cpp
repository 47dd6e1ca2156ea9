#include "verbs.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <vector>

namespace segell::cli {

std::span<const Verb> verbs() {
  static const std::vector<Verb> kVerbs{
      Verb{"verify", "tell what the signatures of documents prove", &declare_verify},
      Verb{"inspect", "show revisions, signatures, fields and findings of a document", &declare_inspect},
      Verb{"seal", "put the organisation's seal on a document", &declare_seal},
      Verb{"ink", "open custody envelopes at the custodian's", &declare_ink},
      Verb{"log", "check and prove tamper-evident logs", &declare_log},
      Verb{"template", "check document templates", &declare_template},
  };
  return kVerbs;
}

Action declare_group(CLI::App& app, std::span<const Verb> verbs) {
  struct Declared {
    CLI::App* app;
    Action action;
  };
  const auto declared = std::make_shared<std::vector<Declared>>();
  for (const Verb& verb : verbs) {
    CLI::App* below = app.add_subcommand(std::string(verb.name), std::string(verb.summary));
    declared->push_back({below, verb.declare(*below)});
  }
  app.require_subcommand(1);
  return [declared](const Context& context) {
    for (const Declared& one : *declared)
      if (one.app->parsed()) return one.action(context);
    return ExitCode::could_not_run;
  };
}

}  // namespace segell::cli
