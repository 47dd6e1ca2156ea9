#pragma once

#include "base/certificate.h"

#include <string>
#include <vector>

namespace segell::signer::ades {

/// Where a certificate says that its status is to be had, in its order.
struct StatusAddresses {
  std::vector<std::string> ocsp;  ///< authorityInfoAccess (RFC 5280 4.2.2.1)
  std::vector<std::string> crls;  ///< fullName URIs of cRLDistributionPoints (RFC 5280 4.2.1.13)
};
StatusAddresses status_addresses(const base::Certificate& certificate);

/// Where it says that its issuer's certificate is to be had (authorityInfoAccess, id-ad-caIssuers), in its order.
std::vector<std::string> issuer_addresses(const base::Certificate& certificate);

/// The octets of subjectPublicKey, without the count of unused bits: what OCSP hashes (RFC 6960 4.1.1).
base::Bytes public_key_octets(const base::Certificate& certificate);

/// id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1).
bool has_ocsp_no_check(const base::Certificate& certificate);

}  // namespace segell::signer::ades
