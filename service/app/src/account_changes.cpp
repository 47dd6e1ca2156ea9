#include "account_changes.h"

#include "checks.h"

namespace segell::app {

namespace {

base::Result<void> change_details(storage::Transaction& transaction, storage::AccountRecord account,
                                  const AccountDetails& details, const char* what, const EventHead& head) {
  account.details = to_json(details);
  SEGELL_CHECK(transaction.accounts().update(account));
  SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, what})));
  return end_all_sessions(transaction, account.id, head);
}

/// Whose key seals the event about a role.
std::optional<base::PersonId> role_subject(const storage::HoldingRecord& holding, Role role) {
  return role == Role::citizen ? holding.person : std::nullopt;
}

}  // namespace

base::Result<storage::AccountRecord> new_account(const AccountName& wanted,
                                                 const std::optional<AccountDetails::Activation>& activation,
                                                 base::Instant now) {
  const auto name = normal_login_name(wanted.name);
  if (!name)
    return invalid("account.bad-name", "a login name has 3 to 100 of the letters a to z, digits and . _ - @ +",
                   "an e-mail address is one");
  if (!is_plain_text(wanted.shown, 200))
    return invalid("account.bad-shown-name", "an account needs the person's name, of up to 200 octets");
  if (!wanted.unit.empty() && !is_plain_text(wanted.unit, 200))
    return invalid("account.bad-unit", "the unit is plain text of up to 200 octets");
  AccountDetails details;
  details.shown = wanted.shown;
  details.unit = wanted.unit;
  details.activation = activation;
  return storage::AccountRecord{storage::AccountId::make(), *name, std::string(account_state::kInvited),
                                to_json(details), now};
}

base::Result<void> check_role(Role role, const std::optional<base::PersonId>& person) {
  if (role == Role::integrator)
    return invalid("account.role-of-tokens", "integrators do not log in", "`segelld token` makes their credential");
  if (holds_person(role) && !person)
    return invalid("account.person-needed", "a citizen or a representative holds the matters of one person",
                   "name the person by the id that creating it gave");
  if (!holds_person(role) && person)
    return invalid("account.person-refused", "only a citizen or a representative holds a person",
                   "members of staff are assigned to persons");
  return base::ok();
}

base::Result<void> require_person(const storage::View& view, const std::optional<base::PersonId>& person) {
  if (!person) return base::ok();
  SEGELL_TRY(const bool there, view.persons().is_there(*person));
  if (there) return base::ok();
  return base::fail(base::Code::not_found, "person.unknown", "no such person");
}

base::Result<void> add_holding(storage::Transaction& transaction, const storage::HoldingRecord& holding,
                               const EventHead& head) {
  SEGELL_TRY(const Role role, parse_role(holding.role));
  SEGELL_CHECK(transaction.append_event(encode(head, RoleGiven{holding.account, role, holding.person}),
                                        role_subject(holding, role)));
  return transaction.holdings().add(holding);
}

base::Result<void> remove_holding(storage::Transaction& transaction, const storage::HoldingRecord& holding,
                                  const EventHead& head) {
  SEGELL_TRY(const Role role, parse_role(holding.role));
  SEGELL_CHECK(transaction.append_event(encode(head, RoleWithdrawn{holding.account, role, holding.person}),
                                        role_subject(holding, role)));
  return transaction.holdings().remove(holding.id);
}

base::Result<void> end_all_sessions(storage::Transaction& transaction, const storage::AccountId& account,
                                    const EventHead& head) {
  SEGELL_TRY(const std::uint64_t ended, transaction.sessions().remove_of_account(transaction.tenant(), account));
  if (ended == 0) return base::ok();
  SEGELL_CHECK(transaction.append_event(encode(head, SessionEnded{account, {}, "administrator"})));
  return base::ok();
}

base::Result<void> disable_account(storage::Transaction& transaction, storage::AccountRecord account,
                                   const EventHead& head) {
  account.state = account_state::kDisabled;
  SEGELL_CHECK(transaction.accounts().update(account));
  SEGELL_CHECK(end_all_sessions(transaction, account.id, head));
  SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "disabled"})));
  return base::ok();
}

base::Result<void> enable_account(storage::Transaction& transaction, storage::AccountRecord account,
                                  const EventHead& head) {
  SEGELL_TRY(const auto details, account_details_from_json(account.details));
  const bool vouched = !details.evidence.is_null();  // an identity provider did
  if (details.password.empty() && !vouched)
    return base::fail(base::Code::conflict, "account.not-active", "the account was never activated",
                      "issue a new code for it");
  account.state = account_state::kActive;
  SEGELL_CHECK(transaction.accounts().update(account));
  SEGELL_CHECK(transaction.append_event(encode(head, AccountChanged{account.id, "enabled"})));
  return base::ok();
}

base::Result<void> renew_code(storage::Transaction& transaction, storage::AccountRecord account,
                              const AccountDetails::Activation& activation, const EventHead& head) {
  SEGELL_TRY(const auto before, account_details_from_json(account.details));
  SEGELL_CHECK(transaction.accounts().release_passkeys(account.id));
  AccountDetails details;  // password, second factors and recovery codes are void
  details.shown = before.shown;
  details.unit = before.unit;
  details.activation = activation;
  account.state = account_state::kInvited;
  return change_details(transaction, std::move(account), details, "code-issued", head);
}

base::Result<void> void_second_factor(storage::Transaction& transaction, storage::AccountRecord account,
                                      const EventHead& head) {
  SEGELL_TRY(auto details, account_details_from_json(account.details));
  if (!details.has_second_factor() && details.enrolling.empty())
    return base::fail(base::Code::conflict, "account.no-second-factor", "this login has no second factor");
  SEGELL_CHECK(transaction.accounts().release_passkeys(account.id));
  details.passkeys.clear();
  details.totp.reset();
  details.enrolling.clear();
  details.recovery.clear();
  return change_details(transaction, std::move(account), details, "second-factor-reset", head);
}

}  // namespace segell::app
