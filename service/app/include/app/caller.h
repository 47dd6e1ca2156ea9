#pragma once

#include "base/id.h"
#include "consent/item.h"
#include "storage/ids.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

using ActorId = base::Id<struct ActorTag>;
using RequestId = storage::RequestId;

/// What a bearer token may do. Closed; one right a group of use cases.
enum class Right {
  documents_write,  ///< "documents:write"
  documents_seal,   ///< "documents:seal": seals of a key that is elsewhere
  documents_read,   ///< "documents:read": content, disclosure and envelope
  persons_write,    ///< "persons:write": persons, decisions
  persons_erase,    ///< "persons:erase"
  notices_write,    ///< "notices:write"
  requests_write,   ///< "requests:write"
  evaluate,         ///< "evaluate"
};
std::string_view to_string(Right right) noexcept;
/// Error: invalid_argument, "app.unknown-right".
base::Result<Right> parse_right(std::string_view text);

/// As what somebody calls. Closed; what each may do stands in visibility.h and in docs/logging-in.md.
enum class Role {
  citizen,         ///< their own matters
  representative,  ///< the matters of one person whom they represent
  professional,    ///< the persons they work with
  referent,        ///< the same, as the one whom those persons turn to
  manager,         ///< who works with whom, and figures; no content
  auditor,         ///< the log and verification; no content
  dpo,             ///< data protection officer: accesses and withdrawals; no content
  integrator,      ///< another system, with a token: what its rights say
  administrator,   ///< accounts and notices; no content
};
std::string_view to_string(Role role) noexcept;
/// Error: invalid_argument, "app.unknown-role".
base::Result<Role> parse_role(std::string_view text);
/// Those who work for the organisation: a second factor protects their logins.
bool is_staff(Role role) noexcept;
/// Those who hold the matters of one person.
bool holds_person(Role role) noexcept;

/// Who calls, as their credential says: the tenant comes from here and from nowhere else. Made by authenticate() and
/// authenticate_session().
struct Caller {
  base::TenantId tenant;
  ActorId actor;
  Role role = Role::integrator;
  std::optional<storage::AccountId> account{};  ///< who logged in; none for a token
  std::optional<base::PersonId> person{};       ///< whose matters a citizen or representative holds
  std::string level{};                          ///< assurance of the login; empty for a token
  base::Instant at{};                           ///< when they call: what they may reach can depend on it
  std::vector<Right> rights{};                  ///< of a token, or those of the role
  /// The questions this caller's agreement covers; empty parts mean "any". Empty list: none.
  std::vector<consent::Scope> agreement{};

  [[nodiscard]] bool may(Right right) const;
};

/// A tablet that holds the capability of one signature request, and may do nothing but that request.
struct VisitCaller {
  base::TenantId tenant;
  RequestId request;
};

}  // namespace segell::app
