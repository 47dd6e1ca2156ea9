#pragma once

#include "base/certificate.h"
#include "base/http_exchange.h"
#include "base/result.h"
#include "base/time.h"
#include "signer/ades/trust.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// Evidence that somebody asked for: what a document's /DSS keeps.
struct FetchedRevocation {
  base::Bytes ocsp_response;                   ///< complete OCSPResponse; empty when a CRL answered
  base::Bytes crl;                             ///< complete CertificateList; empty when OCSP answered
  std::optional<base::Certificate> responder;  ///< a delegated responder's certificate
  bool responder_needs_answer = false;         ///< it does not carry id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1)
};

struct RevocationBounds {
  std::chrono::milliseconds deadline{10'000};  ///< of one exchange
  std::size_t max_ocsp_bytes = 64 * 1024;
  std::size_t max_crl_bytes = 16 * 1024 * 1024;
};

/// Asks for the revocation status of certificates: OCSP at the address in the certificate (authorityInfoAccess, RFC
/// 6960 over POST, with a nonce), else the CRL of its distribution point. An answer is used only when it is signed by
/// whom it may be, in force now, and "good". Answers are kept for the client's life. Not thread-safe.
class RevocationClient {
 public:
  /// Exchange and clock are borrowed for the client's life.
  RevocationClient(base::HttpExchange& http, const base::Clock& clock, RevocationBounds bounds = {});
  ~RevocationClient();
  RevocationClient(const RevocationClient&) = delete;
  RevocationClient& operator=(const RevocationClient&) = delete;

  /// CRLs and OCSP responses at hand: what they answer is not asked for.
  void offer(const TrustMaterial& material);

  /// `others` are certificates at hand, for delegated responders. Errors, each naming the certificate and what was
  /// tried: unavailable "revocation.unreachable"; not_found "revocation.no-address" (it names none); untrusted
  /// "revocation.not-believed"; conflict "revocation.revoked".
  base::Result<FetchedRevocation> fetch(const base::Certificate& certificate, const base::Certificate& issuer,
                                        std::span<const base::Certificate> others);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// An OCSPRequest in DER (RFC 6960 4.1.1) about one certificate, named with SHA-1 as responders expect it, with a nonce
/// of 16 octets.
base::Bytes write_ocsp_request(const base::Certificate& certificate, const base::Certificate& issuer,
                               base::BytesView nonce);

}  // namespace segell::signer::ades
