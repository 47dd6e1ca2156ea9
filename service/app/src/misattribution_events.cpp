#include "misattribution_events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

/// What all of them say alike.
template <class Event>
event_parts::Builder about_misattribution(EventKind kind, const EventHead& head, const Event& event) {
  using namespace event_parts;
  Builder builder(kind, head);
  builder.role().put(4, id(event.person)).put(150, id(event.misattribution));
  return builder;
}

}  // namespace

base::Bytes encode(const EventHead& head, const MisattributionRaised& event) {
  using namespace event_parts;
  return about_misattribution(EventKind::misattribution_raised, head, event)
      .put(5, id(event.document))
      .put(6, id(event.request))
      .put(151, digest(event.words))
      .finish();
}

base::Bytes encode(const EventHead& head, const MisattributionRejected& event) {
  return about_misattribution(EventKind::misattribution_rejected, head, event)
      .put(151, event_parts::digest(event.reason))
      .finish();
}

base::Bytes encode(const EventHead& head, const SignatureRepudiated& event) {
  using namespace event_parts;
  return about_misattribution(EventKind::signature_repudiated, head, event)
      .put(5, id(event.document))
      .put(6, id(event.request))
      .put(8, number(event.revision))
      .put(10, digest(event.sha256))
      .put(14, digest(event.manifest))
      .put(151, digest(event.reason))
      .finish();
}

base::Bytes encode(const EventHead& head, const EnvelopeErased& event) {
  using namespace event_parts;
  return about_misattribution(EventKind::envelope_erased, head, event)
      .put(5, id(event.document))
      .put(8, number(event.revision))
      .put(38, digest(event.envelope))
      .finish();
}

base::Bytes encode(const EventHead& head, const IncidentOpened& event) {
  using namespace event_parts;
  return about_misattribution(EventKind::incident_opened, head, event)
      .put(5, id(event.document))
      .put(152, moment(event.shown))
      .put(153, moment(event.due))
      .finish();
}

base::Bytes encode(const EventHead& head, const IncidentEnded& event) {
  using namespace event_parts;
  return about_misattribution(EventKind::incident_ended, head, event)
      .put(32, word(event.answer))
      .put(151, digest(event.reason))
      .finish();
}

base::Bytes encode(const EventHead& head, const MisattributionOpened& event) {
  return about_misattribution(EventKind::misattribution_opened, head, event).finish();
}

base::Bytes encode(const EventHead& head, const RecipientTold& event) {
  return about_misattribution(EventKind::recipient_told, head, event)
      .put(19, event_parts::word(event.recipient))
      .finish();
}

base::Bytes encode(const EventHead& head, const VoidRecordMade& event) {
  using namespace event_parts;
  return Builder(EventKind::void_record_made, head)
      .role()
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .put(155, digest(event.sha256))
      .finish();
}

}  // namespace segell::app
