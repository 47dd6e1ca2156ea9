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
  b_lt,   ///< certificates and revocation data in /DSS, or in the CMS message
  b_lta,  ///< and a document or archive timestamp over them; where there is one already, its renewal
};

/// Where the evidence comes from. All is borrowed.
struct LongTermSources {
  base::HttpExchange& http;
  const base::Clock& clock;
  const TimestampClient* tsa = nullptr;  ///< may be null for B-LT on signatures that have a time
  RevocationBounds bounds{};
  /// Whose answers serve several documents, as long as they are in force; null: a client for this one alone.
  RevocationClient* revocation = nullptr;
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

/// A CAdES signature in a file of its own, in DER.
struct ExtendedCades {
  base::Bytes der;
  Verdict verdict;  ///< as in ExtendedDocument
};

/// The same for a CAdES signature (EN 319 122-1 5.4, 5.5), detached or around its content: revocation data go into the
/// message, an archive-time-stamp-v3 into every signer whose certificate leads to an anchor. `content`: what a detached
/// one is over; null where it is inside. Errors: those of extend_document; unsupported "extend.format" for another kind
/// of file; not_found "extend.no-content"; those of parse_cms_signers.
base::Result<ExtendedCades> extend_cades(const pdf::SourcePtr& signature, const pdf::SourcePtr& content,
                                         LongTermLevel level, const TrustMaterial& trust,
                                         const LongTermSources& sources);

/// A container with CAdES signatures, written anew.
struct ExtendedContainer {
  base::Bytes octets;
  Verdict verdict;  ///< as in ExtendedDocument
};

/// The same for a container (EN 319 162-1 4.3, 4.4): revocation data go into the signature files, or, where timestamps
/// are over all of them, into the newest timestamp file. B-LTA is an archive-time-stamp-v3 in the simple form, an
/// ASiCArchiveManifest with a timestamp over every file in the extended one. Files keep their octets; what was deflated
/// is stored. Errors: those of extend_document; malformed "extend.broken" for an archive that is not read without a
/// fault; limit_exceeded "extend.too-large" above 256 MiB; those of writing an archive.
base::Result<ExtendedContainer> extend_container(const pdf::SourcePtr& container, LongTermLevel level,
                                                 const TrustMaterial& trust, const LongTermSources& sources);

}  // namespace segell::signer::ades
