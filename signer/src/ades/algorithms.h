#pragma once

#include "signer/ades/cms.h"

#include <optional>
#include <string_view>

struct evp_md_st;  // OpenSSL's EVP_MD

namespace segell::signer::ades {

/// Object identifiers of RFC 5754, RFC 8702, RFC 3370 and RFC 5758.
std::optional<Digest> digest_of_oid(std::string_view oid);

struct MethodOfOid {
  SignatureMethod method = SignatureMethod::unknown;
  std::optional<Digest> digest;  ///< nothing where the identifier names none (rsaEncryption, RSASSA-PSS)
};
MethodOfOid method_of_oid(std::string_view oid);

/// Fetched once and kept for the life of the process; null where OpenSSL has no such digest.
const evp_md_st* native_digest(Digest digest);

/// The digest of octets in memory.
base::Bytes digest_of(Digest digest, base::BytesView octets);

}  // namespace segell::signer::ades
