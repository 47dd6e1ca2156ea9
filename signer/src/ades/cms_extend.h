#pragma once

#include "cms_layout.h"

namespace segell::signer::ades {

/// What goes into a message that stands already. What is there is not added again.
struct CmsAddition {
  std::vector<base::Bytes> certificates;    ///< DER
  std::vector<base::Bytes> crls;            ///< DER
  std::vector<base::Bytes> ocsp_responses;  ///< complete OCSPResponse, DER: they go in as RFC 5940 puts them
  std::vector<base::Bytes> attributes;      ///< unsigned ones, complete: the n-th for the n-th signer; empty: none
};

/// The message, in definite lengths, with more in it: certificates and revocation data into SignedData (EN 319
/// 122-1 5.4), attributes into the SignerInfos, the version that its parts ask for (RFC 5652 5.1). What was signed
/// stays octet by octet.
base::Bytes extend_cms(const CmsLayout& message, const CmsAddition& addition);

}  // namespace segell::signer::ades
