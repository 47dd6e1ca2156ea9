#pragma once

#include "signer/ades/timestamp_token.h"

#include "base/openssl_ptr.h"

namespace segell::signer::ades {

// What the check of the signature reads of a token and nobody else needs.
struct TimestampTokenAccess {
  static base::CmsPtr copy_cms(const TimestampToken& token);  // parsed anew, for one check
  static base::BytesView info(const TimestampToken& token);   // the TSTInfo's octets as signed
};

}  // namespace segell::signer::ades
