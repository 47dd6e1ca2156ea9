#pragma once

#include "base/id.h"
#include "consent/item.h"
#include "storage/ids.h"

#include <string>
#include <vector>

namespace segell::app {

using ActorId = base::Id<struct ActorTag>;
using RequestId = storage::RequestId;

/// What a bearer token may do. Closed; one right a group of use cases.
enum class Right {
  documents_write,  ///< "documents:write"
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

/// Who calls, as their credential says: the tenant comes from here and from nowhere else. Made by authenticate().
struct Caller {
  base::TenantId tenant;
  ActorId actor;
  std::vector<Right> rights;
  /// The questions this caller's agreement covers; empty parts mean "any". Empty list: none.
  std::vector<consent::Scope> agreement;

  [[nodiscard]] bool may(Right right) const;
};

/// A tablet that holds the capability of one signature request, and may do nothing but that request.
struct VisitCaller {
  base::TenantId tenant;
  RequestId request;
};

}  // namespace segell::app
