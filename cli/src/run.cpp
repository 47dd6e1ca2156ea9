#include "cli/verb.h"

#include <CLI/CLI.hpp>
#include <cctype>
#include <ostream>
#include <string>
#include <vector>

namespace segell::cli {
namespace {

std::string lower_first(std::string text) {
  // "--Flag" and the like stay as they are: only a plain word is lowered
  if (text.size() > 1 && std::isupper(static_cast<unsigned char>(text[0])) != 0 &&
      (text[1] == ' ' || std::islower(static_cast<unsigned char>(text[1])) != 0))
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
  return text;
}

ExitCode usage_error(const Context& context, std::string message) {
  return report(context, {base::Code::invalid_argument, "cli.usage", lower_first(std::move(message)),
                          "segell --help lists the verbs, segell VERB --help its options"});
}

ExitCode dispatch(const CLI::App& app, const std::vector<Action>& actions, const Context& context) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (app.got_subcommand(std::string(verbs()[i].name))) return actions[i](context);
  }
  return usage_error(context, "a verb is required");
}

}  // namespace

ExitCode report(const Context& context, const base::Error& error) {
  context.err << "segell: " << error.message << '\n';
  if (!error.hint.empty()) context.err << "hint: " << error.hint << '\n';
  return ExitCode::could_not_run;
}

ExitCode run(std::span<const char* const> arguments, const Context& context) {
  CLI::App app("Segell seals documents, and tells what a seal proves and what it does not.", "segell");
  app.set_version_flag("--version", std::string("segell ") + SEGELL_VERSION, "print the version and leave");
  app.set_help_flag("-h,--help", "print this help and leave");
  app.require_subcommand(0, 1);
  app.footer("exit codes: 0 passed, 1 proven bad, 2 could not run, 3 indeterminate, 4 nothing to verify");
  std::vector<Action> actions;
  for (const Verb& verb : verbs())
    actions.push_back(verb.declare(*app.add_subcommand(std::string(verb.name), std::string(verb.summary))));
  try {
    app.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return usage_error(context, error.what());
    app.exit(error, context.out, context.err);  // --help and --version
    return ExitCode::passed;
  }
  return dispatch(app, actions, context);
}

}  // namespace segell::cli
