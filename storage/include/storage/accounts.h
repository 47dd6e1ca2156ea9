#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// Somebody who logs in. Name and details are sealed under a key of the account's own, which goes when it is closed.
struct AccountRecord {
  AccountId id;
  std::string name;      ///< as it is typed at login, normalised by the caller; unique on the node
  std::string state;     ///< the app's closed words: invited, active, disabled
  base::Json details{};  ///< secrets and shown name
  base::Instant created{};
};

/// What an account may do in one tenant: a role, and for those who hold a person's matters, whose.
struct HoldingRecord {
  HoldingId id;
  TenantId home;  ///< of the account
  AccountId account;
  TenantId tenant;   ///< in which it holds; set by storage
  std::string role;  ///< the app's closed words
  std::optional<PersonId> person;
  base::Instant since{};
};

/// The accounts that this tenant made.
class Accounts {
 public:
  explicit Accounts(Scope& scope) : m_scope(&scope) {}
  /// Where a list goes on: behind that account.
  struct Place {
    base::Instant created{};
    AccountId id;
  };
  static constexpr std::size_t kMostRoles = 6;

  /// Error: not_found "account.unknown".
  [[nodiscard]] base::Result<AccountRecord> get(const AccountId& id) const;
  [[nodiscard]] base::Result<std::optional<AccountId>> find(const std::string& name) const;
  /// In order of id.
  [[nodiscard]] base::Result<std::vector<AccountRecord>> all() const;
  /// Newest first; only those that hold one of these roles in this tenant, up to kMostRoles of the app's words (none:
  /// all).
  [[nodiscard]] base::Result<std::vector<AccountRecord>> list(const std::vector<std::string>& roles,
                                                              const std::optional<Place>& after,
                                                              std::size_t limit) const;

  /// Makes the account's key too. Error: already_exists "account.name-taken", also by an account of another tenant.
  base::Result<void> add(const AccountRecord& account);
  /// Changes state and details.
  base::Result<void> update(const AccountRecord& account);
  /// From now on that credential of an authenticator is this account's. Error: already_exists "passkey.known", whosever
  /// it is.
  base::Result<void> claim_passkey(const AccountId& id, base::BytesView credential);
  base::Result<void> release_passkey(base::BytesView credential);
  base::Result<void> release_passkeys(const AccountId& id);

  /// Removes the account with its holdings everywhere, its assignments and its sessions. The key is destroyed after
  /// the commit, and again at every start. Error: not_found "account.unknown".
  base::Result<void> close(const AccountId& id);

 private:
  Scope* m_scope;
};

/// The holdings in this tenant.
class Holdings {
 public:
  explicit Holdings(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "holding.unknown".
  [[nodiscard]] base::Result<HoldingRecord> get(const HoldingId& id) const;
  /// Of an account in every tenant, oldest first.
  [[nodiscard]] base::Result<std::vector<HoldingRecord>> of_account(const TenantId& home,
                                                                    const AccountId& account) const;
  /// In this tenant, whoever holds them.
  [[nodiscard]] base::Result<std::vector<HoldingRecord>> of_person(const PersonId& person) const;
  /// In this tenant, oldest first.
  [[nodiscard]] base::Result<std::vector<HoldingRecord>> of_role(const std::string& role) const;

  base::Result<void> add(const HoldingRecord& holding);
  /// Ends the sessions that stand on it too.
  base::Result<void> remove(const HoldingId& id);

 private:
  Scope* m_scope;
};

/// Which members of staff work with which person: the relation that a role alone does not give.
class Assignments {
 public:
  explicit Assignments(Scope& scope) : m_scope(&scope) {}

  [[nodiscard]] base::Result<bool> has(const PersonId& person, const AccountId& account) const;
  [[nodiscard]] base::Result<std::vector<PersonId>> of_account(const AccountId& account) const;
  /// Who works with the person, longest first.
  [[nodiscard]] base::Result<std::vector<AccountId>> of_person(const PersonId& person) const;
  /// Adding what is there succeeds.
  base::Result<void> add(const PersonId& person, const AccountId& account, base::Instant since);
  /// False when there was none.
  base::Result<bool> remove(const PersonId& person, const AccountId& account);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
