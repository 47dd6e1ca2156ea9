#pragma once

#include "signer/ades/cms.h"

#include <optional>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX
struct evp_md_st;      // OpenSSL's EVP_MD

namespace segell::signer::ades {

/// An AlgorithmIdentifier (RFC 5280 4.1.1.2), borrowed from the octets it was read from.
struct AlgorithmId {
  std::string oid;
  base::BytesView parameters;  ///< the complete element, or empty
};
/// No parameters, or NULL.
bool has_no_parameters(const AlgorithmId& algorithm);
/// From the content of its SEQUENCE; nothing when malformed.
std::optional<AlgorithmId> read_algorithm(base::BytesView sequence_content);

/// Object identifiers of RFC 5754, RFC 8702, RFC 8419, RFC 3370 and RFC 5758.
std::optional<Digest> digest_of_oid(std::string_view oid);
/// The same with parameters: id-shake256-len counts with the length of 512 bits alone (RFC 8419 2.3).
std::optional<Digest> digest_of_algorithm(const AlgorithmId& algorithm);

struct MethodOfOid {
  SignatureMethod method = SignatureMethod::unknown;
  std::optional<Digest> digest;  ///< nothing where the identifier names none (rsaEncryption, RSASSA-PSS)
};
MethodOfOid method_of_oid(std::string_view oid);

/// By the name that to_string gives it.
std::optional<Digest> digest_of_name(std::string_view name);
/// The identifiers of a digest, and of a method with a digest (empty where none names both).
std::string_view oid_of(Digest digest);
std::string_view oid_of(SignatureMethod method, Digest digest);

/// What OpenSSL's numbers stand for; nothing and unknown for others.
std::optional<Digest> digest_of_nid(int nid);
SignatureMethod method_of_nid(int nid);

/// RSASSA-PSS-params (RFC 4055 3.1) into method_digest, mask_digest and salt_length; false when malformed.
bool read_pss_parameters(base::BytesView parameters, CmsMessage& out);

/// Fetched once and kept for the life of the process; null where OpenSSL has no such digest.
const evp_md_st* native_digest(Digest digest);

/// What the running digest comes to: EVP_DigestFinal_ex, and 64 octets of SHAKE256.
base::Bytes finish_digest(evp_md_ctx_st* context, Digest digest);

/// The digest of octets in memory.
base::Bytes digest_of(Digest digest, base::BytesView octets);

}  // namespace segell::signer::ades
