#include "app/told_decision.h"

#include "checks.h"
#include "consent_facts.h"
#include "decided_item.h"
#include "decision_record.h"
#include "once.h"
#include "recipient_notices.h"
#include "slip_issue.h"
#include "visibility.h"

#include <chrono>

namespace segell::app {

namespace {

using consent::DecisionKind;

constexpr std::string_view kToldChannels[] = {"phone", "counter", "home"};
constexpr std::chrono::hours kLatestTold{24 * 31};

/// A "no" may be as wide as the person wants: an empty part is every value.
base::Result<void> check_told_scope(const consent::Scope& scope) {
  for (const std::string* part : {&scope.purpose, &scope.category, &scope.recipient}) {
    if (!part->empty() && !consent::is_code(*part)) {
      return invalid("consent.bad-code", "purpose, category and recipient are codes");
    }
  }
  return base::ok();
}

/// Everything that can be judged without the store.
base::Result<consent::DecisionFact> check_told(const ToldDecision& told, base::Instant now) {
  consent::DecisionFact fact;
  SEGELL_TRY(fact.kind, consent::parse_decision_kind(told.kind));
  if (fact.kind != DecisionKind::withdraw && fact.kind != DecisionKind::object) {
    return invalid("told.bad-kind", "by voice a consent is withdrawn or a use objected to",
                   "a consent is given on the person's own page or with a signature");
  }
  fact.scope = {told.purpose, told.category, told.recipient};
  SEGELL_CHECK(check_told_scope(fact.scope));
  SEGELL_TRY(fact.basis, usual_basis(fact.kind));
  if (!is_plain_text(told.heard_by, 200)) return invalid("told.bad-listener", "say who heard it, by name");
  if (!one_of(kToldChannels, told.channel)) return invalid("told.bad-channel", "the channel is phone, counter or home");
  if (!one_of(kPaperLanguages, told.language)) return invalid("told.bad-language", "the language is ca, es or en");
  if (told.text && !is_plain_text(*told.text, 2000, /*lines=*/true)) {
    return invalid("told.bad-text", "what it is about is no plain text");
  }
  SEGELL_TRY(fact.at, base::parse_rfc3339(told.heard_at));
  if (fact.at > now || fact.at < now - kLatestTold) {
    return invalid("told.bad-time", "it was heard within the last 31 days, and not in the future");
  }
  return fact;
}

base::Result<SlipContent> told_receipt(const storage::View& view, const storage::PersonRecord& person,
                                       const ToldDecision& told, const SlipLine& decided, const EventHead& head) {
  SlipContent content;
  content.language = told.language;
  content.ending = SlipEnding::told;
  SEGELL_TRY(content.at, base::parse_rfc3339(told.heard_at));
  SEGELL_TRY(content.discreet, is_protected(view, person.id, head.time));
  SlipLine line = decided;
  if (!content.discreet) {
    if (const base::Json* name = person.profile.find("name"); name != nullptr && name->as_string() != nullptr) {
      content.person = *name->as_string();
    }
    const storage::ItemKey key{line.scope.purpose, line.scope.category, line.scope.recipient};
    SEGELL_TRY(const auto history, view.consents().of_item(person.id, key));
    SEGELL_TRY(line.text, asked_text(view, history, line.scope));
    if (told.text) line.text = *told.text;
  }
  content.lines.push_back(std::move(line));
  return content;
}

}  // namespace

base::Result<Reply> record_told_decision(Service& service, const Caller& caller, std::string_view person,
                                         const ToldDecision& told, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(consent::DecisionFact fact, check_told(told, head.time));
  fact.id = consent::DecisionId::make();
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const SlipDraft draft;
  const auto notice = storage::ReviewId::make();
  const SlipLine line{consent::ItemId::make(), {}, fact.scope, fact.basis, {}, fact.kind, {}};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.person = id}, "person.unknown", "person"));
        SEGELL_TRY(const auto who, transaction.persons().get(id));
        if (who.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
        SEGELL_TRY(const SlipContent content, told_receipt(transaction, who, told, line, head));
        NewFact what{id, fact, {}, told.channel};
        what.told = fact.at;
        what.heard_by = told.heard_by;
        SEGELL_TRY(const RecordedFact recorded, record_ending_fact(transaction, tenant->settings, head, what, notice));
        SEGELL_TRY(const IssuedSlip slip, issue_bound(transaction, head, draft, {id, {}}, content));
        base::Json answer = base::Json::object();
        answer.set("decision", base::Json::object({{"id", fact.id.text()},
                                                   {"state", to_string(recorded.after)},
                                                   {"logIndex", recorded.log_index}}));
        answer.set("slip", issued_json(state.settings.public_url, slip));
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
