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

base::Bytes encode(const EventHead& head, const ProofExtended& event) {
  using namespace event_parts;
  return Builder(EventKind::proof_extended, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .revision(event.revision)
      .put(181, word(event.level))
      .put(182, moment(event.ends))
      .finish();
}

}  // namespace segell::app
