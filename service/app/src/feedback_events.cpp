#include "feedback_events.h"

#include "event_builder.h"

namespace segell::app {

base::Bytes encode(const EventHead& head, const FeedbackReceived& event) {
  using namespace event_parts;
  return Builder(EventKind::feedback_received, head).put(144, id(event.feedback)).finish();
}

base::Bytes encode(const EventHead& head, const FeedbackOpened& event) {
  using namespace event_parts;
  return Builder(EventKind::feedback_opened, head).role().put(144, id(event.feedback)).finish();
}

base::Bytes encode(const EventHead& head, const FeedbackAnswered& event) {
  using namespace event_parts;
  return Builder(EventKind::feedback_answered, head).role().put(144, id(event.feedback)).finish();
}

}  // namespace segell::app
