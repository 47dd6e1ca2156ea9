#pragma once

#include "app/caller.h"
#include "app/diligence.h"
#include "app/documents.h"
#include "app/notes.h"
#include "app/picture.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <vector>

namespace segell::app {

/// What the tablet shows first: {"request":{…}} of the visit; opening it is an event. While somebody else is to sign
/// first every call of the visit is refused: conflict "visit.not-yet". Until the choices are made,
/// "paper" holds what is to be filled in: {length,sha256,pages,verificationCode,fillIn} (fillIn: `segell.fill-in/1`).
/// Once they were made, "frozen" holds the paper and the choices, so that a link opened again goes on where it was
/// left.
base::Result<base::Json> read_visit(Service& service, const VisitCaller& caller);

struct Choice {
  std::string item;
  std::string choice;  ///< "grant", "refuse", "defer", "informed", "object"
};
/// Puts the choices into the paper that was laid out with the request, gives the document its verification code and
/// freezes it. Every item must be named once. `made` is the SHA-256 (hex) of the document as a page filled it in itself
/// with the recipe: anything but the octets made here is refused. Choosing again what was chosen answers the same;
/// another choice after freezing: conflict "visit.frozen". Body: {"document":{sha256,sha512,length,pages,
/// verificationCode}}. Errors: invalid_argument "visit.choice-missing", "visit.choice-unknown",
/// "visit.choice-not-offered"; stale "visit.other-bytes"; expired "visit.expired"; conflict "visit.over",
/// "visit.decisions-first".
base::Result<Reply> choose(Service& service, const VisitCaller& caller, const std::vector<Choice>& choices,
                           const std::optional<std::string>& made = {});

/// The octets that are to be filled in: the document with its places to choose, nothing chosen. Reading them is an
/// event. Error: conflict "visit.no-paper" once the choices were made, or where the document takes no page.
base::Result<Content> read_paper(Service& service, const VisitCaller& caller);

/// The frozen bytes. Error: conflict "visit.not-frozen" before the choices.
base::Result<Content> read_frozen(Service& service, const VisitCaller& caller);

struct Act {
  std::string shown_sha256;  ///< hex, as the page computed it from the bytes it rendered
  std::string shown_sha512;
  std::uint64_t shown_length = 0;
  std::string method;                      ///< "drawn", "button", "witnesses", "drawn-with-dynamics"
  std::string meaning;                     ///< "agree" …
  std::optional<std::string> reservation;  ///< mandatory for "agree-with-reservation", else refused
  std::optional<PictureInput> picture;     ///< mandatory for the drawn methods, else refused
  std::optional<base::Bytes> envelope;     ///< CMS EnvelopedData, mandatory for drawn-with-dynamics, else refused
  std::optional<base::Json> capture;       ///< coarse capture facts: pointerType, samples …
  std::optional<Diligence> diligence;      ///< mandatory for "witnesses", else refused
  std::optional<Notes> notes;              ///< of the conversation; none were made
};
/// The person's act: one sealed revision, its facts, decisions and events in one transaction. Body: {"sealed":
/// {documentId,verificationCode,length,sha256,time,logIndex}}. Errors: conflict "visit.not-frozen", "visit.over";
/// stale "act.wrong-digest" (what was rendered is not what is stored), "act.stale" (the document moved: show it again);
/// invalid_argument "act.method-not-offered", "act.picture-missing", "act.picture-unexpected", "act.envelope-missing",
/// "act.envelope-unexpected", "act.envelope-malformed", "act.envelope-recipients", "act.meaning-not-offered",
/// "act.reservation-missing", "act.reservation-unexpected", "act.bad-reservation", "act.bad-notes",
/// "act.diligence-missing", "act.diligence-unexpected", those of check_diligence(); unavailable
/// "act.timestamp-required".
base::Result<Reply> perform_act(Service& service, const VisitCaller& caller, const Act& act,
                                const Idempotency& idempotency);

/// The person does not sign now.
struct VisitAnswer {
  std::string answer;          ///< "refused", "deferred"
  std::optional<Notes> notes;  ///< of the conversation; none were made
};
/// Body: {"request":{state}}. Errors: invalid_argument "visit.bad-answer", "act.bad-notes"; conflict "visit.over";
/// expired "visit.expired".
base::Result<Reply> answer_visit(Service& service, const VisitCaller& caller, const VisitAnswer& answer,
                                 const Idempotency& idempotency);

/// What the person takes along, chosen before the tablet goes back.
struct CopyChoice {
  std::string kind;                 ///< "printed", "phone", "post", "none"
  std::optional<std::string> code;  ///< of a slip that was made beforehand; only with printed and phone
};
/// Records the choice; with printed and phone, makes the slip or binds the code. Body:
/// {"copy":{kind,slip?{id,code,link, expiresAt,qr[]}}}. Errors: conflict "slip.not-over", "slip.too-many",
/// "slip.code-taken"; invalid_argument "copy.bad-kind", "copy.code-unexpected".
base::Result<Reply> choose_copy(Service& service, const VisitCaller& caller, const CopyChoice& choice,
                                const Idempotency& idempotency);

}  // namespace segell::app
