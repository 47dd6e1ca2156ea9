#pragma once

#include "base/id.h"

namespace segell::storage {

using base::DocumentId;
using base::PersonId;
using base::TenantId;
using RequestId = base::Id<struct RequestTag>;
using DecisionId = base::Id<struct DecisionTag>;
using JobId = base::Id<struct JobTag>;

}  // namespace segell::storage
