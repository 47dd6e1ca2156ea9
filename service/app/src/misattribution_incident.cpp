#include "app/misattributions.h"

#include "checks.h"
#include "json_fields.h"
#include "misattribution_events.h"
#include "misattribution_record.h"
#include "once.h"
#include "salted_reason.h"
#include "visibility.h"

#include <functional>

namespace segell::app {

namespace {

/// One step more on a confirmed one: gives the index of its event.
using FollowUp = std::function<base::Result<std::uint64_t>(storage::Transaction&, storage::MisattributionRecord&)>;

base::Result<Reply> follow_up(Service& service, const Caller& caller, std::string_view misattribution,
                              const FollowUp& step, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_TRY(const auto id, parse_or_unknown<storage::MisattributionId>(misattribution, "misattribution.unknown",
                                                                        "report of a wrong signer"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, followed_misattribution(transaction, caller, id));
               SEGELL_TRY(const std::uint64_t index, step(transaction, record));
               SEGELL_CHECK(transaction.misattributions().update(record));
               base::Json answer = misattribution_answer(record, index);
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

/// The list with that recipient told at `step`. Errors: not_found "misattribution.no-recipient"; conflict
/// "misattribution.told".
base::Result<base::Json> told_recipients(const base::Json& words, std::string_view recipient, const base::Json& step) {
  base::Json::Array list;
  bool found = false;
  if (const base::Json* kept = words.find("recipients"); kept != nullptr && kept->as_array() != nullptr) {
    list = *kept->as_array();
  }
  for (base::Json& one : list) {
    SEGELL_TRY(const std::string code, text_field(one, "recipient"));
    if (code != recipient) continue;
    const base::Json* told = one.find("told");
    if (told != nullptr && !told->is_null()) {
      return base::fail(base::Code::conflict, "misattribution.told", "that one was told already");
    }
    one.set("told", base::Json::object({{"at", member_or_null(step, "at")}, {"role", member_or_null(step, "role")}}));
    found = true;
  }
  if (found) return base::Json(std::move(list));
  return base::fail(base::Code::not_found, "misattribution.no-recipient", "nobody of that code got anything on it");
}

}  // namespace

base::Result<void> check_reason_given(const std::string& reason) {
  if (is_plain_text(reason, kLongestReasonGiven, /*lines=*/true)) return base::ok();
  return invalid("misattribution.bad-reason", "say why, in up to 1000 octets of plain text");
}

base::Result<Reply> tell_recipient(Service& service, const Caller& caller, std::string_view misattribution,
                                   std::string_view recipient, const Idempotency& idempotency) {
  SEGELL_CHECK(require_following(caller));
  const EventHead head{service.state().clock.now(), caller.actor, caller.role};
  return follow_up(
      service, caller, misattribution,
      [&](storage::Transaction& transaction, storage::MisattributionRecord& record) -> base::Result<std::uint64_t> {
        SEGELL_TRY(auto list, told_recipients(record.words, recipient, step_json(head)));
        record.words.set("recipients", std::move(list));
        const RecipientTold event{record.person, std::string(recipient), record.id};
        return transaction.append_event(encode(head, event), record.person);
      },
      idempotency);
}

base::Result<Reply> end_incident(Service& service, const Caller& caller, std::string_view misattribution,
                                 const IncidentEnd& end, const Idempotency& idempotency) {
  SEGELL_CHECK(require_incident_officer(caller));
  if (end.answer != incident_state::kReported && end.answer != incident_state::kNotNeeded) {
    return invalid("incident.bad-answer", "the answer is reported or not-needed");
  }
  SEGELL_CHECK(check_reason_given(end.reason));
  SEGELL_TRY(const SaltedReason reason, salted_reason(end.reason));
  const EventHead head{service.state().clock.now(), caller.actor, caller.role};
  return follow_up(
      service, caller, misattribution,
      [&](storage::Transaction& transaction, storage::MisattributionRecord& record) -> base::Result<std::uint64_t> {
        if (record.incident.empty()) {
          return base::fail(base::Code::conflict, "incident.none", "no incident came of it: " + record.state);
        }
        if (record.incident != incident_state::kOpen) {
          return base::fail(base::Code::conflict, "incident.over", "it was answered already: " + record.incident);
        }
        record.incident = end.answer;
        base::Json step = step_json(head);
        step.set("answer", end.answer);
        step.set("reason", reason.reason);
        step.set("salt", base::to_base64url(reason.salt));
        record.words.set("ended", std::move(step));
        const IncidentEnded event{record.person, end.answer, record.id, reason.commitment};
        return transaction.append_event(encode(head, event), record.person);
      },
      idempotency);
}

}  // namespace segell::app
