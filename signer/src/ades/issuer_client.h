#pragma once

#include "base/certificate.h"
#include "base/http_exchange.h"

#include <span>
#include <vector>

namespace segell::signer::ades {

/// Certificates of authorities that a signature left out, from where the certificate below them says
/// (authorityInfoAccess, RFC 5280 4.2.2.1): a certificate in DER or PEM, or a message that holds certificates alone.
/// What comes is believed no more than what lies in a file: a path has to hold with it. Only http, since whoever is
/// asked proves nothing anyway; bounded in time, octets and steps.
class IssuerClient {
 public:
  /// The exchange is borrowed.
  IssuerClient(base::HttpExchange& http, std::chrono::milliseconds deadline) : m_http(http), m_deadline(deadline) {}

  /// Goes up from the certificate through `others` and fetches what is missing, until a certificate says no address,
  /// its issuer cannot be had, or it issued itself. What was fetched; empty where nothing was.
  std::vector<base::Certificate> fetch_above(const base::Certificate& certificate,
                                             std::span<const base::Certificate> others);

 private:
  std::vector<base::Certificate> fetch_issuers(const base::Certificate& certificate);

  base::HttpExchange& m_http;
  std::chrono::milliseconds m_deadline;
};

}  // namespace segell::signer::ades
