#include "correction_events.h"

#include "event_builder.h"

namespace segell::app {

base::Bytes encode(const EventHead& head, const CorrectionAsked& event) {
  using namespace event_parts;
  return Builder(EventKind::correction_asked, head)
      .put(4, id(event.person))
      .put_if(5, event.document, id<base::DocumentTag>)
      .put(37, word(event.channel))
      .put(70, id(event.correction))
      .finish();
}

base::Bytes encode(const EventHead& head, const CorrectionOpened& event) {
  using namespace event_parts;
  return Builder(EventKind::correction_opened, head)
      .role()
      .put(4, id(event.person))
      .put(70, id(event.correction))
      .finish();
}

base::Bytes encode(const EventHead& head, const CorrectionAnswered& event) {
  using namespace event_parts;
  return Builder(EventKind::correction_answered, head)
      .role()
      .put(4, id(event.person))
      .put(32, word(event.answer))
      .put(70, id(event.correction))
      .finish();
}

}  // namespace segell::app
