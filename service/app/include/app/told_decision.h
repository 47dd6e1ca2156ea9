#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>

namespace segell::app {

/// A "no" that a person said to a professional, whose program records it.
struct ToldDecision {
  std::string kind;  ///< "withdraw" or "object"
  std::string purpose;
  std::string category;
  std::string recipient;
  std::string heard_by;  ///< the professional's name; kept beside the decision, in no event
  std::string heard_at;  ///< RFC 3339, within the last 31 days: it counts from then
  std::string channel;   ///< "phone", "counter" or "home"
  std::string language;  ///< of the receipt: "ca", "es" or "en"
  /// What it is about, as the receipt says it; by default as the newest paper that asked for it does.
  std::optional<std::string> text;
};
/// Records it and makes the slip that tells of it. Body: {"decision":{id,state,logIndex},"slip":{id,code,link,
/// expiresAt}}. Errors: not_found "person.unknown"; invalid_argument "told.…", "consent.…".
base::Result<Reply> record_told_decision(Service& service, const Caller& caller, std::string_view person,
                                         const ToldDecision& told, const Idempotency& idempotency);

}  // namespace segell::app
