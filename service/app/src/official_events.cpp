#include "official_events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

using event_parts::Builder;

}  // namespace

base::Bytes encode(const EventHead& head, const OfficialRegistered& event) {
  return Builder(EventKind::official_registered, head)
      .put(24, event_parts::moment(event.until))
      .put(50, event_parts::id(event.account))
      .put(121, event_parts::id(event.official))
      .put(122, event_parts::moment(event.since))
      .put_if(123, event.certificate, event_parts::digest)
      .finish();
}

base::Bytes encode(const EventHead& head, const OfficialWithdrawn& event) {
  return Builder(EventKind::official_withdrawn, head)
      .put(50, event_parts::id(event.account))
      .put(121, event_parts::id(event.official))
      .finish();
}

base::Bytes encode(const EventHead& head, const OnBehalfConsented& event) {
  return Builder(EventKind::on_behalf_consented, head)
      .put(4, event_parts::id(event.person))
      .put(5, event_parts::id(event.document))
      .put(6, event_parts::id(event.request))
      .put(13, event_parts::word(event.meaning))
      .put(124, event_parts::digest(event.shown))
      .finish();
}

}  // namespace segell::app
