#include "seal_events.h"

#include "event_builder.h"

namespace segell::app {

base::Bytes encode(const EventHead& head, const SealAdded& event) {
  using namespace event_parts;
  return Builder(EventKind::seal_added, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .revision(event.revision)
      .put(15, Cbor(static_cast<std::int64_t>(event.time_state)))
      .put(180, digest(event.certificate))
      .finish();
}

}  // namespace segell::app
