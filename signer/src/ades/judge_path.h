#pragma once

#include "work.h"

namespace segell::signer::ades {

enum class Purpose { sign_documents, stamp_time };

/// Whose path, and at which time.
struct PathQuestion {
  const base::Certificate& signer;
  std::span<const base::Certificate> others;  ///< certificates at hand
  const CmsMessage& message;                  ///< its revocation data count as evidence of the file
  const CmsMessage* around = nullptr;         ///< the message that a token stands in: its revocation data count too
  std::uint64_t message_end = 0;              ///< one past the message's last octet in the file
  /// The digest over what the signature covers, where that is not the message's own: the imprint of a timestamp, the
  /// SHA-1 of adbe.pkcs7.sha1.
  std::optional<Digest> covered;
  /// The time that the signature is proven to have existed at; nothing: the time of validation.
  std::optional<base::Instant> best;
  /// Of a timestamp: its own time, which evidence about its authority has to fit where nothing proves an earlier one.
  std::optional<base::Instant> stamped;
  Purpose purpose = Purpose::sign_documents;
};

/// What the certificate's path says at one time.
struct PathJudgement {
  SignatureFacts facts;  ///< chain, windows, revocation and algorithms only; the rest as for a perfect signature
  std::vector<Check> checks;
  /// The file itself answered for every certificate of the path: one past the last octet that did.
  std::optional<std::uint64_t> data_end;

  /// Copies what the path says into the facts of a signature.
  void tell(SignatureFacts& out) const;
};

PathJudgement judge_path(Inquiry& file, const PathQuestion& question);

}  // namespace segell::signer::ades
