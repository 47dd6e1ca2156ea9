#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Who decides for a person (domain R33): parents, guardians, curators, those to whom somebody gave a power, with what
// it reaches, for how long, and what was seen of it. In which state it is follows the Catalan register Representa; only
// `valida` lets somebody act. And which of several holders of parental authority does not agree.

namespace segell::app {

struct NewRepresentation {
  struct Evidence {
    std::string kind;                       ///< "family-book", "register", "judgment", "resolution", "power"
    std::string reference;                  ///< which one: up to 300 octets
    bool seen = false;                      ///< by whoever enters it; else somebody has to say later that it is valid
    std::optional<std::string> document{};  ///< stored here, where it is
  };
  std::string representative;          ///< a person of the same organisation
  std::string basis;                   ///< "parental-authority", "judgment", "public-guardianship", "power"
  std::string holds{};                 ///< "sole" or "joint"; of parental authority, and of nothing else
  std::vector<std::string> scope{};    ///< purposes; none: everything
  std::optional<std::string> from{};   ///< RFC 3339; none: now
  std::optional<std::string> until{};  ///< none: no end is known
  Evidence evidence{};
};

/// Body: {"representation":{id,state,logIndex}}, state "valida" or "pendent-validacio". Errors: not_found
/// "person.unknown", "representative.unknown", "document.unknown"; invalid_argument "representation.self",
/// "representation.bad-basis", "representation.bad-holds", "representation.bad-scope", "representation.bad-period",
/// "representation.bad-evidence"; conflict "representation.of-age" (parental authority of somebody who is 18),
/// "representation.there" (the same one is valid or waits), "representation.holds" (sole beside another holder),
/// "representation.too-many".
base::Result<Reply> record_representation(Service& service, const Caller& caller, std::string_view person,
                                          const NewRepresentation& wanted, const Idempotency& idempotency);

/// Who decides for the person, and which holders object; that it was looked at is an event of the person. Body:
/// {"person":{id,name,age,birthDate,birthDateSeen},"representations":[{id,representativeId,representativeName,basis,
/// holds,scope,from,until,evidence{kind,reference,seenAt,documentId},state,excluded}],"objections":[{id,
/// representationId,scope,from,until,evidence{channel,receivedAt,reason,documentId},state}]}. Error: not_found
/// "person.unknown".
base::Result<base::Json> list_representations(Service& service, const Caller& caller, std::string_view person);

struct RepresentationChange {
  std::string state;   ///< "valida", "denegada", "renunciada", "revocada", "anulada"
  std::string reason;  ///< up to 1000 octets; enters the log as a salted digest only
};
/// A pending one becomes valid or denied; a valid one is renounced or revoked, and what was decided through it stays
/// decided; any of them is annulled when there never was a power: then nothing that was granted through it counts.
/// Body:
/// {"representation":{id,state,logIndex}}. Errors: not_found "representation.unknown"; invalid_argument
/// "representation.bad-state", "representation.bad-reason"; conflict "representation.transition".
base::Result<Reply> change_representation(Service& service, const Caller& caller, std::string_view representation,
                                          const RepresentationChange& change, const Idempotency& idempotency);

struct NewHolderObjection {
  std::string purpose{};  ///< an empty part means every one
  std::string category{};
  std::string recipient{};
  std::string channel;                    ///< "email", "letter", "counter", "phone"
  std::string received_at;                ///< RFC 3339: it counts from then on
  std::optional<std::string> document{};  ///< the letter, where it is stored
  std::string reason;                     ///< what was said: up to 1000 octets
};
/// A holder of parental authority does not agree: from now on no representative's grant inside that scope counts. Opens
/// a review. Body: {"objection":{id,state,logIndex,blocks[{purpose,category,recipient}]}}; `blocks` is what was granted
/// until now and stops. Errors: not_found "representation.unknown", "document.unknown"; conflict
/// "objection.not-a-holder" (no valid parental authority), "objection.too-many"; invalid_argument "consent.bad-code",
/// "objection.bad-channel", "objection.bad-time", "objection.bad-reason".
base::Result<Reply> record_objection(Service& service, const Caller& caller, std::string_view representation,
                                     const NewHolderObjection& wanted, const Idempotency& idempotency);

struct HolderObjectionEnd {
  std::string by;                         ///< "holder" or "judgment"
  std::string reason;                     ///< up to 1000 octets
  std::optional<std::string> document{};  ///< the judgment or the letter, where it is stored
};
/// Body: {"objection":{id,state,logIndex}}. Errors: not_found "objection.unknown", "document.unknown"; invalid_argument
/// "objection.bad-end", "objection.bad-reason"; conflict "objection.over".
base::Result<Reply> end_objection(Service& service, const Caller& caller, std::string_view objection,
                                  const HolderObjectionEnd& end, const Idempotency& idempotency);

}  // namespace segell::app
