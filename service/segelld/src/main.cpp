#include "segelld/commands.h"

#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace segell::segelld;  // NOLINT(google-build-using-namespace): this file is its command line

constexpr std::string_view kHelp =
    "usage: segelld --config FILE                       serve until SIGTERM\n"
    "       segelld --config FILE --check-config        open every file that the configuration names, then end\n"
    "       segelld init --config FILE [--token-file F] make data folder, key file, log and the first token\n"
    "       segelld --version | --help\n"
    "\n"
    "stdout carries results (\"listening URL\", the token), stderr everything else.\n"
    "exit codes: 0 done or stopped, 1 could not start or stop, 2 wrong arguments or configuration,\n"
    "            70 the store's durability became unknown: start again, it recovers by itself\n";

struct Arguments {
  bool init = false;
  bool check = false;
  bool help = false;
  bool version = false;
  std::string config;
  std::string token_file;
};

int usage(const std::string& message) {
  std::cerr << "segelld: " << message << "\nhint: `segelld --help` shows the usage\n";
  return kExitUsage;
}

/// Empty on success, else what is wrong.
std::string parse(const std::vector<std::string>& words, Arguments& arguments) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "init" && i == 0) {
      arguments.init = true;
    } else if (word == "--check-config") {
      arguments.check = true;
    } else if (word == "--help" || word == "-h") {
      arguments.help = true;
    } else if (word == "--version") {
      arguments.version = true;
    } else if (word == "--config" || word == "--token-file") {
      if (i + 1 == words.size()) return word + " needs a file";
      (word == "--config" ? arguments.config : arguments.token_file) = words[++i];
    } else {
      return "unknown argument " + word;
    }
  }
  if (arguments.check && arguments.init) return "--check-config and init do not go together";
  if (!arguments.token_file.empty() && !arguments.init) return "--token-file belongs to init";
  return {};
}

int run(const std::vector<std::string>& words) {
  Arguments arguments;
  if (const auto wrong = parse(words, arguments); !wrong.empty()) return usage(wrong);
  if (arguments.help) {
    std::cout << kHelp;
    return kExitOk;
  }
  if (arguments.version) {
    std::cout << "segelld " << SEGELL_VERSION << '\n';
    return kExitOk;
  }
  if (arguments.config.empty()) return usage("--config FILE is missing");
  const auto reading = load_config(arguments.config);
  for (const auto& problem : reading.problems) std::cerr << describe(problem, arguments.config);
  if (!reading.problems.empty()) return kExitUsage;
  if (arguments.init) return init(reading.config, {arguments.token_file});
  return arguments.check ? check(reading.config) : serve(reading.config);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& failure) {
    std::cerr << "segelld: " << failure.what() << '\n';
    return kExitFailed;
  }
}
