#pragma once

#include "app/caller.h"
#include "app/corrections.h"
#include "app/documents.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>

// What a person sees and does about their own data: a citizen's own matters, or those of the person whom a
// representative stands for. To everybody else nothing of this exists: not_found "http.not-found". Lists are cut in
// pages, newest first, without totals.

namespace segell::app {

/// The papers that the person was asked to decide about. Body: {"documents":[{id,name,title,language,state,askedAt,
/// sealedAt,time}],"next"}. `title` is null for a representative while a protection of the person is in force. Error:
/// invalid_argument "page.bad-cursor".
base::Result<base::Json> list_my_documents(Service& service, const Caller& caller, const Page& page);

/// The verdict on the newest bytes of one of them, as verify() says it (`segell.verdict/1`). Errors: not_found
/// "document.unknown", also for documents of others; unavailable "verify.busy".
base::Result<std::string> check_my_document(Service& service, const Caller& caller, std::string_view document);

/// What the person decided, by purpose and recipient; for each item what stands now, as an evaluation at this moment
/// would find it, what can be undone, and every decision about it. Names are {ca,es,en}, or null for a code
/// that has none. Of a use that ended, `recipientNotice` {state,at} says since when its recipient is to be told
/// ("open"), or when somebody said so ("answered"). A decision that somebody took for the person has `representative`
/// {name,basis}; the name for the person alone. Body:
/// {"groups":[{purpose,purposeNames,recipient,recipientNames,items[]}],"next"}. Error: invalid_argument
/// "page.bad-cursor".
base::Result<base::Json> list_my_decisions(Service& service, const Caller& caller, const Page& page);

/// Who decides about the person's data today: how old they are ("under-14", "14-17", "adult", "unknown"), and, for
/// themselves alone, who may act for them. Body: {"age","representatives":[{name,basis}]}.
base::Result<base::Json> list_my_representatives(Service& service, const Caller& caller);

/// Who saw or used the person's data: by role and organisation, never by a professional's name; when and why. Body:
/// {"accesses":[{at,what,by,why,document,question,logIndex}],"next"}. A page may be short while more follow. Error:
/// invalid_argument "page.bad-cursor".
base::Result<base::Json> list_my_accesses(Service& service, const Caller& caller, const Page& page);

/// Ends what was decided about the item of that decision, from now on. Body: {"decision":{id,state,logIndex}}; when it
/// has ended already, that of the decision that ended it, and nothing is recorded. Errors: not_found
/// "decision.unknown", also for decisions of others; conflict "decision.not-consent" for what rests on no consent.
base::Result<Reply> withdraw_my_consent(Service& service, const Caller& caller, std::string_view decision,
                                        const Idempotency& idempotency);
/// The same for a use that the person may object to (art. 28 Ley 39/2015, art. 21 GDPR). Errors: not_found
/// "decision.unknown"; conflict "decision.not-opposable" for what a law leaves no objection to.
base::Result<Reply> object_to_my_use(Service& service, const Caller& caller, std::string_view decision,
                                     const Idempotency& idempotency);

/// What that decision said, as a PDF of one page in plain words: who, what, when, for whom and on what ground; sealed
/// by the organisation. Under a protection it names nobody and nothing and is not sealed, because a seal names the
/// organisation. Made anew each time; an event before it leaves. `language`: ca, es or en. Errors: not_found
/// "decision.unknown", also for decisions of others; invalid_argument "receipt.bad-language"; those of sealing.
base::Result<Content> read_my_receipt(Service& service, const Caller& caller, std::string_view decision,
                                      std::string_view language);

/// Asks that something be put right; see corrections.h.
base::Result<Reply> ask_my_correction(Service& service, const Caller& caller, const NewCorrection& wanted,
                                      const Idempotency& idempotency);
/// Body: {"corrections":[{id,state,askedAt,dueAt,channel,document,text,answer}],"next"}.
base::Result<base::Json> list_my_corrections(Service& service, const Caller& caller, const Page& page);

}  // namespace segell::app
