#pragma once

#include "signer/ades/timestamp_token.h"

#include "base/openssl_ptr.h"

#include <openssl/x509.h>

namespace segell::signer::ades {

// What the check of the signature reads of a token and nobody else needs.
struct TimestampTokenAccess {
  static base::CmsPtr copy_cms(const TimestampToken& token);  // parsed anew, for one check
  static base::BytesView info(const TimestampToken& token);   // the TSTInfo's octets as signed
};

/// The hash that an identifier names; nothing for one that no token of ours may use.
std::optional<base::HashAlgorithm> hash_of(const X509_ALGOR* algorithm);

}  // namespace segell::signer::ades
