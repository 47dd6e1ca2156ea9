#pragma once

#include "base/id.h"

namespace segell::storage {

using base::DocumentId;
using base::PersonId;
using base::TenantId;
using RequestId = base::Id<struct RequestTag>;
using DecisionId = base::Id<struct DecisionTag>;
using JobId = base::Id<struct JobTag>;
using AccountId = base::Id<struct AccountTag>;
using HoldingId = base::Id<struct HoldingTag>;
using SessionId = base::Id<struct SessionTag>;
using SlipId = base::Id<struct SlipTag>;
using DeviceId = base::Id<struct DeviceTag>;
using VisitId = base::Id<struct VisitTag>;
using OfficialId = base::Id<struct OfficialTag>;
using RepresentationId = base::Id<struct RepresentationTag>;
using ObjectionId = base::Id<struct ObjectionTag>;
using ReviewId = base::Id<struct ReviewTag>;
using SealPreparationId = base::Id<struct SealPreparationTag>;

}  // namespace segell::storage
