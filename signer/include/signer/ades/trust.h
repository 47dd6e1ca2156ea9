#pragma once

#include "base/bytes.h"
#include "base/certificate.h"
#include "base/digest.h"
#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// What the verifier was told to believe: trust anchors, and revocation data at hand.
/// Plain data; reading files is the caller's.
struct TrustMaterial {
  std::vector<base::Certificate> anchors;
  std::vector<base::Bytes> crls;            ///< complete DER CertificateLists (RFC 5280 section 5)
  std::vector<base::Bytes> ocsp_responses;  ///< complete DER OCSPResponses (RFC 6960 4.2.1)

  /// Adds every CERTIFICATE block of a PEM text as an anchor, every X509 CRL block as a CRL and every OCSP RESPONSE
  /// block as an OCSP response; a text without any is an error: malformed, "trust.nothing-found".
  base::Result<void> add_pem(std::string_view pem);

  /// One DER certificate (an anchor), one DER CRL or one DER OCSP response. Error: malformed, "trust.nothing-found".
  base::Result<void> add_der(base::BytesView der);

  /// Depends on the content alone, not on the order in which it was added.
  [[nodiscard]] base::Sha256 fingerprint() const;
};

}  // namespace segell::signer::ades
