#pragma once

#include "app/requests.h"
#include "representation_check.h"
#include "request_payload.h"

#include <optional>
#include <string>

// Who signs a request: the person whose matter it is, or somebody who represents them (domain R33: both stand beside
// the signature, and only a power that is valid when it is signed lets anybody sign).

namespace segell::app {

/// What can be judged without the store: a representation belongs to those capacities and to no other. Errors:
/// invalid_argument "request.representation-needed", "request.representation-refused", "request.bad-other-holder".
base::Result<void> check_acting_form(const NewSignatureRequest& request);

/// Who may sign that request at that time. None where the person signs. Errors: require_acting()'s; conflict
/// "request.under-14" (until 14 whoever represents the person consents: LOPDGDD art. 7), "request.decides-alone" (from
/// then on the person does), "request.confidential-document" (kept from whoever represents the person).
base::Result<std::optional<Acting>> who_signs(const storage::View& view, const storage::RequestRecord& request,
                                              const RequestPayload& payload, base::Instant at);

/// What is said of the consent of another holder of parental authority fits the register, and is filled in where that
/// says it all. Error: invalid_argument "request.bad-other-holder".
base::Result<void> settle_other_holder(const Acting& acting, RequestPayload& payload);

/// Whether whoever was asked may still sign, by the time of the act: their power may have ended since, or the person
/// may have grown up. Error: conflict "representation.not-valid".
base::Result<void> require_may_sign(const storage::View& view, const storage::RequestRecord& request,
                                    const RequestPayload& payload, base::Instant at);

/// Who signs for the person, as a page shows it, whether or not they still may.
struct Signer {
  storage::RepresentationRecord representation;
  std::string name;
  std::string represented_name;
};
/// None where the person signs. Error: conflict "visit.over" once the representative is erased.
base::Result<std::optional<Signer>> signer_for(const storage::View& view, const RequestPayload& payload,
                                               const std::string& person_name);

/// "Laia Exemple (as mother or father, for Nil Exemple)", in the language of the paper; `guarded`: without the name of
/// whoever signs.
std::string signer_words(const RequestPayload& payload, const Signer& signer, bool guarded);

/// The sealed fact: {representation,basis,holds,otherHolder,represented,evidence{kind,seenAt}}.
base::Json acting_fact(const RequestPayload& payload, const Signer& signer);

/// {id,name,basis} for who works with the person; null where the person signs.
base::Result<base::Json> representative_json(const storage::View& view, const RequestPayload& payload);

}  // namespace segell::app
