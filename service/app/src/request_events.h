#pragma once

#include "events.h"

// Events about signature requests as those see and change them who ask (events.cddl, kinds 80 to 84, 120).

namespace segell::app {

/// Its link opens nothing any more.
struct RequestCancelled {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
};
/// A new link took the place of the one before.
struct LinkRenewed {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  base::Instant expires{};
};
/// Whoever was to sign before has signed.
struct TurnReached {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
};
/// The person's name and the titles of their papers stood in somebody's list of requests.
struct RequestsListed {
  base::PersonId person;
};
/// The person's name was an answer to a search.
struct PersonFound {
  base::PersonId person;
};
/// What was noted down while the person read was shown to somebody.
struct NotesOpened {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
};

base::Bytes encode(const EventHead& head, const RequestCancelled& event);
base::Bytes encode(const EventHead& head, const LinkRenewed& event);
base::Bytes encode(const EventHead& head, const TurnReached& event);
base::Bytes encode(const EventHead& head, const RequestsListed& event);
base::Bytes encode(const EventHead& head, const PersonFound& event);
base::Bytes encode(const EventHead& head, const NotesOpened& event);

}  // namespace segell::app
