#include "representation_events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

/// What all of them begin with.
template <class Event>
event_parts::Builder about_representation(EventKind kind, const EventHead& head, const Event& event) {
  event_parts::Builder builder(kind, head);
  builder.role().put(4, event_parts::id(event.person));
  return builder;
}

}  // namespace

base::Bytes encode(const EventHead& head, const RepresentationRecorded& event) {
  using namespace event_parts;
  return about_representation(EventKind::representation_recorded, head, event)
      .put(160, id(event.representation))
      .put(161, id(event.representative))
      .put(162, word(event.basis))
      .put(163, word(event.state))
      .finish();
}

base::Bytes encode(const EventHead& head, const RepresentationChanged& event) {
  using namespace event_parts;
  return about_representation(EventKind::representation_changed, head, event)
      .put(160, id(event.representation))
      .put(163, word(event.state))
      .put(164, digest(event.reason))
      .finish();
}

base::Bytes encode(const EventHead& head, const HolderObjected& event) {
  using namespace event_parts;
  return about_representation(EventKind::holder_objected, head, event)
      .put_if(5, event.document, id<base::DocumentTag>)
      .scope(event.scope)
      .put(37, word(event.channel))
      .put(160, id(event.representation))
      .put(164, digest(event.reason))
      .put(165, id(event.objection))
      .finish();
}

base::Bytes encode(const EventHead& head, const ObjectionEnded& event) {
  using namespace event_parts;
  return about_representation(EventKind::objection_ended, head, event)
      .put_if(5, event.document, id<base::DocumentTag>)
      .put(164, digest(event.reason))
      .put(165, id(event.objection))
      .put(168, word(event.by))
      .finish();
}

base::Bytes encode(const EventHead& head, const BirthDateRecorded& event) {
  using namespace event_parts;
  return about_representation(EventKind::birth_date_recorded, head, event)
      .put_if(164, event.reason, digest)
      .put(169, word(event.seen))
      .finish();
}

base::Bytes encode(const EventHead& head, const CapacityReviewDue& event) {
  using namespace event_parts;
  return about_representation(EventKind::capacity_review_due, head, event)
      .put_if(165, event.objection, [](const storage::ObjectionId& objection) { return id(objection); })
      .put(166, id(event.review))
      .put(167, word(event.kind))
      .finish();
}

base::Bytes encode(const EventHead& head, const ReviewAnswered& event) {
  using namespace event_parts;
  return about_representation(EventKind::review_answered, head, event)
      .put(164, digest(event.words))
      .put(166, id(event.review))
      .finish();
}

base::Bytes encode(const EventHead& head, const RepresentationsListed& event) {
  return about_representation(EventKind::representations_listed, head, event).finish();
}

base::Bytes encode(const EventHead& head, const ReviewsListed& event) {
  return about_representation(EventKind::reviews_listed, head, event).finish();
}

}  // namespace segell::app
