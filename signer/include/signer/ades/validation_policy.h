#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"
#include "signer/ades/change_policy.h"
#include "signer/ades/cms.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace segell::signer::ades {

inline constexpr std::size_t kMaxPolicyBytes = 64U << 10U;

/// What a verifier asks of revocation data (EN 319 102-1 5.1.4.2; TS 119 172-1 A.4.2.1, row m).
enum class RevocationDemand {
  at_hand,  ///< what is at hand is used; what is missing is told and fails nothing
  required  ///< every certificate of a path needs an answer that counts at the time that is judged
};

/// What a verifier asks of counter-signatures (RFC 5652 11.4), which speak for others than the signer.
enum class CounterSignatureDemand {
  told,      ///< each is judged for itself and told
  all_good,  ///< where one does not pass, or cannot be read, the signature does not either
};

/// Digests of the document of one signature policy, as whoever published it gives them.
using PolicyDigests = std::map<Digest, base::Bytes>;

/// The validation constraints that are a verifier's own to choose (EN 319 102-1 5.1.4). The defaults are this
/// service's.
struct ValidationPolicy {
  ChangePolicy changes{};
  RevocationDemand revocation = RevocationDemand::at_hand;
  CounterSignatureDemand counter_signatures = CounterSignatureDemand::told;
  /// The end of trust of single anchors, by the SHA-256 of the certificate: a signature that is proven to be older
  /// keeps its path.
  std::map<base::Sha256, base::Instant> trusted_until{};
  /// Signature policies that the verifier has read and accepts, by dotted identifier. Nothing: what a signer names is
  /// told and not applied, since these constraints stand in its place (EN 319 102-1 5.2.4).
  std::optional<std::map<std::string, PolicyDigests>> signature_policies{};
  bool operator==(const ValidationPolicy&) const = default;
};

/// A policy file, docs/policy.md: `{"schema":"segell.policy/1","afterApproval":{…},"revocation":"required",
/// "counterSignatures":"all-good","trustedUntil":{"<SHA-256 in
/// hex>":"<time>"},"signaturePolicies":{"<identifier>":{"SHA-256":"<Base64>"}}}`. What is absent keeps its default.
/// Strict: errors malformed "policy.malformed" (the message names the member), those of parse_json; limit_exceeded
/// "json.too-large".
base::Result<ValidationPolicy> parse_validation_policy(base::BytesView file);

}  // namespace segell::signer::ades
