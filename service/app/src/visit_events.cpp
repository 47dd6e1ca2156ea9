#include "visit_events.h"

#include "consent_facts.h"
#include "event_builder.h"

namespace segell::app {

namespace {

using event_parts::Builder;
using event_parts::digest;
using event_parts::id;
using event_parts::moment;
using event_parts::number;
using event_parts::word;

Builder carried_event(EventKind kind, const EventHead& head, const CarriedRequest& carried) {
  Builder builder(kind, head);
  builder.put(4, id(carried.person))
      .put(5, id(carried.document))
      .put(6, id(carried.request))
      .put(80, id(carried.device))
      .put(82, id(carried.visit));
  return builder;
}

}  // namespace

ActorId device_actor(const storage::DeviceId& device) { return same_bits<ActorId>(device); }

base::Bytes encode(const EventHead& head, const DeviceEnrolled& event) {
  return Builder(EventKind::device_enrolled, head).put(80, id(event.device)).put(81, digest(event.key)).finish();
}

base::Bytes encode(const EventHead& head, const DeviceRevoked& event) {
  return Builder(EventKind::device_revoked, head).put(27, word(event.reason)).put(80, id(event.device)).finish();
}

base::Bytes encode(const EventHead& head, const VisitPrepared& event) {
  return carried_event(EventKind::visit_prepared, head, event.carried).put(24, moment(event.expires)).finish();
}

base::Bytes encode(const EventHead& head, const VisitWithdrawn& event) {
  return carried_event(EventKind::visit_withdrawn, head, event.carried).finish();
}

base::Bytes encode(const EventHead& head, const PackageIssued& event) {
  return carried_event(EventKind::package_issued, head, event.carried)
      .role()
      .put(24, moment(event.expires))
      .put(83, digest(event.nonce))
      .finish();
}

base::Bytes encode(const EventHead& head, const ActReceived& event) {
  return carried_event(EventKind::act_received, head, event.carried)
      .put(32, word(event.answer))
      .put(83, digest(event.nonce))
      .put(84, number(event.counter))
      .put(85, digest(event.captured))
      .finish();
}

base::Bytes encode(const EventHead& head, const ActSetAside& event) {
  return Builder(EventKind::act_set_aside, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(6, id(event.request))
      .put(27, word(event.reason))
      .put(80, id(event.device))
      .put(82, id(event.visit))
      .put(83, digest(event.nonce))
      .finish();
}

base::Bytes encode(const EventHead& head, const ActRefused& event) {
  return Builder(EventKind::act_refused, head)
      .put(27, word(event.reason))
      .put(80, id(event.device))
      .put(82, id(event.visit))
      .finish();
}

}  // namespace segell::app
