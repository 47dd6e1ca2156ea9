#include "birth_date.h"

#include "app/persons.h"
#include "capacity_reviews.h"
#include "checks.h"
#include "evidence_document.h"
#include "json_fields.h"
#include "misattribution_record.h"
#include "once.h"
#include "representation_events.h"
#include "representation_record.h"
#include "salted_reason.h"
#include "state.h"

namespace segell::app {

namespace {

constexpr std::string_view kReadFrom[] = {"id-document", "family-book", "register", "declared"};
constexpr std::size_t kLongestWhy = 1000;
/// How many corrections are kept with their reasons.
constexpr std::size_t kMostCorrections = 20;

/// Why it was corrected, behind what was said before.
base::Json with_correction(const base::Json& before, const EventHead& head, const SaltedReason& reason) {
  base::Json::Array kept;
  const base::Json* earlier = before.find("corrections");
  if (earlier != nullptr && earlier->as_array() != nullptr) kept = *earlier->as_array();
  if (kept.size() >= kMostCorrections) kept.erase(kept.begin());
  base::Json step = step_json(head);
  step.set("why", reason.json());
  kept.push_back(std::move(step));
  return kept;
}

}  // namespace

base::Result<base::Json> make_birth(const std::string& date, const std::string& seen, base::Instant now) {
  SEGELL_TRY(const consent::BirthDate born, consent::parse_birth_date(date, now));
  if (!one_of(kReadFrom, seen)) {
    return invalid("person.bad-birth-date-seen",
                   "a date of birth was read from: id-document, family-book, register or declared");
  }
  return base::Json::object({{"date", consent::format_birth_date(born)}, {"seen", seen}});
}

base::Result<Reply> set_birth_date(Service& service, const Caller& caller, std::string_view person,
                                   const NewBirthDate& wanted, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(const base::Json birth, make_birth(wanted.date, wanted.seen, head.time));
  if (!wanted.reason.empty() && !is_plain_text(wanted.reason, kLongestWhy, /*lines=*/true)) {
    return invalid("person.bad-reason", "the reason is plain text of up to 1000 octets");
  }
  std::optional<SaltedReason> reason;
  if (!wanted.reason.empty()) {
    SEGELL_TRY(reason, salted_reason(wanted.reason));
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const CapacityReviewDraft drafts;
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, reachable_person(transaction, caller, id));
               base::Json now = birth;
               if (const base::Json* before = record.profile.find(kBirth); before != nullptr) {
                 now.set("corrections",
                         reason ? with_correction(*before, head, *reason) : member_or_null(*before, "corrections"));
               } else if (reason) {
                 now.set("corrections", with_correction({}, head, *reason));
               }
               record.profile.set(kBirth, std::move(now));
               SEGELL_CHECK(transaction.persons().set_profile(id, record.profile));
               SEGELL_CHECK(transaction.persons().mark_capacity(id));
               BirthDateRecorded event{id, wanted.seen, {}};
               if (reason) event.reason = reason->commitment;
               SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), id));
               SEGELL_CHECK(end_outdated_reviews(transaction, id, head));
               SEGELL_CHECK(raise_age_reviews(transaction, head, id, drafts));
               base::Json json = base::Json::object({{"id", id.text()}, {"logIndex", index}});
               base::Json answer = base::Json::object({{"person", std::move(json)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
