#pragma once

#include "base/error.h"
#include "base/time.h"
#include "cli/exit_code.h"

#include <functional>
#include <iosfwd>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace segell::cli {

/// What a verb may touch besides its arguments. Results go to `out`, everything else to `err`.
struct Context {
  std::ostream& out;
  std::ostream& err;
  const base::Clock& clock;
  bool ends_with_it = false;  ///< the process does: what libraries keep for good may be made to fit the verb
};

/// The work of a verb, run after its arguments were read.
using Action = std::function<ExitCode(const Context&)>;

/// One verb, one source file. `declare` puts its options on its own subcommand and returns the work; both share their
/// state through a shared_ptr that the work captures. A verb with sub-verbs ("log fsck") declares them on `app`, sets
/// require_subcommand(1), and picks by App::got_subcommand when it runs.
struct Verb {
  std::string_view name;
  std::string_view summary;  ///< one lower-case line for --help
  Action (*declare)(CLI::App& app);
};

/// All verbs, in the order of --help. A new verb is one more line in src/verbs.cpp.
std::span<const Verb> verbs();

/// `segell: message`, then `hint: …` where there is one. Returns could_not_run.
ExitCode report(const Context& context, const base::Error& error);

/// The whole program without the process: arguments as in main, the program's name first.
ExitCode run(std::span<const char* const> arguments, const Context& context);

}  // namespace segell::cli
