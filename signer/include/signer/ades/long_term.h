#pragma once

#include "signer/ades/revocation_client.h"
#include "signer/ades/timestamp_client.h"
#include "signer/ades/verify.h"

#include <vector>

// Proofs that outlast certificates (EN 319 142-1 5.4 and 6.3): revocation data into the document while it is to be had,
// document timestamps over it before the last one ends. Works on documents of other signers too.

namespace segell::signer::ades {

/// What to make of a document's signatures.
enum class LongTermLevel {
  b_lt,   ///< certificates and revocation data in /DSS
  b_lta,  ///< and a document timestamp over them; on a document that has one already, its renewal
};

/// Where the evidence comes from. All is borrowed.
struct LongTermSources {
  base::HttpExchange& http;
  const base::Clock& clock;
  const TimestampClient* tsa = nullptr;  ///< may be null for B-LT on signatures that have a time
  RevocationBounds bounds{};
};

/// The further revisions; base ‖ them is the extended document.
struct ExtendedDocument {
  std::vector<base::Bytes> revisions;
  Verdict verdict;  ///< of the result, under the given anchors
  [[nodiscard]] std::uint64_t added() const;
};

/// Extends every signature of the document whose certificate leads to an anchor; the others stay as they are. What the
/// document answers for already is not asked again. Signatures without a time get one first. Errors: not_found
/// "extend.no-signature"; conflict "extend.broken" (with the verdict's words: what is broken is not worth keeping),
/// "extend.no-path" (no signature leads to an anchor), "extend.expired" (renewal comes too late: the last proof does
/// not hold any more), "extend.not-reached"; invalid_argument "extend.no-authority"; those of RevocationClient::fetch,
/// TimestampClient::fetch and of writing a revision.
base::Result<ExtendedDocument> extend_document(const pdf::SourcePtr& document, LongTermLevel level,
                                               const TrustMaterial& trust, const LongTermSources& sources);

}  // namespace segell::signer::ades
