#include "act_decisions.h"

#include "consent_facts.h"
#include "recipient_notices.h"

#include <algorithm>

namespace segell::app {

namespace {

/// Each a fact and an event of its own.
base::Result<void> record_each_decision(storage::Transaction& transaction, const VisitState& visit,
                                        const EventHead& head, const DecidedWhen& when,
                                        const std::vector<consent::DecisionId>& ids) {
  for (std::size_t i = 0; i < visit.payload.items.size(); ++i) {
    const consent::ConsentItem& item = visit.payload.items[i];
    consent::DecisionFact fact;
    fact.id = ids[i];
    fact.kind = visit.payload.choices[i];
    fact.scope = item.scope;
    fact.basis = item.basis;
    SEGELL_TRY(fact.at, counts_from(transaction, visit.request.person, fact, when));
    if (fact.kind == consent::DecisionKind::grant || fact.kind == consent::DecisionKind::inform) {
      fact.valid_until = item.valid_until;
    }
    fact.voice = visit.signer ? consent::Voice::representative : voice_of(visit.payload.capacity);
    const DecisionRecorded event{visit.request.person,
                                 visit.request.document,
                                 visit.request.id,
                                 fact.id,
                                 fact.kind,
                                 fact.scope,
                                 fact.basis.kind,
                                 std::pair(item.notice.key, item.notice.version),
                                 fact.valid_until,
                                 "visit",
                                 {},
                                 {},
                                 power_of(visit)};
    SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), visit.request.person));
    storage::ConsentFact record = to_record(visit.request.person, fact, item.notice, "visit", index);
    record.document = visit.request.document;
    record.representation = power_of(visit);
    SEGELL_CHECK(transaction.consents().add(record));
  }
  return base::ok();
}

}  // namespace

std::optional<storage::RepresentationId> power_of(const VisitState& visit) {
  if (!visit.signer) return {};
  return visit.signer->representation.id;
}

base::Result<void> record_act_decisions(storage::Transaction& transaction, const TenantSettings& settings,
                                        const VisitState& visit, const EventHead& head, const DecidedWhen& when,
                                        const ActDecisionIds& ids) {
  const auto& choices = visit.payload.choices;
  const base::PersonId& person = visit.request.person;
  PermittedUses before;  // looked for only where something can end: most papers ask somebody for the first time
  if (std::any_of(choices.begin(), choices.end(), ends_uses)) {
    SEGELL_TRY(before, permitted_uses(transaction, settings, person, head.time));
  }
  SEGELL_CHECK(record_each_decision(transaction, visit, head, when, ids.decisions));
  SEGELL_CHECK(raise_recipient_notice(transaction, settings, head, person, before, ids.notice));
  return base::ok();
}

}  // namespace segell::app
