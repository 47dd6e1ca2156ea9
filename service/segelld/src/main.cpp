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
    "       segelld token --config FILE --label L --rights A,B [--token-file F]\n"
    "               [--purpose P] [--category C] [--recipient R] [--every-question]\n"
    "                                                   one more token, while segelld is stopped\n"
    "       segelld token --config FILE --revoke ACTOR  end a token, while segelld is stopped\n"
    "       segelld --version | --help\n";

constexpr std::string_view kHelpEnd =
    "\n"
    "stdout carries results (\"listening URL\", the token), stderr everything else.\n"
    "exit codes: 0 done or stopped, 1 could not start or stop, 2 wrong arguments or configuration,\n"
    "            70 the store's durability became unknown: start again, it recovers by itself\n";

struct Arguments {
  bool init = false;
  bool token = false;
  bool check = false;
  bool help = false;
  bool version = false;
  std::string config;
  TokenWish wish;
  bool about_token = false;  ///< an option of `segelld token` was given
};

int usage(const std::string& message) {
  std::cerr << "segelld: " << message << "\nhint: `segelld --help` shows the usage\n";
  return kExitUsage;
}

/// The text option of that name; null for another word.
std::string* text_option(std::string_view word, Arguments& arguments) {
  if (word == "--config") return &arguments.config;
  auto& wish = arguments.wish;
  if (word == "--token-file") return &wish.token_file;
  const std::pair<std::string_view, std::string*> of_token[] = {
      {"--label", &wish.label},       {"--rights", &wish.rights},       {"--purpose", &wish.purpose},
      {"--category", &wish.category}, {"--recipient", &wish.recipient}, {"--revoke", &wish.revoke}};
  for (const auto& [name, value] : of_token) {
    if (name != word) continue;
    arguments.about_token = true;
    return value;
  }
  return nullptr;
}

/// Empty when the options go together, else what is wrong.
std::string contradiction(const Arguments& arguments) {
  const auto& wish = arguments.wish;
  if (arguments.check && (arguments.init || arguments.token)) return "--check-config stands alone";
  if (!wish.token_file.empty() && !arguments.init && !arguments.token) return "--token-file belongs to init and token";
  if (arguments.about_token && !arguments.token) return "that option belongs to token";
  if (!arguments.token) return {};
  const bool issues = !wish.label.empty() || !wish.rights.empty() || !wish.token_file.empty();
  if (!wish.revoke.empty()) return issues ? "--revoke stands alone" : std::string();
  return wish.label.empty() || wish.rights.empty() ? "token needs --label and --rights, or --revoke" : std::string();
}

/// Empty on success, else what is wrong.
std::string parse(const std::vector<std::string>& words, Arguments& arguments) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "init" && i == 0) {
      arguments.init = true;
    } else if (word == "token" && i == 0) {
      arguments.token = true;
    } else if (word == "--check-config") {
      arguments.check = true;
    } else if (word == "--help" || word == "-h") {
      arguments.help = true;
    } else if (word == "--version") {
      arguments.version = true;
    } else if (word == "--every-question") {
      arguments.wish.every_question = arguments.about_token = true;
    } else if (auto* value = text_option(word, arguments); value != nullptr) {
      if (i + 1 == words.size() || words[i + 1].empty()) return word + " needs a value";
      *value = words[++i];
    } else {
      return "unknown argument " + word;
    }
  }
  return contradiction(arguments);
}

int run(const std::vector<std::string>& words) {
  if (!words.empty() && words[0] == "account") return account({words.begin() + 1, words.end()});
  Arguments arguments;
  if (const auto wrong = parse(words, arguments); !wrong.empty()) return usage(wrong);
  if (arguments.help) {
    std::cout << kHelp << kAccountHelp << kHelpEnd;
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
  if (arguments.init) return init(reading.config, {arguments.wish.token_file});
  if (arguments.token) return token(reading.config, arguments.wish);
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
