#include "protection_events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

/// What the three about one protection say alike.
template <class Event>
event_parts::Builder about_protection(EventKind kind, const EventHead& head, const Event& event) {
  using namespace event_parts;
  Builder builder(kind, head);
  builder.role().put(4, id(event.person)).put(141, id(event.protection)).put(143, digest(event.reason));
  return builder;
}

}  // namespace

base::Bytes encode(const EventHead& head, const ProtectionSet& event) {
  using namespace event_parts;
  return about_protection(EventKind::protection_set, head, event)
      .put_if(5, event.document, id<base::DocumentTag>)
      .put(142, word(event.kind))
      .finish();
}

base::Bytes encode(const EventHead& head, const ProtectionRemovalAsked& event) {
  return about_protection(EventKind::protection_removal_asked, head, event).finish();
}

base::Bytes encode(const EventHead& head, const ProtectionRemoved& event) {
  return about_protection(EventKind::protection_removed, head, event).finish();
}

base::Bytes encode(const EventHead& head, const ProtectionsListed& event) {
  using namespace event_parts;
  return Builder(EventKind::protections_listed, head).role().put(4, id(event.person)).finish();
}

base::Bytes encode(const EventHead& head, const AccessRefused& event) {
  using namespace event_parts;
  return Builder(EventKind::access_refused, head)
      .role()
      .put(4, id(event.person))
      .put_if(5, event.document, id<base::DocumentTag>)
      .finish();
}

}  // namespace segell::app
