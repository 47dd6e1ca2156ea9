#pragma once

#include "events.h"
#include "storage/feedback.h"

// Events about what people say of the pages (events.cddl, kinds 145 to 147): who said it is in none of them.

namespace segell::app {

struct FeedbackReceived {
  storage::FeedbackId feedback;
};
struct FeedbackOpened {
  storage::FeedbackId feedback;
};
struct FeedbackAnswered {
  storage::FeedbackId feedback;
};
base::Bytes encode(const EventHead& head, const FeedbackReceived& event);
base::Bytes encode(const EventHead& head, const FeedbackOpened& event);
base::Bytes encode(const EventHead& head, const FeedbackAnswered& event);

}  // namespace segell::app
