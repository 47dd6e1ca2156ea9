#pragma once

#include "work.h"

namespace segell::signer::ades {

enum class Purpose { sign_documents, stamp_time };

/// What the certificate's path says at one time.
struct PathJudgement {
  SignatureFacts facts;  ///< chain, windows, revocation and algorithms only; the rest as for a perfect signature
  std::vector<Check> checks;
  bool answered_from_document = false;  ///< /DSS or the CMS itself answered for every certificate of the path
};

/// `covered` is the digest over what the signature covers, where that is not the message's own: the imprint of a
/// timestamp, the SHA-1 of adbe.pkcs7.sha1. `best` is the time that the signature is proven to have existed at;
/// nothing: the time of validation.
PathJudgement judge_path(Inquiry& file, const base::Certificate& signer, std::span<const base::Certificate> others,
                         const CmsMessage& message, std::optional<Digest> covered, std::optional<base::Instant> best,
                         Purpose purpose);

}  // namespace segell::signer::ades
