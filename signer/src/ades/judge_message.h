#pragma once

#include "signer/ades/cms.h"
#include "signer/ades/decision.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// The content type of a timestamp token (RFC 3161 2.4.2).
inline constexpr std::string_view kTstInfo = "1.2.840.113549.1.9.16.1.4";

struct MessageRules {
  std::string_view content_type;    ///< what content-type and eContentType must say
  std::string_view prefix;          ///< of the ids of the checks
  bool requires_attributes = true;  ///< AdES: a signature over the content itself is refused
  bool requires_reference = true;   ///< AdES: signing-certificate(-v2) must stand
};

/// What the message alone says: the rules of CMS and CAdES, without trust.
struct MessageJudgement {
  std::vector<Check> checks;
  bool format_holds = true;
  bool constraints_hold = true;
  bool digest_known = false;
  bool digest_matches = true;
  bool signing_certificate_found = true;
  SignatureFacts::Value value = SignatureFacts::Value::cannot_judge;
  std::optional<base::Certificate> signer;

  [[nodiscard]] bool holds() const {
    return format_holds && constraints_hold && digest_known && digest_matches && signing_certificate_found &&
           value == SignatureFacts::Value::fits;
  }
  /// The detail of the first failed check; empty when none failed.
  [[nodiscard]] std::string first_fault() const;
};

/// `content_digest` is the digest, by the message's digestAlgorithm, of the content or of what it covers detached.
MessageJudgement judge_message(const CmsMessage& message, base::BytesView content_digest,
                               std::span<const base::Certificate> certificates, const MessageRules& rules);

}  // namespace segell::signer::ades
