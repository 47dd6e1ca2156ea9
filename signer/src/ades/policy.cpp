#include "policy.h"

#include "base/encoding.h"
#include "base/json.h"
#include "work.h"

#include <openssl/evp.h>

namespace segell::signer::ades {
namespace {

using namespace std::chrono;

// The dates after which published suites (ETSI TS 119 312 and its predecessors) no longer let a signature rest on the
// algorithm alone. The built-in policy is one JSON text, so that its digest names exactly what was applied.
constexpr base::Instant kSha1Until{sys_days(2012y / 8 / 1)};
constexpr base::Instant kSha224Until{sys_days(2026y / 1 / 1)};
constexpr base::Instant kShortRsaUntil{sys_days(2010y / 12 / 31)};
constexpr int kRsaNeverBelow = 1024, kRsaBits = 2048, kCurveBits = 224;

base::Json policy_text() {
  return base::Json::object({{"schema", "segell.policy/1"},
                             {"digests", base::Json::object({{"MD5", "never"},
                                                             {"SHA-1", base::format_rfc3339(kSha1Until)},
                                                             {"SHA-224", base::format_rfc3339(kSha224Until)}})},
                             {"rsa", base::Json::object({{"neverBelowBits", kRsaNeverBelow},
                                                         {"bits", kRsaBits},
                                                         {"shorterUntil", base::format_rfc3339(kShortRsaUntil)}})},
                             {"curve", base::Json::object({{"neverBelowBits", kCurveBits}})},
                             {"keyUsage", base::Json::array({"digitalSignature", "nonRepudiation"})},
                             {"revocation", "lists at hand; a missing one is reported, not a failure"},
                             {"laterRevisions", "signatures, timestamps, DSS; anything else is suspicious"}});
}

}  // namespace

AlgorithmLimit limit_of(Digest digest) {
  AlgorithmLimit limit{.accepted = true, .until = std::nullopt, .name = std::string(to_string(digest))};
  if (digest == Digest::md5) limit.accepted = false;
  if (digest == Digest::sha1) limit.until = kSha1Until;
  if (digest == Digest::sha224) limit.until = kSha224Until;
  return limit;
}

AlgorithmLimit limit_of_key(const base::Certificate& certificate) {
  AlgorithmLimit limit;
  const EVP_PKEY* key = certificate.native_public_key();
  if (key == nullptr) return limit;
  const int bits = key_bits(certificate);
  const bool rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA || EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA_PSS;
  limit.name = "a key of " + std::to_string(bits) + " bits";
  if (rsa) {
    limit.accepted = bits >= kRsaNeverBelow;
    if (bits < kRsaBits) limit.until = kShortRsaUntil;
  } else {
    limit.accepted = bits >= kCurveBits;
  }
  return limit;
}

void AlgorithmPolicy::add(const AlgorithmLimit& limit) {
  const bool worse = (!limit.accepted && accepted) || (limit.until && (!until || *limit.until < *until) && accepted);
  if (worse) weakest = limit.name;
  accepted = accepted && limit.accepted;
  if (limit.until && (!until || *limit.until < *until)) until = limit.until;
}

const std::string& policy_fingerprint() {
  static const std::string kFingerprint =
      base::to_hex(base::sha256(base::as_bytes(base::write_canonical_json(policy_text()).value())));
  return kFingerprint;
}

}  // namespace segell::signer::ades
