#include "app/persons.h"

#include "basis_json.h"
#include "checks.h"
#include "decision_record.h"
#include "notice_lookup.h"
#include "once.h"
#include "recipient_notices.h"

#include <algorithm>

namespace segell::app {

namespace {

using consent::DecisionKind;

constexpr std::string_view kChannels[] = {"phone", "counter", "web", "letter", "slip", "visit"};

/// What a caller may record by itself; being informed, running out and errors are recorded by what causes them.
base::Result<DecisionKind> parse_kind(const std::string& text) {
  SEGELL_TRY(const DecisionKind kind, consent::parse_decision_kind(text));
  if (kind == DecisionKind::inform || kind == DecisionKind::expire || kind == DecisionKind::enter_in_error) {
    return invalid("consent.unknown-code", "that kind of decision is not recorded by hand");
  }
  return kind;
}

/// "Yes" names exactly one thing, with its notice and its term; "no" may be as wide as the person wants.
base::Result<void> check_scope(const consent::DecisionFact& fact, const consent::NoticeReference& notice,
                               base::Instant now) {
  const bool yes = fact.kind == DecisionKind::grant || fact.kind == DecisionKind::withdraw_objection;
  for (const std::string* part : {&fact.scope.purpose, &fact.scope.category, &fact.scope.recipient}) {
    if (part->empty() && !yes) continue;
    if (part->empty()) return invalid("consent.bundled", "a decision that allows something names exactly one thing");
    if (!consent::is_code(*part)) {
      return yes ? invalid("consent.bundled", "purpose, category and recipient are one code each")
                 : invalid("consent.bad-code", "purpose, category and recipient are codes");
    }
  }
  if (fact.kind != DecisionKind::grant) return base::ok();
  if (fact.basis.kind != consent::BasisKind::express_consent) {
    return invalid("consent.basis-inconsistent", "only express consent is granted");
  }
  consent::ConsentItem item;
  item.scope = fact.scope;
  item.basis = fact.basis;
  item.notice = notice;
  item.valid_until = fact.valid_until.value_or(now);
  item.text = "recorded without a page";  // the notice was read or told, not shown as an item
  SEGELL_CHECK(consent::make_consent_item(std::move(item), now));
  return base::ok();
}

}  // namespace

base::Result<Reply> record_decision(Service& service, const Caller& caller, std::string_view person,
                                    const NewDecision& decision, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  consent::DecisionFact fact;
  SEGELL_TRY(fact.kind, parse_kind(decision.kind));
  if (decision.basis) {
    SEGELL_TRY(fact.basis, make_basis(*decision.basis));
  } else {
    SEGELL_TRY(fact.basis, usual_basis(fact.kind));
  }
  if (!one_of(kChannels, decision.channel)) {
    return invalid("decision.bad-channel", "the channel is phone, counter, web, letter, slip or visit");
  }
  if (decision.valid_until) {
    SEGELL_TRY(fact.valid_until, base::parse_rfc3339(*decision.valid_until));
  }
  fact.id = consent::DecisionId::make();
  fact.scope = {decision.purpose, decision.category, decision.recipient};
  fact.at = state.clock.now();
  const auto review = storage::ReviewId::make();
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_visible(transaction, caller, {.person = id}, "person.unknown", "person"));
               SEGELL_TRY(const auto who, transaction.persons().get(id));
               if (who.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
               consent::NoticeReference notice;
               if (decision.notice) {
                 SEGELL_TRY(notice, find_notice(transaction, *decision.notice, {"ca", "es", "en", "oc"}));
               }
               SEGELL_CHECK(check_scope(fact, notice, fact.at));
               const EventHead head{fact.at, caller.actor};
               const NewFact what{id, fact, notice, decision.channel};
               SEGELL_TRY(const RecordedFact recorded,
                          ends_uses(fact.kind) ? record_ending_fact(transaction, tenant->settings, head, what, review)
                                               : record_fact(transaction, head, what));
               base::Json answer = base::Json::object();
               answer.set("decision", base::Json::object({{"id", fact.id.text()},
                                                          {"state", to_string(recorded.after)},
                                                          {"logIndex", recorded.log_index}}));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
