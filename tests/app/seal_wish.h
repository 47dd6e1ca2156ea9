#pragma once

#include "app/seal_preparations.h"
#include "base/encoding.h"
#include "support/example_pki.h"

namespace segell::tests {

/// A seal of that document by a key of the example PKI that the service does not have.
inline app::NewSealPreparation seal_wish(const std::string& document, const std::string& identity = "seal-p256") {
  app::NewSealPreparation wanted;
  wanted.document = document;
  for (const base::Certificate& one : {pki_certificate(identity), pki_certificate("issuing")})
    wanted.certificates.push_back(base::to_base64(one.der()));
  return wanted;
}

}  // namespace segell::tests
