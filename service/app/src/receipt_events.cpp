#include "receipt_events.h"

#include "event_builder.h"

namespace segell::app {

base::Bytes encode(const EventHead& head, const ReceiptMade& event) {
  using namespace event_parts;
  return Builder(EventKind::receipt_made, head)
      .role()
      .put(4, id(event.person))
      .put(7, id(event.decision))
      .put(140, digest(event.sha256))
      .finish();
}

}  // namespace segell::app
