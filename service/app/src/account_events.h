#pragma once

#include "events.h"

// Events about who logs in (events.cddl, kinds 30 to 39, and 100).

namespace segell::app {

using storage::AccountId;
using storage::SessionId;

struct AccountCreated {
  AccountId account;
};
struct AccountChanged {
  AccountId account;
  std::string what;  ///< "code-issued", "activated", "password-changed", "second-factor-set", "second-factor-reset",
                     ///< "recovery-used",
                     ///< "passkey-added", "passkey-removed", …
};
struct RoleGiven {
  AccountId account;
  Role role = Role::citizen;
  std::optional<base::PersonId> person;
};
struct RoleWithdrawn {
  AccountId account;
  Role role = Role::citizen;
  std::optional<base::PersonId> person;
};
/// A session as it stands from now on.
struct SessionFact {
  AccountId account;
  SessionId session;
  std::string level;         ///< "low", "substantial", "high"
  std::string way;           ///< "password", "activation", "totp", "recovery-code", "role", …
  std::optional<Role> role;  ///< none: the account holds nothing
  std::optional<base::PersonId> person;
};
struct LoginSucceeded {
  SessionFact session;
};
struct LoginFailed {
  std::optional<AccountId> account;
  std::string way;
  std::string reason;  ///< "unknown-name", "wrong-password", "not-active", "wrong-code", "expired-code"
};
/// Raised to another level, or given another role; its cookie is another one too.
struct SessionChanged {
  SessionFact session;
};
struct SessionEnded {
  AccountId account;
  std::optional<SessionId> session;
  std::string how;  ///< "logout", "logout-everywhere", "replaced", "password-changed", "administrator"
};
struct PersonAssigned {
  base::PersonId person;
  AccountId account;
};
struct PersonUnassigned {
  base::PersonId person;
  AccountId account;
};

/// An administrator saw the login of a citizen, or of who represents them.
struct AccountShown {
  base::PersonId person;
  AccountId account;
};

/// The name under which an account stands as actor in events.
ActorId actor_of(const AccountId& account);

base::Bytes encode(const EventHead& head, const AccountCreated& event);
base::Bytes encode(const EventHead& head, const AccountChanged& event);
base::Bytes encode(const EventHead& head, const RoleGiven& event);
base::Bytes encode(const EventHead& head, const RoleWithdrawn& event);
base::Bytes encode(const EventHead& head, const LoginSucceeded& event);
base::Bytes encode(const EventHead& head, const LoginFailed& event);
base::Bytes encode(const EventHead& head, const SessionChanged& event);
base::Bytes encode(const EventHead& head, const SessionEnded& event);
base::Bytes encode(const EventHead& head, const PersonAssigned& event);
base::Bytes encode(const EventHead& head, const PersonUnassigned& event);
base::Bytes encode(const EventHead& head, const AccountShown& event);

}  // namespace segell::app
