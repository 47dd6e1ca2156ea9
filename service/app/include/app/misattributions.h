#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>

// Somebody else signed than the person who was asked (domain: misattribution). A professional says so, a second person
// confirms or rejects it. Confirming is an act of its own: the signature is void from then on, its decisions are
// entered in error, the custody envelope is erased, and an incident begins with the time limit of GDPR article 33. No
// octet of the document and no entry of the log changes, and nothing compares strokes.

namespace segell::app {

struct NewMisattribution {
  std::string seen;                     ///< what was seen, in words: up to 2000 octets
  std::optional<std::string> signer{};  ///< who is thought to have signed, a person; none: not known
};
/// Says that the signature on that request is of somebody else. Nothing changes yet. Body:
/// {"misattribution":{id,state,logIndex}}. Errors: not_found "http.not-found" for a token (somebody must answer for it
/// by name), "request.unknown", "person.unknown"; invalid_argument "misattribution.bad-words",
/// "misattribution.same-person"; conflict "misattribution.not-signed", "misattribution.raised" (one waits already).
base::Result<Reply> raise_misattribution(Service& service, const Caller& caller, std::string_view request,
                                         const NewMisattribution& wanted, const Idempotency& idempotency);

/// Those that the caller follows, newest first: of the persons whom a professional or referent works with, of the whole
/// tenant for managers and the data protection officer. Nobody's name or words are in it. Body:
/// {"misattributions":[{id,state,personId,raisedAt,own,incident}],"next"}; `incident` is null or {state,dueAt}, `own`
/// whether the caller raised it. Error: not_found "http.not-found" for everybody else.
base::Result<base::Json> list_misattributions(Service& service, const Caller& caller, const Page& page);

/// One with its words, what was done on the signature until it was void, and whom to tell; that it was read is an event
/// of the person who was asked, and of nobody else. Error: not_found "misattribution.unknown".
base::Result<base::Json> read_misattribution(Service& service, const Caller& caller, std::string_view misattribution);

struct MisattributionDecision {
  std::string answer;  ///< "confirmed" or "rejected"
  std::string reason;  ///< up to 1000 octets; enters the log as a salted digest only
};
/// A second person's word: a referent who works with the person, or a manager. Confirming voids the signature, enters
/// its decisions in error, revokes the slips that were handed out, erases the custody envelope and opens the incident,
/// in one commit. Body: {"misattribution":{id,state,logIndex}}. Errors: not_found "misattribution.unknown";
/// invalid_argument "misattribution.bad-answer", "misattribution.bad-reason"; conflict "misattribution.second-person"
/// (whoever raised it), "misattribution.own-matter" (whose own login is of one of the two), "misattribution.over".
base::Result<Reply> decide_misattribution(Service& service, const Caller& caller, std::string_view misattribution,
                                          const MisattributionDecision& decision, const Idempotency& idempotency);

/// One of the recipients was told that what they got rests on a void signature. Body:
/// {"misattribution":{id,state,logIndex}}. Errors: not_found "misattribution.unknown", "misattribution.no-recipient";
/// conflict "misattribution.told".
base::Result<Reply> tell_recipient(Service& service, const Caller& caller, std::string_view misattribution,
                                   std::string_view recipient, const Idempotency& idempotency);

struct IncidentEnd {
  std::string answer;  ///< "reported" to the supervisory authority, or "not-needed" (GDPR article 33.1)
  std::string reason;  ///< the authority's reference, or why it need not be told: up to 1000 octets
};
/// The data protection officer's answer to the incident; late ones are taken too. Body:
/// {"misattribution":{id,state,logIndex}}. Errors: not_found "http.not-found" for everybody else,
/// "misattribution.unknown"; invalid_argument "incident.bad-answer", "misattribution.bad-reason"; conflict
/// "incident.none", "incident.over".
base::Result<Reply> end_incident(Service& service, const Caller& caller, std::string_view misattribution,
                                 const IncidentEnd& end, const Idempotency& idempotency);

}  // namespace segell::app
