#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>

// What has to be looked at again because who decides for a person changed: they turned 14 or 18, or a holder of
// parental authority does not agree. It waits until somebody says what was done.

namespace segell::app {

/// Those that wait, of the persons whom the caller works with, newest first; that a person stands on it is an event of
/// theirs. Body: {"reviews":[{id,kind,personId,personName,since,state}],"next"}; kind "turned-14", "turned-18" or
/// "objection".
base::Result<base::Json> list_reviews(Service& service, const Caller& caller, const Page& page);

/// `text`: what was done, in up to 2000 octets. Body: {"review":{id,state,logIndex}}. Errors: not_found
/// "review.unknown"; invalid_argument "review.bad-text"; conflict "review.over".
base::Result<Reply> answer_review(Service& service, const Caller& caller, std::string_view review,
                                  const std::string& text, const Idempotency& idempotency);

}  // namespace segell::app
