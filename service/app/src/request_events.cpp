#include "request_events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

using event_parts::Builder;

template <class Event>
Builder about_request(EventKind kind, const EventHead& head, const Event& event) {
  Builder builder(kind, head);
  builder.put(4, event_parts::id(event.person))
      .put(5, event_parts::id(event.document))
      .put(6, event_parts::id(event.request));
  return builder;
}

}  // namespace

base::Bytes encode(const EventHead& head, const RequestCancelled& event) {
  return about_request(EventKind::request_cancelled, head, event).finish();
}

base::Bytes encode(const EventHead& head, const LinkRenewed& event) {
  return about_request(EventKind::link_renewed, head, event).put(24, event_parts::moment(event.expires)).finish();
}

base::Bytes encode(const EventHead& head, const TurnReached& event) {
  return about_request(EventKind::turn_reached, head, event).finish();
}

base::Bytes encode(const EventHead& head, const RequestsListed& event) {
  return Builder(EventKind::requests_listed, head).role().put(4, event_parts::id(event.person)).finish();
}

base::Bytes encode(const EventHead& head, const PersonFound& event) {
  return Builder(EventKind::person_found, head).role().put(4, event_parts::id(event.person)).finish();
}

base::Bytes encode(const EventHead& head, const NotesOpened& event) {
  return about_request(EventKind::notes_opened, head, event).role().finish();
}

}  // namespace segell::app
