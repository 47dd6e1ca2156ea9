#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"
#include "base/bytes.h"

#include <string>
#include <string_view>
#include <vector>

// Seals of a program's own key, which never comes here: the digest goes out, the signature comes in (design 4.5.6).
// Only for tokens with the right "documents:seal".

namespace segell::app {

struct NewSealPreparation {
  std::string document;
  std::vector<std::string> certificates;  ///< X.509 in DER, base64: the signer's, then its issuers
  std::string padding;                    ///< of an RSA key: "pkcs1" (as if empty) or "pss"
  std::string field;                      ///< an empty signature field or a new name; empty: the first free one
  std::string reason;                     ///< what the seal says of itself; may be empty
};

/// Lays the seal out on the newest revision and keeps how for a day; the document stays as it is. Body: {"preparation":
/// {id,documentId,revision,time,expiresAt,algorithm,toBeSigned,digestAlgorithm,digest}}. Errors: not_found
/// "document.unknown"; conflict "seal.requests-pending" (people are asked to sign it), "seal.unfinished-document" (it
/// is still laid out for whoever decides); invalid_argument "seal.bad-certificate", "seal.bad-padding",
/// "seal.bad-field", "seal.bad-reason", "seal.certificate-untrusted"; those of check_seal_certificate,
/// make_remote_identity and pdf::prepare_signature; forbidden "auth.missing-right".
base::Result<Reply> prepare_seal(Service& service, const Caller& caller, const NewSealPreparation& wanted,
                                 const Idempotency& idempotency);

/// Takes the signature over `toBeSigned` in (ECDSA as DER or r ‖ s), adds the timestamp and stores the revision. Body:
/// {"seal":{documentId,revision,length,sha256,time,logIndex}}. Errors: not_found "seal-preparation.unknown"; expired
/// "seal.preparation-expired"; conflict "seal.preparation-used"; stale "seal.prepared-changed" (the document grew, or
/// people are asked to sign it by now); untrusted "key.wrong-signature"; unavailable "act.timestamp-required". After
/// each but the first three the preparation holds, and nothing is stored.
base::Result<Reply> complete_seal(Service& service, const Caller& caller, std::string_view preparation,
                                  base::BytesView signature, const Idempotency& idempotency);

}  // namespace segell::app
