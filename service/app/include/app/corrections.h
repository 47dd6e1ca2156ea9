#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>

// Putting right what is kept about a person (GDPR articles 16 and 12.3): the person asks on their own page, or at the
// counter, by telephone or by letter; a professional who works with them or the data protection officer answers within
// a month. What was signed stays as it is: a correction stands beside it.

namespace segell::app {

struct NewCorrection {
  std::optional<std::string> document;  ///< the paper that it is about
  std::string text;                     ///< what is wrong and what would be right, in the person's words
  std::string channel;                  ///< "phone", "counter" or "letter"; on the person's own page "web"
};
/// Records it for a person who asks without a login. Body: {"correction":{id,state,dueAt,logIndex}}. Errors: not_found
/// "person.unknown", "document.unknown"; invalid_argument "correction.bad-text", "correction.bad-channel".
base::Result<Reply> ask_correction(Service& service, const Caller& caller, std::string_view person,
                                   const NewCorrection& wanted, const Idempotency& idempotency);

/// Those of the persons whom the caller reaches; all of the tenant for the data protection officer. Nobody's words are
/// in it. Body: {"corrections":[{id,personId,state,askedAt,dueAt}],"next"}.
base::Result<base::Json> list_corrections(Service& service, const Caller& caller, const Page& page);

/// One with its words; that it was read is an event which the person sees. Body: {"correction":{id,personId,personName,
/// state,askedAt,dueAt,channel,documentId,text,answer}}. Error: not_found "correction.unknown".
base::Result<base::Json> read_correction(Service& service, const Caller& caller, std::string_view correction);

struct CorrectionAnswer {
  std::string answer;  ///< "accepted" or "refused"
  std::string text;    ///< what was done, or why not; the person reads it
};
/// Body: {"correction":{id,state,logIndex}}. Errors: not_found "correction.unknown"; conflict "correction.answered";
/// invalid_argument "correction.bad-answer", "correction.bad-text".
base::Result<Reply> answer_correction(Service& service, const Caller& caller, std::string_view correction,
                                      const CorrectionAnswer& answer, const Idempotency& idempotency);

}  // namespace segell::app
