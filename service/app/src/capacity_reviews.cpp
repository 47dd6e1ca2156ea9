#include "capacity_reviews.h"

#include "consent_facts.h"
#include "json_fields.h"
#include "representation_events.h"
#include "representation_record.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

namespace segell::app {

namespace {

constexpr std::size_t kPersonsAtOnce = 100;

/// A birthday that has come and leaves something to look at.
struct DueReview {
  std::string_view kind;
  base::Instant birthday{};
};

std::int64_t micros_of(base::Instant time) { return std::int64_t{time.time_since_epoch().count()}; }

/// Whether a grant that somebody gave for the person as a minor still runs. Whoever holds parental authority decides
/// for nobody else; others may by a judgment about the adult.
base::Result<bool> has_minors_grants(const storage::View& view, const base::PersonId& person,
                                     const consent::BirthDate& born, base::Instant now) {
  SEGELL_TRY(const auto representations, view.representations().of_person(person));
  const auto for_minor = [&](const storage::ConsentFact& fact) {
    const auto through =
        std::find_if(representations.begin(), representations.end(),
                     [&](const storage::RepresentationRecord& record) { return record.id == fact.representation; });
    if (through == representations.end()) return false;
    return through->basis == representation_basis::kParental || fact.effective < consent::turns(born, consent::kOfAge);
  };
  SEGELL_TRY(const auto records, view.consents().of_person(person));
  std::map<storage::ItemKey, std::vector<storage::ConsentFact>> items;
  for (const storage::ConsentFact& record : records) items[record.item].push_back(record);
  for (const auto& [item, history] : items) {
    const bool represented = std::any_of(history.begin(), history.end(), [&](const storage::ConsentFact& fact) {
      return fact.kind == to_string(consent::DecisionKind::grant) && fact.valid_until && *fact.valid_until > now &&
             for_minor(fact);
    });
    if (!represented) continue;
    SEGELL_TRY(const auto decisions, from_records(history));
    if (consent::item_state(decisions) == consent::ItemState::granted) return true;
  }
  return false;
}

/// Whether somebody represented the person until that day, and nobody said that it is over.
base::Result<bool> has_running_representation(const storage::View& view, const base::PersonId& person,
                                              base::Instant birthday) {
  SEGELL_TRY(const auto representations, view.representations().of_person(person));
  return std::any_of(representations.begin(), representations.end(), [&](const storage::RepresentationRecord& record) {
    return record.state == representation_state::kValid && record.from < birthday &&
           (!record.until || *record.until > birthday);
  });
}

bool is_of_birthday(const storage::ReviewRecord& review, base::Instant birthday) {
  const base::Json* kept = review.words.find("birthday");
  return kept != nullptr && kept->as_int() != nullptr && *kept->as_int() == micros_of(birthday);
}

base::Result<bool> was_raised(const storage::View& view, const base::PersonId& person, const DueReview& due) {
  SEGELL_TRY(const auto reviews, view.reviews().of_person(person));
  return std::any_of(reviews.begin(), reviews.end(), [&](const storage::ReviewRecord& review) {
    return text_or_empty(review.words, "kind") == due.kind && is_of_birthday(review, due.birthday);
  });
}

base::Result<std::vector<DueReview>> due_reviews(const storage::View& view, const base::PersonId& person,
                                                 base::Instant now) {
  std::vector<DueReview> due;
  SEGELL_TRY(const auto record, view.persons().get(person));
  if (record.erased) return due;
  SEGELL_TRY(const auto born, birth_date_of(record.profile));
  if (!born) return due;
  const DueReview turned_14{review_kind::kTurned14, consent::turns(*born, consent::kDecidesOnData)};
  const DueReview turned_18{review_kind::kTurned18, consent::turns(*born, consent::kOfAge)};
  for (const DueReview& one : {turned_14, turned_18}) {
    if (now < one.birthday) continue;
    SEGELL_TRY(const bool raised, was_raised(view, person, one));
    if (raised) continue;
    auto matters = one.kind == review_kind::kTurned14 ? has_minors_grants(view, person, *born, now)
                                                      : has_running_representation(view, person, one.birthday);
    if (!matters) return base::fail(std::move(matters).error());
    if (*matters) due.push_back(one);
  }
  return due;
}

base::Result<void> raise_review(storage::Transaction& transaction, const EventHead& head, storage::ReviewRecord review,
                                const std::optional<storage::ObjectionId>& objection) {
  review.state = review_state::kOpen;
  review.words.set("since", base::format_rfc3339(head.time));
  const CapacityReviewDue event{review.person, review.id, text_or_empty(review.words, "kind"), objection};
  SEGELL_TRY(review.log_index, transaction.append_event(encode(head, event), review.person));
  return transaction.reviews().add(review);
}

/// Those of one part of the tenant's represented people for whom something is due.
struct ReviewRound {
  std::vector<base::PersonId> due;
  std::optional<base::PersonId> last;  ///< none: that was all
};

base::Result<ReviewRound> look_for_reviews(const storage::View& view, const std::optional<base::PersonId>& after,
                                           base::Instant now) {
  ReviewRound round;
  SEGELL_TRY(const auto persons, view.representations().represented(after, kPersonsAtOnce));
  for (const base::PersonId& person : persons) {
    SEGELL_TRY(const auto due, due_reviews(view, person, now));
    if (!due.empty()) round.due.push_back(person);
  }
  if (persons.size() == kPersonsAtOnce) round.last = persons.back();
  return round;
}

base::Result<std::size_t> review_tenant(Service::State& state, const base::TenantId& tenant, base::Instant now) {
  std::size_t raised = 0;
  std::optional<base::PersonId> after;
  do {
    SEGELL_TRY(const ReviewRound round,
               state.store.read(tenant, [&](const storage::View& view) { return look_for_reviews(view, after, now); }));
    for (const base::PersonId& person : round.due) {
      const CapacityReviewDraft draft;
      SEGELL_TRY(const std::size_t more, state.store.run(tenant, [&](storage::Transaction& transaction) {
        return raise_age_reviews(transaction, EventHead{now, ActorId()}, person, draft);
      }));
      raised += more;
    }
    after = round.last;
  } while (after && !state.is_stopping());
  return raised;
}

}  // namespace

base::Result<std::size_t> raise_age_reviews(storage::Transaction& transaction, const EventHead& head,
                                            const base::PersonId& person, const CapacityReviewDraft& draft) {
  SEGELL_TRY(const auto due, due_reviews(transaction, person, head.time));
  for (const DueReview& one : due) {
    storage::ReviewRecord review;
    review.id = one.kind == review_kind::kTurned14 ? draft.turned_14 : draft.turned_18;
    review.person = person;
    review.words = base::Json::object({{"kind", one.kind}, {"birthday", micros_of(one.birthday)}});
    SEGELL_CHECK(raise_review(transaction, head, std::move(review), {}));
  }
  return due.size();
}

base::Result<void> end_outdated_reviews(storage::Transaction& transaction, const base::PersonId& person,
                                        const EventHead& head) {
  SEGELL_TRY(const auto record, transaction.persons().get(person));
  SEGELL_TRY(const auto born, birth_date_of(record.profile));
  SEGELL_TRY(const auto reviews, transaction.reviews().of_person(person));
  for (storage::ReviewRecord review : reviews) {
    const std::string kind = text_or_empty(review.words, "kind");
    const bool by_age = kind == review_kind::kTurned14 || kind == review_kind::kTurned18;
    if (!review.open || !by_age) continue;
    const int years = kind == review_kind::kTurned14 ? consent::kDecidesOnData : consent::kOfAge;
    const auto birthday = born ? std::optional(consent::turns(*born, years)) : std::nullopt;
    if (birthday && *birthday <= head.time && is_of_birthday(review, *birthday)) continue;
    review.open = false;
    review.state = review_state::kOutdated;
    SEGELL_CHECK(transaction.reviews().update(review));
  }
  return base::ok();
}

base::Result<void> raise_objection_review(storage::Transaction& transaction, const EventHead& head,
                                          const base::PersonId& person, const storage::ReviewId& id,
                                          const storage::ObjectionId& objection) {
  storage::ReviewRecord review;
  review.id = id;
  review.person = person;
  review.words = base::Json::object({{"kind", review_kind::kObjection}, {"objection", objection.text()}});
  return raise_review(transaction, head, std::move(review), objection);
}

std::size_t raise_capacity_reviews(Service::State& state) {
  const base::Instant now = state.clock.now();
  if (now < state.next_capacity_review) return 0;
  std::size_t raised = 0;
  bool all = true;
  for (const auto& [id, tenant] : state.tenants) {
    const auto done = review_tenant(state, id, now);
    if (done) {
      raised += *done;
    } else {
      all = false;  // again in the next round
      spdlog::error("capacity reviews failed: {}", done.error().reason);
    }
  }
  if (all) state.next_capacity_review = consent::next_midnight(now);
  return raised;
}

}  // namespace segell::app
