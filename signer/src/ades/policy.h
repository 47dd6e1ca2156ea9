#pragma once

#include "signer/ades/cms.h"
#include "signer/ades/suite.h"

#include <optional>
#include <string>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace segell::signer::ades {

/// What the suite says of a digest; not accepted where it says nothing.
AlgorithmLimit limit_of(const AlgorithmSuite& suite, Digest digest);

/// What the suite says of signatures that this key made so: a row for method and digest together, else one for the
/// method; its key size; for ECDSA the curve too, where the suite knows curves. The digest itself is judged apart.
AlgorithmLimit limit_of_signature(const AlgorithmSuite& suite, SignatureMethod method, std::optional<Digest> digest,
                                  const evp_pkey_st* key);

/// Both limits of the signature on a certificate by its issuer's key.
struct CertificateLimits {
  AlgorithmLimit digest, signature;
};
CertificateLimits limits_of_certificate(const AlgorithmSuite& suite, const base::Certificate& certificate,
                                        const base::Certificate& issuer);

/// The strictest of several limits.
struct AlgorithmPolicy {
  bool accepted = true;
  std::optional<base::Instant> until;
  std::string weakest;

  void add(const AlgorithmLimit& limit);
};

}  // namespace segell::signer::ades
