#pragma once

#include "events.h"
#include "storage/reviews.h"

#include <set>
#include <string>

// Events about telling recipients what they may use no more (events.cddl, kind 170).

namespace segell::app {

/// Uses of the person's data ended, and their recipients are to be told: with a new review, or one that waits already.
struct RecipientNoticeDue {
  base::PersonId person;
  storage::ReviewId review;
  std::set<std::string> recipients;  ///< codes, never none
};

base::Bytes encode(const EventHead& head, const RecipientNoticeDue& event);

}  // namespace segell::app
