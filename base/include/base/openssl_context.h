#pragma once

// For the sources of base, signer and the programs only.

struct ossl_lib_ctx_st;  // NOLINT(readability-identifier-naming): OpenSSL's OSSL_LIB_CTX

namespace segell::base {

/// The library context in which certificates and revocation lists are read. It holds the default provider's own
/// implementations, but of its decoders and key types only those of the keys that certificates of signers have (RSA,
/// RSA-PSS, EC, Ed25519, Ed448): OpenSSL 3.0 asks every decoder about every key type for each key that it reads, which
/// was most of the cost of a certificate. Null, which is OpenSSL's own context, where the configuration of the machine
/// chose other providers. Lives until the process ends; any thread.
ossl_lib_ctx_st* certificate_context();

/// For a process that judges signatures and ends: keeps OpenSSL from filling each of its contexts with the names of 150
/// ciphers, a sixth of what `segell verify` costs on a small file. Afterwards no cipher is found by its name or object
/// identifier (a private key in the traditional encrypted form of PEM cannot be opened); those asked for by their
/// functions work. Has an effect before OpenSSL's first use alone, and for as long as the process lives
/// (OPENSSL_init_crypto(3)).
void leave_out_cipher_names();

}  // namespace segell::base
