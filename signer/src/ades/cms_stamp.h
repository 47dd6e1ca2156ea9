#pragma once

#include "digest_stream.h"
#include "extender.h"

#include <functional>

// What an extension does to one CMS message, whatever kind of file it lies in (EN 319 122-1 5.3 to 5.5).

namespace segell::signer::ades {

/// A token over octets, from whoever is asked.
using StampOctets = std::function<base::Result<TimestampToken>(base::BytesView)>;
/// Whether the n-th signer is to be stamped.
using WantsStamp = std::function<bool(std::size_t)>;

/// The digest that archive timestamps are made with.
inline constexpr Digest kArchiveDigest = Digest::sha256;

/// The message with a signature timestamp in the signers that want one. Errors: malformed "cms.malformed"; the stamp's.
base::Result<base::Bytes> stamp_signatures(base::BytesView message, const WantsStamp& wants, const StampOctets& stamp);

/// The message with certificates and revocation data beside its own. Error: malformed "cms.malformed".
base::Result<base::Bytes> add_evidence(base::BytesView message, const FetchedEvidence& evidence);

/// The message with an archive-time-stamp-v3 over all that it holds in the signers that want one. `content_digest` is
/// that of what was signed, by kArchiveDigest. Errors: as of stamp_signatures.
base::Result<base::Bytes> stamp_archive(base::BytesView message, base::BytesView content_digest,
                                        const WantsStamp& wants, const StampOctets& stamp);

}  // namespace segell::signer::ades
