#include "app/reviews.h"

#include "checks.h"
#include "json_fields.h"
#include "misattribution_record.h"
#include "once.h"
#include "page_cursor.h"
#include "recipient_notices.h"
#include "representation_events.h"
#include "review_words.h"
#include "salted_reason.h"

#include <set>

namespace segell::app {

namespace {

constexpr std::size_t kLongestAnswer = 2000;

base::Result<base::Json> review_json(const storage::View& view, const TenantSettings& settings,
                                     const storage::ReviewRecord& review) {
  SEGELL_TRY(const auto person, view.persons().get(review.person));
  base::Json json = base::Json::object({{"id", review.id.text()}});
  json.set("kind", member_or_null(review.words, "kind"));
  json.set("personId", review.person.text());
  json.set("personName", member_or_null(person.profile, "name"));
  json.set("since", member_or_null(review.words, "since"));
  json.set("state", review.state);
  json.set("uses", ended_uses_json(settings, review));
  json.set("logIndex", newest_entry_of(review));
  return json;
}

base::Result<base::Json> answer_in(storage::Transaction& transaction, const Caller& caller, const EventHead& head,
                                   const storage::ReviewId& id, const SaltedReason& words, std::uint64_t seen) {
  const auto unknown = [] { return base::fail(base::Code::not_found, "review.unknown", "no such review"); };
  auto review = transaction.reviews().get(id);
  if (!review && review.error().code == base::Code::not_found) return unknown();
  if (!review) return base::fail(std::move(review).error());
  SEGELL_TRY(const bool visible, is_visible(transaction, caller, {.person = review->person}));
  if (!visible) return unknown();
  if (!review->open) {
    return base::fail(base::Code::conflict, "review.over", "it waits for nobody any more: " + review->state);
  }
  if (seen != newest_entry_of(*review)) {
    return base::fail(base::Code::conflict, "review.changed", "something was added since it was read",
                      "read it again, do what is new too, and answer then");
  }
  review->open = false;
  review->state = review_state::kAnswered;
  base::Json answer = step_json(head);
  answer.set("words", words.json());
  review->words.set("answer", std::move(answer));
  const ReviewAnswered event{review->person, id, words.commitment};
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), review->person));
  SEGELL_CHECK(transaction.reviews().update(*review));
  return base::Json::object(
      {{"review", base::Json::object({{"id", id.text()}, {"state", review->state}, {"logIndex", index}})}});
}

}  // namespace

base::Result<base::Json> list_reviews(Service& service, const Caller& caller, const Page& page) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    std::set<base::PersonId> shown;
    SEGELL_TRY(auto body,
               list_reached(
                   page, "reviews",
                   [&](const auto& before, std::size_t most) { return transaction.reviews().list_open(before, most); },
                   [&](const storage::ReviewRecord& review) -> base::Result<base::Json> {
                     SEGELL_TRY(const bool visible, is_visible(transaction, caller, {.person = review.person}));
                     if (!visible) return base::Json();
                     shown.insert(review.person);
                     return review_json(transaction, tenant->settings, review);
                   }));
    for (const base::PersonId& person : shown)
      SEGELL_CHECK(transaction.append_event(encode(head, ReviewsListed{person}), person));
    return body;
  });
}

base::Result<Reply> answer_review(Service& service, const Caller& caller, std::string_view review,
                                  const ReviewAnswer& given, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::ReviewId>(review, "review.unknown", "review"));
  if (!is_plain_text(given.text, kLongestAnswer, /*lines=*/true)) {
    return invalid("review.bad-text", "say what was done, in up to 2000 octets of plain text");
  }
  SEGELL_TRY(const SaltedReason words, salted_reason(given.text));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto answer, answer_in(transaction, caller, head, id, words, given.seen));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
