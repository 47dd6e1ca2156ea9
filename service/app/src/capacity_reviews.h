#pragma once

#include "events.h"
#include "review_words.h"
#include "state.h"
#include "storage/representations.h"
#include "storage/reviews.h"
#include "storage/transaction.h"

// The service looks by itself, once a day, for whom the law now lets decide themselves (domain J3:
// capacity_review_due).

namespace segell::app {

/// Ids made outside of the transaction, which may run more than once.
struct CapacityReviewDraft {
  storage::ReviewId turned_14 = storage::ReviewId::make();
  storage::ReviewId turned_18 = storage::ReviewId::make();
};

/// Raises what is due for that person at the head's time and was not raised before for the same birthday: turned-14
/// where grants that representatives gave before it still run, turned-18 where somebody represented them until then.
/// How many.
base::Result<std::size_t> raise_age_reviews(storage::Transaction& transaction, const EventHead& head,
                                            const base::PersonId& person, const CapacityReviewDraft& draft);

/// An open review of an age that the person does not have, by the date that is recorded now, waits for nobody any more.
base::Result<void> end_outdated_reviews(storage::Transaction& transaction, const base::PersonId& person,
                                        const EventHead& head);

/// A holder objected: somebody has to look at what goes on meanwhile.
base::Result<void> raise_objection_review(storage::Transaction& transaction, const EventHead& head,
                                          const base::PersonId& person, const storage::ReviewId& id,
                                          const storage::ObjectionId& objection);

/// Part of the background round: goes through the represented people of every tenant at the start, and then once a day
/// after midnight. How many reviews it raised.
std::size_t raise_capacity_reviews(Service::State& state);

}  // namespace segell::app
