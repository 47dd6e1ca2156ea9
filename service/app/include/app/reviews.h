#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <cstdint>
#include <string>
#include <string_view>

// What has to be looked at again: because who decides for a person changed (they turned 14 or 18, or a holder of
// parental authority does not agree), or because a "no" ended a use and its recipients are to be told. It waits until
// somebody says what was done.

namespace segell::app {

/// Those that wait, of the persons whom the caller works with, newest first; that a person stands on it is an event of
/// theirs. Body: {"reviews":[{id,kind,personId,personName,since,state,uses,logIndex}],"next"}; kind "turned-14",
/// "turned-18", "objection" or "recipient-notice". Of the last, `uses` says what ended:
/// [{purpose,purposeNames,category, categoryNames,recipient,recipientNames}]; null of the others. `logIndex`: the entry
/// that brought it in or added to it.
base::Result<base::Json> list_reviews(Service& service, const Caller& caller, const Page& page);

struct ReviewAnswer {
  std::string text;        ///< what was done: who was told, and how; up to 2000 octets
  std::uint64_t seen = 0;  ///< the review's logIndex as it was read
};
/// Body: {"review":{id,state,logIndex}}. Errors: not_found "review.unknown"; invalid_argument "review.bad-text";
/// conflict "review.over", "review.changed" (more was to be told since it was read).
base::Result<Reply> answer_review(Service& service, const Caller& caller, std::string_view review,
                                  const ReviewAnswer& given, const Idempotency& idempotency);

}  // namespace segell::app
