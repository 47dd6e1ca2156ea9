#pragma once

#include "ber.h"
#include "work.h"

namespace segell::signer::ades {

/// signature-policy-identifier (EN 319 122-1 5.2.9.1): id-aa-ets-sigPolicyId.
inline constexpr std::string_view kSignaturePolicy = "1.2.840.113549.1.9.16.2.15";

/// The value of the attribute; nothing for an implied policy, which names none. What cannot be read is kept as such.
std::optional<NamedPolicy> read_signature_policy(base::BytesView value);

/// What the signer named against what the verifier's policy knows (EN 319 102-1 5.2.4): fills facts.named_policy.
void judge_signature_policy(Inquiry& file, Work& work);

}  // namespace segell::signer::ades
