#pragma once

// For the sources of base and signer only, as base/openssl_ptr.h is.

struct ossl_lib_ctx_st;  // NOLINT(readability-identifier-naming): OpenSSL's OSSL_LIB_CTX

namespace segell::base {

/// The library context in which certificates and revocation lists are read. It holds the default provider's own
/// implementations, but of its decoders and key types only those of the keys that certificates of signers have (RSA,
/// RSA-PSS, EC, Ed25519, Ed448): OpenSSL 3.0 asks every decoder about every key type for each key that it reads, which
/// was most of the cost of a certificate. Null, which is OpenSSL's own context, where the configuration of the machine
/// chose other providers. Lives until the process ends; any thread.
ossl_lib_ctx_st* certificate_context();

}  // namespace segell::base
