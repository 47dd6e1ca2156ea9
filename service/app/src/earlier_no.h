#pragma once

#include "base/json.h"
#include "base/result.h"
#include "consent/item.h"
#include "storage/transaction.h"

namespace segell::app {

/// {"state": "withdrawn" | "refused" | "opposed", "at": …} where the person's newest word about exactly this is a no;
/// null otherwise. Who is asked again is reminded of it, and that it may stay so.
base::Result<base::Json> earlier_no_json(const storage::View& view, const base::PersonId& person,
                                         const consent::Scope& scope);

}  // namespace segell::app
