#pragma once

#include "app/service.h"
#include "base/json.h"
#include "storage/transaction.h"
#include "void_signature.h"

#include <vector>

namespace segell::app {

/// What was done on a signature while it counted, newest first, out of the log.
struct UsesOfSignature {
  base::Json::Array uses;  ///< as in a list of accesses: permits that rest on its decisions, openings of its paper
  base::Json::Array recipients;  ///< {recipient,recipientNames,count,first,last,told}: whom to tell
  bool complete = true;          ///< false: there are more than are kept here
};
/// `decisions`: those that the act made.
base::Result<UsesOfSignature> uses_of_signature(const storage::View& view, const TenantSettings& settings,
                                                const storage::RequestRecord& request, const SignedAct& act,
                                                const std::vector<storage::ConsentFact>& decisions);

}  // namespace segell::app
