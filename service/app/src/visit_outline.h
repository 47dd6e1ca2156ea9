#pragma once

#include "base/json.h"
#include "storage/transaction.h"

namespace segell::app {

/// The member of a visit's details that says when it was taken back.
inline constexpr const char* kWithdrawnAt = "withdrawnAt";

inline bool is_withdrawn(const storage::VisitRecord& visit) { return visit.details.find(kWithdrawnAt) != nullptr; }

/// {id,device,createdAt,expiresAt}
base::Json visit_outline(const storage::VisitRecord& visit);

/// What a professional knows a paper by: title, language, personId, personName. Whoever is shown it has to leave an
/// event (RequestsListed).
base::Result<void> add_named_paper(const storage::View& view, const storage::RequestRecord& request, base::Json& json);

}  // namespace segell::app
