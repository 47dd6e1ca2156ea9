#include "decision_record.h"

#include "consent_facts.h"

namespace segell::app {

base::Result<consent::ItemState> item_state(const storage::View& view, const base::PersonId& person,
                                            const consent::Scope& scope) {
  SEGELL_TRY(const auto earlier, view.consents().of_item(person, {scope.purpose, scope.category, scope.recipient}));
  SEGELL_TRY(const auto history, from_records(earlier));
  return consent::item_state(history);
}

base::Result<consent::LegalBasis> usual_basis(consent::DecisionKind kind) {
  using consent::DecisionKind;
  if (kind == DecisionKind::object || kind == DecisionKind::withdraw_objection) {
    return consent::make_legal_basis({consent::BasisKind::non_opposition, consent::Article6::e, consent::Article9::none,
                                      "", consent::Opposable::art28});
  }
  return consent::make_legal_basis({});
}

base::Result<RecordedFact> record_fact(storage::Transaction& transaction, const EventHead& head, const NewFact& what) {
  RecordedFact recorded;
  SEGELL_TRY(const consent::ItemState before, item_state(transaction, what.person, what.fact.scope));
  SEGELL_TRY(recorded.after, consent::next_state(before, what.fact.kind));
  DecisionRecorded event{what.person,
                         what.document,
                         what.request,
                         what.fact.id,
                         what.fact.kind,
                         what.fact.scope,
                         what.fact.basis.kind,
                         {},
                         what.fact.valid_until,
                         what.channel,
                         what.told,
                         what.fact.voids,
                         what.representation};
  if (!what.notice.key.empty()) event.notice = std::pair(what.notice.key, what.notice.version);
  SEGELL_TRY(recorded.log_index, transaction.append_event(encode(head, event), what.person));
  storage::ConsentFact record = to_record(what.person, what.fact, what.notice, what.channel, recorded.log_index);
  record.document = what.document;
  record.heard_by = what.heard_by;
  record.representation = what.representation;
  SEGELL_CHECK(transaction.consents().add(record));
  return recorded;
}

}  // namespace segell::app
