#pragma once

#include "support/child_process.h"

#include "base/certificate.h"
#include "base/signing_key.h"

#include <string>

// The example PKI as tests need it; SEGELL_PKI is the folder that certs-example/issue.sh filled.

namespace segell::tests {

inline std::filesystem::path pki_file(const std::string& name) { return std::filesystem::path(SEGELL_PKI) / name; }

inline base::Certificate pki_certificate(const std::string& name) {
  return base::Certificate::parse_pem(read_file(pki_file(name + ".pem"))).value().front();
}

/// Key, certificate and the issuing authority above it: "seal-rsa", "seal-p256" or one of the broken ones.
inline base::SealIdentity pki_identity(const std::string& name) {
  const std::string pem = read_file(pki_file(name + ".key"));
  auto key = base::parse_signing_key_pem(base::as_bytes(pem), base::Secret()).value();
  return base::make_seal_identity(std::move(key), pki_certificate(name), {pki_certificate("issuing")}).value();
}

}  // namespace segell::tests
