#pragma once

#include "app/visit.h"
#include "base/json.h"
#include "base/time.h"
#include "official_register.h"

#include <optional>
#include <string>

namespace segell::app {

/// What a person consented to: that an official signs this for them.
struct OnBehalf {
  Act act;  ///< method "official"
  base::Instant at{};
};
/// As kept in the request's payload.
base::Json to_json(const OnBehalf& consented);
/// Error: corrupt "app.record".
base::Result<OnBehalf> on_behalf_from_json(const base::Json& json);

/// What an official signs where the register binds them to a certificate: a text that names the request, what was shown
/// and what the signature says.
std::string text_to_sign(const RequestId& request, const Act& act);

/// Who signs on behalf of a person, and by what right.
struct OfficialEvidence {
  storage::AccountId account;
  RegisterEntry entry;
  std::vector<std::string> procedures;  ///< of the request
  std::string level;                    ///< assurance of the session
  base::Instant consented{};
  std::string signature;    ///< base64; empty: the register names no certificate
  std::string certificate;  ///< DER in base64, with the signature
  std::string text;         ///< what was signed
};

/// The fact: {by:"official",name,account,level,consented,register:{id,resolution,since,until,certificate?},
/// signed?:{certificate,signature,text}}.
base::Json official_fact(const OfficialEvidence& official);

}  // namespace segell::app
