#pragma once

#include "app/caller.h"
#include "base/digest.h"
#include "base/json.h"
#include "storage/transaction.h"

#include <optional>
#include <vector>

// "Signature void by act X": what is told of a signature of somebody else wherever Segell speaks of it.

namespace segell::app {

/// The revision that one request's act made, with what its event says.
struct SignedAct {
  storage::RevisionRecord revision;
  base::Instant at{};
  base::Sha256 manifest{};
};
/// None where the request was never signed, or the event behind it was erased with its person.
base::Result<std::optional<SignedAct>> act_of_request(const storage::View& view, const storage::RequestRecord& request);

/// An act that made a signature void.
struct VoidSignature {
  storage::MisattributionId act;
  storage::RequestId request;
  storage::VoidMark mark;
};
/// Of all signatures on a document, in the order in which they were said to be of somebody else.
base::Result<std::vector<VoidSignature>> void_signatures(const storage::View& view, const base::DocumentId& document);

/// {act,at,revision,logIndex}
base::Json to_json(const VoidSignature& signature);
/// That of one request; null where it is not void.
base::Result<base::Json> void_json(const storage::View& view, const storage::RequestRecord& request);

}  // namespace segell::app
