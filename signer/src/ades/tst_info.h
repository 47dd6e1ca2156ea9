#pragma once

#include "base/time.h"
#include "signer/ades/cms.h"

#include <optional>
#include <string>

namespace segell::signer::ades {

/// The content of a timestamp token (RFC 3161 2.4.2) as a verifier reads it: any digest, nothing believed. The
/// signature around it is CmsMessage's.
struct TstInfo {
  std::optional<Digest> imprint_digest;  ///< nothing: an algorithm that is not known here
  base::Bytes imprint;
  base::Instant time;              ///< genTime
  base::Microseconds accuracy{0};  ///< how far the true time may lie from it, either way; 0 where nothing is said
  bool ordering = false;
  std::string policy;  ///< dotted
};

/// Errors: malformed "timestamp.malformed" (also for a version other than 1 and for a critical extension: RFC 3161
/// knows none).
base::Result<TstInfo> read_tst_info(base::BytesView content);

}  // namespace segell::signer::ades
