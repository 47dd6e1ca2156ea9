#pragma once

#include "consent/decide.h"
#include "events.h"
#include "storage/transaction.h"

#include <optional>
#include <string>

namespace segell::app {

/// A decision that is about to be recorded, checked already, with what is kept beside it.
struct NewFact {
  base::PersonId person;
  consent::DecisionFact fact;
  consent::NoticeReference notice{};  ///< an empty key: none
  std::string channel;
  std::optional<base::DocumentId> document{};
  std::optional<RequestId> request{};
  /// When it was told by voice, and who heard it: `fact.at` says the same instant, the event's head when it was
  /// recorded.
  std::optional<base::Instant> told{};
  std::string heard_by{};
  std::optional<storage::RepresentationId> representation{};  ///< through which somebody decided for the person
};

struct RecordedFact {
  consent::ItemState after = consent::ItemState::offered;
  std::uint64_t log_index = 0;
};

/// The basis that a decision speaks of where nobody says another: consent, or art. 28 for what is objected to.
base::Result<consent::LegalBasis> usual_basis(consent::DecisionKind kind);

/// The state of exactly this item after all that the person decided about it.
base::Result<consent::ItemState> item_state(const storage::View& view, const base::PersonId& person,
                                            const consent::Scope& scope);

/// One more fact and its event. Error: conflict "consent.transition".
base::Result<RecordedFact> record_fact(storage::Transaction& transaction, const EventHead& head, const NewFact& what);

}  // namespace segell::app
