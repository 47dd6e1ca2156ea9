#include "excluded_names.h"

#include "account_details.h"
#include "app/caller.h"
#include "json_fields.h"
#include "persons_identifier.h"
#include "protection_kinds.h"

namespace segell::app {

namespace {

base::Result<void> add_person_name(const storage::View& view, const base::PersonId& person,
                                   std::vector<std::string>& names) {
  const auto record = view.persons().get(person);
  if (!record && record.error().code == base::Code::not_found) return base::ok();
  if (!record) return base::fail(record.error());
  if (!record->erased) names.push_back(text_or_empty(record->profile, "name"));
  return base::ok();
}

/// The login's own name, and of the person whose matters it holds as theirs: those of others it may represent are of
/// nobody who is excluded.
base::Result<void> add_login_names(const storage::View& view, const std::string& login,
                                   std::vector<std::string>& names) {
  const auto name = normal_login_name(login);
  if (!name) return base::ok();
  SEGELL_TRY(const auto id, view.accounts().find(*name));
  if (!id) return base::ok();
  SEGELL_TRY(const auto account, view.accounts().get(*id));
  SEGELL_TRY(const AccountDetails details, account_details_from_json(account.details));
  names.push_back(details.shown);
  SEGELL_TRY(const auto held, view.holdings().of_account(view.tenant(), *id));
  for (const storage::HoldingRecord& holding : held) {
    if (holding.role != to_string(Role::citizen) || !holding.person) continue;
    SEGELL_CHECK(add_person_name(view, *holding.person, names));
  }
  return base::ok();
}

}  // namespace

base::Result<std::vector<std::string>> excluded_names(const storage::View& view, const base::PersonId& person) {
  std::vector<std::string> names;
  SEGELL_TRY(const auto flags, view.protection_flags().live_of(person));
  for (const storage::ProtectionFlag& flag : flags) {
    if (flag.kind != protection_kind::kExcludedPerson) continue;
    const base::Json* who = flag.words.find("excluded");
    if (who == nullptr) continue;
    if (const std::string login = text_or_empty(*who, "login"); !login.empty()) {
      SEGELL_CHECK(add_login_names(view, login, names));
    }
    if (const auto id = base::PersonId::parse(text_or_empty(*who, "person"))) {
      SEGELL_CHECK(add_person_name(view, *id, names));
    }
    if (const base::Json* identifier = who->find("identifier")) {
      // Kept as it was typed; it was judged when the protection was set.
      SEGELL_TRY(const auto outside,
                 outside_identifier({text_or_empty(*identifier, "type"), text_or_empty(*identifier, "value")}));
      SEGELL_TRY(const auto id, view.persons().find(outside));
      if (id) SEGELL_CHECK(add_person_name(view, *id, names));
    }
  }
  return names;
}

}  // namespace segell::app
