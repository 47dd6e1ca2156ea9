#pragma once

#include "events.h"
#include "storage/corrections.h"

// Events about putting right what is kept about a person (events.cddl, kinds 50 to 52).

namespace segell::app {

struct CorrectionAsked {
  base::PersonId person;
  std::optional<base::DocumentId> document;
  storage::CorrectionId correction;
  std::string channel;
};
/// Its words were read by whoever answers.
struct CorrectionOpened {
  base::PersonId person;
  storage::CorrectionId correction;
};
struct CorrectionAnswered {
  base::PersonId person;
  storage::CorrectionId correction;
  std::string answer;  ///< "accepted", "refused"
};

base::Bytes encode(const EventHead& head, const CorrectionAsked& event);
base::Bytes encode(const EventHead& head, const CorrectionOpened& event);
base::Bytes encode(const EventHead& head, const CorrectionAnswered& event);

}  // namespace segell::app
