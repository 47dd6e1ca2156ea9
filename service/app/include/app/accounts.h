#pragma once

#include "app/caller.h"
#include "base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {
class Store;
}

// Accounts as an administrator of the machine keeps them (`segelld account`). Everything is an event of the tenant's
// log, whose actor is the account itself.

namespace segell::app {

struct NewAccount {
  std::string name;   ///< to log in with: 3 to 100 of a-z, 0-9 and . _ - @ +, in any case
  std::string shown;  ///< how the person is called
  Role role = Role::citizen;
  std::optional<base::PersonId> person;  ///< mandatory for citizen and representative, refused for others
};

/// A code that is in nobody's hands yet: it goes on paper, closed, to the person whose account it is, and never to the
/// professional. Only its digest is kept.
struct ActivationCode {
  std::string code;  ///< "7F3K-9QXM-2V5T-8B1N": 80 random bits
  base::Instant expires{};
};

/// Errors: invalid_argument "account.bad-name", "account.bad-shown-name", "account.person-needed",
/// "account.person-refused", "account.role-of-tokens"; not_found "person.unknown"; already_exists "account.name-taken".
base::Result<ActivationCode> create_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                            const NewAccount& wanted, std::chrono::hours valid);

/// An account without a code: its first login at the identity provider activates it. `name` is oidc_account_name().
/// Errors: those of create_account().
base::Result<void> create_linked_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                         const NewAccount& wanted);

/// A new code for who lost password or second factor: both are void at once, and every session ends. Error: not_found
/// "account.unknown".
base::Result<ActivationCode> issue_activation_code(storage::Store& storage, const base::Clock& clock,
                                                   base::TenantId tenant, std::string_view name,
                                                   std::chrono::hours valid);

/// A role more, for an account of any tenant of this node. Errors: not_found "account.unknown", "person.unknown";
/// already_exists "account.role-held"; those of create_account().
base::Result<void> give_role(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                             std::string_view name, Role role, std::optional<base::PersonId> person);
/// Sessions in that role end. Error: not_found "account.unknown", "account.role-not-held".
base::Result<void> withdraw_role(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                 std::string_view name, Role role, std::optional<base::PersonId> person);

/// From now on this member of staff works with that person; or no more.
base::Result<void> assign(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                          std::string_view name, const base::PersonId& person);
base::Result<void> unassign(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                            std::string_view name, const base::PersonId& person);

enum class AccountChange { disable, enable, end_sessions, close };
/// disable and close end every session. Errors: not_found "account.unknown"; conflict "account.not-active" (enabling
/// what was never activated).
base::Result<void> change_account(storage::Store& storage, const base::Clock& clock, base::TenantId tenant,
                                  std::string_view name, AccountChange change);

struct AccountLine {
  std::string name;
  std::string state;               ///< "invited", "active", "disabled"
  std::vector<std::string> roles;  ///< in this tenant; "citizen of PERSON" where a person is held
  bool second_factor = false;
};
base::Result<std::vector<AccountLine>> list_accounts(storage::Store& storage, base::TenantId tenant);

}  // namespace segell::app
