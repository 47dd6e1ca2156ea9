#pragma once

#include "cms_layout.h"
#include "signer/ades/cms.h"

#include <optional>
#include <set>
#include <string_view>

// What an archive timestamp is over (archive-time-stamp-v3, EN 319 122-1 5.5.3) and the index that it carries
// (ats-hash-index-v3, 5.5.2): for whoever makes one and whoever judges one.

namespace segell::signer::ades {

inline constexpr std::string_view kArchiveTimestamp = "0.4.0.1733.2.4";  ///< id-aa-ets-archiveTimestampV3
inline constexpr std::string_view kHashIndex = "0.4.0.19122.1.5";        ///< id-aa-ATSHashIndex-v3

/// ATSHashIndexV3: digests of certificates, revocation data and values of unsigned attributes of a message. What is not
/// among them the timestamp is not over.
struct HashIndex {
  Digest digest = Digest::sha256;
  std::set<base::Bytes> certificates, revocations, values;

  [[nodiscard]] bool has_certificate(base::BytesView element) const;
  [[nodiscard]] bool has_revocation(base::BytesView element) const;
  /// Type and value count together (5.5.2.2).
  [[nodiscard]] bool has_value(const UnsignedValue& value) const;
};

/// Of the value of the attribute. Error: malformed "cms.hash-index"; unsupported "cms.hash-index" for a digest that is
/// not known.
base::Result<HashIndex> read_hash_index(base::BytesView value);

/// False when the index names something that the message and this signer do not hold: then it is invalid (5.5.2.1).
bool index_fits(const HashIndex& index, const CmsLayout& message, const SignerLayout& signer);

/// The index of everything that the message holds for this signer, DER, digests in ascending order.
base::Bytes write_hash_index(const CmsLayout& message, const SignerLayout& signer, Digest digest);

/// The octets whose digest is the imprint: eContentType, the digest of the content by the same algorithm, the
/// SignerInfo from version to signature, the index (5.5.3).
base::Bytes archived_octets(const CmsLayout& message, const SignerLayout& signer, base::BytesView content_digest,
                            base::BytesView index);

/// The index in the token of an archive timestamp, where its authority's signature is followed by it; empty without.
base::BytesView index_of_token(const CmsLayout& token);

}  // namespace segell::signer::ades
