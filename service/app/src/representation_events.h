#pragma once

#include "events.h"
#include "storage/representations.h"
#include "storage/reviews.h"

// Events about who decides for a person (events.cddl, kinds 161 to 169). Dates of birth, evidence and reasons are in
// none of them: words as salted digests alone.

namespace segell::app {

struct RepresentationRecorded {
  base::PersonId person;
  storage::RepresentationId representation;
  base::PersonId representative;
  std::string basis;
  std::string state;
};
struct RepresentationChanged {
  base::PersonId person;
  storage::RepresentationId representation;
  std::string state;
  base::Sha256 reason{};  ///< SHA-256(salt ‖ canonical JSON of {"type":"reason","value":…})
};
struct HolderObjected {
  base::PersonId person;
  std::optional<base::DocumentId> document;  ///< in which it was said
  storage::RepresentationId representation;  ///< of whoever objects
  storage::ObjectionId objection;
  consent::Scope scope;
  std::string channel;
  base::Sha256 reason{};
};
struct ObjectionEnded {
  base::PersonId person;
  std::optional<base::DocumentId> document;
  storage::ObjectionId objection;
  std::string by;  ///< "holder" or "judgment"
  base::Sha256 reason{};
};
/// With a person, or later; `reason` where it was corrected.
struct BirthDateRecorded {
  base::PersonId person;
  std::string seen;  ///< what it was read from
  std::optional<base::Sha256> reason{};
};
/// Without an actor where the service found it by itself.
struct CapacityReviewDue {
  base::PersonId person;
  storage::ReviewId review;
  std::string kind;
  std::optional<storage::ObjectionId> objection{};
};
struct ReviewAnswered {
  base::PersonId person;
  storage::ReviewId review;
  base::Sha256 words{};
};
/// Somebody looked at who decides for the person.
struct RepresentationsListed {
  base::PersonId person;
};
/// Somebody looked at a list on which the person stands.
struct ReviewsListed {
  base::PersonId person;
};

base::Bytes encode(const EventHead& head, const RepresentationRecorded& event);
base::Bytes encode(const EventHead& head, const RepresentationChanged& event);
base::Bytes encode(const EventHead& head, const HolderObjected& event);
base::Bytes encode(const EventHead& head, const ObjectionEnded& event);
base::Bytes encode(const EventHead& head, const BirthDateRecorded& event);
base::Bytes encode(const EventHead& head, const CapacityReviewDue& event);
base::Bytes encode(const EventHead& head, const ReviewAnswered& event);
base::Bytes encode(const EventHead& head, const RepresentationsListed& event);
base::Bytes encode(const EventHead& head, const ReviewsListed& event);

}  // namespace segell::app
