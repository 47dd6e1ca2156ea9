#pragma once

#include "account_details.h"
#include "account_events.h"
#include "storage/transaction.h"

#include <optional>
#include <string>

// What becomes of accounts, inside the transaction of whoever keeps them: `segelld account` and administrators.

namespace segell::app {

inline constexpr int kCodeGroups = 4;  ///< of an activation code, four characters each: 80 random bits
inline constexpr std::chrono::hours kCodeValidity{24 * 14};

/// How somebody is named who has an account.
struct AccountName {
  std::string name;
  std::string shown;
  std::string unit{};
};
/// A new account that nobody activated yet. Errors: invalid_argument "account.bad-name", "account.bad-shown-name",
/// "account.bad-unit".
base::Result<storage::AccountRecord> new_account(const AccountName& wanted,
                                                 const std::optional<AccountDetails::Activation>& activation,
                                                 base::Instant now);

/// Errors: invalid_argument "account.role-of-tokens", "account.person-needed", "account.person-refused".
base::Result<void> check_role(Role role, const std::optional<base::PersonId>& person);
/// Error: not_found "person.unknown".
base::Result<void> require_person(const storage::View& view, const std::optional<base::PersonId>& person);

base::Result<void> add_holding(storage::Transaction& transaction, const storage::HoldingRecord& holding,
                               const EventHead& head);
base::Result<void> remove_holding(storage::Transaction& transaction, const storage::HoldingRecord& holding,
                                  const EventHead& head);
/// Ends what is open, and says so where there was something.
base::Result<void> end_all_sessions(storage::Transaction& transaction, const storage::AccountId& account,
                                    const EventHead& head);
base::Result<void> disable_account(storage::Transaction& transaction, storage::AccountRecord account,
                                   const EventHead& head);
/// Error: conflict "account.not-active".
base::Result<void> enable_account(storage::Transaction& transaction, storage::AccountRecord account,
                                  const EventHead& head);
/// Password and second factor are void, every session ends, and the code is what opens the account again.
base::Result<void> renew_code(storage::Transaction& transaction, storage::AccountRecord account,
                              const AccountDetails::Activation& activation, const EventHead& head);
/// Error: conflict "account.no-second-factor".
base::Result<void> void_second_factor(storage::Transaction& transaction, storage::AccountRecord account,
                                      const EventHead& head);

}  // namespace segell::app
