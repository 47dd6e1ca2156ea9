#include "app/accounts.h"
#include "app/oidc.h"
#include "base/time.h"
#include "segelld/assembly.h"
#include "segelld/commands.h"
#include "segelld/letter.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <optional>
#include <set>

namespace segell::segelld {

using base::Code;
using base::fail;

namespace {

/// What the operator typed, by option.
struct Words {
  std::string verb;
  std::map<std::string, std::string> values;
  bool withdraw = false;

  [[nodiscard]] std::string value(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  }
};

/// The options of each verb; a plus sign marks those that it needs.
const std::map<std::string, std::vector<std::string>>& verbs() {
  static const std::map<std::string, std::vector<std::string>> all{
      {"create", {"name", "+shown", "+role", "person", "letter", "days", "lang", "subject"}},
      {"code", {"+name", "+letter", "days", "lang"}},
      {"role", {"+name", "+role", "person", "withdraw"}},
      {"assign", {"+name", "+person", "withdraw"}},
      {"disable", {"+name"}},
      {"enable", {"+name"}},
      {"end-sessions", {"+name"}},
      {"close", {"+name"}},
      {"list", {}}};
  return all;
}

/// Empty on success, else what is wrong.
std::string parse(const std::vector<std::string>& typed, Words& words) {
  if (typed.empty() || !verbs().contains(typed[0]))
    return "account needs one of create, code, role, assign, disable, enable, end-sessions, close, list";
  words.verb = typed[0];
  std::set<std::string> known{"config"};
  std::set<std::string> needed{"config"};
  for (const auto& option : verbs().at(words.verb)) {
    const bool must = option.starts_with('+');
    known.insert(must ? option.substr(1) : option);
    if (must) needed.insert(option.substr(1));
  }
  for (std::size_t i = 1; i < typed.size(); ++i) {
    const std::string name = typed[i].starts_with("--") ? typed[i].substr(2) : std::string();
    if (!known.contains(name)) return "account " + words.verb + " does not know " + typed[i];
    if (name == "withdraw") {
      words.withdraw = true;
      continue;
    }
    if (i + 1 == typed.size() || typed[i + 1].empty()) return typed[i] + " needs a value";
    if (!words.values.emplace(name, typed[++i]).second) return "--" + name + " is given twice";
  }
  if (words.verb == "create" && !words.values.contains("subject")) needed.insert({"name", "letter"});
  for (const auto& name : needed) {
    if (!words.values.contains(name)) return "account " + words.verb + " needs --" + name;
  }
  if (words.values.contains("subject") && (words.values.contains("name") || words.values.contains("letter")))
    return "--subject stands in the place of --name and --letter";
  return {};
}

base::Result<app::Role> role_of(const Words& words) {
  const auto role = app::parse_role(words.value("role"));
  if (role && *role != app::Role::integrator) return *role;
  return fail(Code::invalid_argument, "segelld.role", "unknown role '" + words.value("role") + "'",
              "citizen, representative, professional, referent, manager, auditor, dpo or administrator");
}

base::Result<std::optional<base::PersonId>> person_of(const Words& words) {
  if (!words.values.contains("person")) return std::optional<base::PersonId>();
  const auto person = base::PersonId::parse(words.value("person"));
  if (person) return std::optional(*person);
  return fail(Code::invalid_argument, "segelld.person", "'" + words.value("person") + "' is no id of a person",
              "the 26 characters that creating the person gave");
}

base::Result<std::chrono::hours> validity_of(const Words& words) {
  constexpr int kMostDays = 60;
  int days = 14;
  if (words.values.contains("days")) {
    const auto text = words.value("days");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > kMostDays)
      return fail(Code::invalid_argument, "segelld.days", "'" + text + "' is no number of days from 1 to 60",
                  "a letter takes a few days; the code of a lost letter should not work for long");
  }
  return std::chrono::hours(24 * days);
}

struct Desk {
  storage::Store& store;
  base::SystemClock clock;
  base::TenantId tenant;
  const Config& config;
};

base::Result<void> hand_over(const Desk& desk, const Words& words, const app::ActivationCode& code,
                             const std::string& shown) {
  const LetterFacts facts{
      desk.config.organisation, desk.config.public_url + "/login", shown, words.value("name"), code.code, code.expires};
  // The code leaves in this file and nowhere else: who types the command does not read it.
  SEGELL_CHECK(write_secret_file(words.value("letter"), write_letter(facts, words.value("lang"))));
  std::cout << "letter " << words.value("letter") << "\nvalid-until " << base::format_rfc3339(code.expires) << '\n';
  return base::ok();
}

base::Result<void> create(const Desk& desk, const Words& words) {
  SEGELL_TRY(const auto role, role_of(words));
  SEGELL_TRY(const auto person, person_of(words));
  if (words.values.contains("subject")) {
    if (desk.config.oidc_issuer.empty())
      return fail(Code::invalid_argument, "segelld.subject", "no identity provider is configured",
                  "set login.oidc.issuer, or make an account with --name and --letter");
    const auto name = app::oidc_account_name(desk.config.oidc_issuer, words.value("subject"));
    return app::create_linked_account(desk.store, desk.clock, desk.tenant, {name, words.value("shown"), role, person});
  }
  SEGELL_TRY(const auto valid, validity_of(words));
  SEGELL_TRY(const auto code, app::create_account(desk.store, desk.clock, desk.tenant,
                                                  {words.value("name"), words.value("shown"), role, person}, valid));
  return hand_over(desk, words, code, words.value("shown"));
}

base::Result<void> list(const Desk& desk) {
  SEGELL_TRY(const auto lines, app::list_accounts(desk.store, desk.tenant));
  for (const auto& line : lines) {
    std::cout << line.name << '\t' << line.state << '\t';
    for (std::size_t i = 0; i < line.roles.size(); ++i) std::cout << (i == 0 ? "" : ", ") << line.roles[i];
    std::cout << '\t' << (line.second_factor ? "second factor" : "password") << '\n';
  }
  return base::ok();
}

base::Result<void> change_role(const Desk& desk, const Words& words) {
  SEGELL_TRY(const auto role, role_of(words));
  SEGELL_TRY(const auto person, person_of(words));
  const auto change = words.withdraw ? app::withdraw_role : app::give_role;
  return change(desk.store, desk.clock, desk.tenant, words.value("name"), role, person);
}

base::Result<void> change_assignment(const Desk& desk, const Words& words) {
  SEGELL_TRY(const auto person, person_of(words));
  const auto change = words.withdraw ? app::unassign : app::assign;
  return change(desk.store, desk.clock, desk.tenant, words.value("name"), *person);
}

base::Result<void> act(const Desk& desk, const Words& words) {
  const auto name = words.value("name");
  if (words.verb == "create") return create(desk, words);
  if (words.verb == "list") return list(desk);
  if (words.verb == "role") return change_role(desk, words);
  if (words.verb == "assign") return change_assignment(desk, words);
  if (words.verb == "code") {
    SEGELL_TRY(const auto valid, validity_of(words));
    SEGELL_TRY(const auto code, app::issue_activation_code(desk.store, desk.clock, desk.tenant, name, valid));
    return hand_over(desk, words, code, {});
  }
  const std::map<std::string_view, app::AccountChange> changes{{"disable", app::AccountChange::disable},
                                                               {"enable", app::AccountChange::enable},
                                                               {"end-sessions", app::AccountChange::end_sessions},
                                                               {"close", app::AccountChange::close}};
  return app::change_account(desk.store, desk.clock, desk.tenant, name, changes.at(words.verb));
}

base::Result<void> run(const Config& config, const Words& words) {
  // Before the store is opened and an account is made: a letter that cannot be written would lose its code.
  if (words.values.contains("letter")) SEGELL_CHECK(check_letter(words.value("letter"), words.value("lang")));
  SEGELL_TRY(const auto opened, open_store(config));
  SEGELL_TRY(const auto tenant, find_tenant(*opened->store, config));
  return act({*opened->store, {}, tenant, config}, words);
}

}  // namespace

int account(const std::vector<std::string>& typed) {
  Words words;
  if (const auto wrong = parse(typed, words); !wrong.empty()) {
    std::cerr << "segelld: " << wrong << "\nhint: `segelld --help` shows the usage\n";
    return kExitUsage;
  }
  const auto reading = load_config(words.value("config"));
  for (const auto& problem : reading.problems) std::cerr << describe(problem, words.value("config"));
  if (!reading.problems.empty()) return kExitUsage;
  if (auto done = run(reading.config, words); !done) return report(done.error());
  std::cout << std::flush;
  return kExitOk;
}

}  // namespace segell::segelld
