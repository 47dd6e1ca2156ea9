#pragma once

#include "base/result.h"
#include "base/time.h"
#include "signer/pdf/source.h"

#include <optional>

namespace segell::signer::ades {

/// When the certificate of the timestamp ends on which everything else rests: that of the newest document timestamp;
/// without one, the earliest of the signatures' own. Nothing where no timestamp can be read. Says nothing of whether it
/// holds: that is the verifier's. Errors: those of Document::open and find_signatures.
base::Result<std::optional<base::Instant>> proof_end(const pdf::SourcePtr& document);

}  // namespace segell::signer::ades
