#include "app/misattributions.h"

#include "checks.h"
#include "consent_facts.h"
#include "decision_record.h"
#include "json_fields.h"
#include "misattribution_events.h"
#include "misattribution_record.h"
#include "misattribution_uses.h"
#include "once.h"
#include "request_payload.h"
#include "salted_reason.h"
#include "slip_code.h"
#include "visibility.h"
#include "void_signature.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

constexpr std::string_view kConfirm = "confirmed";
constexpr std::string_view kReject = "rejected";
/// GDPR article 33.1. It runs from when somebody said so, not from when a second person agreed: the stricter reading.
constexpr std::chrono::hours kTimeToReport{72};
/// As many decisions as a request holds.
constexpr std::size_t kMostDecisions = 64;

/// What stays the same however often the transaction runs.
struct Decided {
  const Caller& caller;
  const TenantSettings& settings;
  storage::MisattributionId id;
  std::string answer;
  const SaltedReason& reason;
  EventHead head;
  std::vector<consent::DecisionId> errors;  ///< one for each decision that there can be
};

/// Whose login is of one of the two says nothing about the matter of both.
base::Result<bool> is_own_matter(const storage::View& view, const Caller& caller, const base::PersonId& person) {
  SEGELL_TRY(const auto held, view.holdings().of_person(person));
  return std::any_of(held.begin(), held.end(), [&](const storage::HoldingRecord& holding) {
    return caller.account && holding.account == *caller.account;
  });
}

base::Result<void> check_second_person(const storage::View& view, const Caller& caller,
                                       const storage::MisattributionRecord& record) {
  if (record.state != misattribution_state::kRaised) {
    return base::fail(base::Code::conflict, "misattribution.over", "it was decided already: " + record.state);
  }
  if (is_own_step(caller, record.words, "raised")) {
    return base::fail(base::Code::conflict, "misattribution.second-person", "whoever said so cannot confirm it",
                      "a referent who works with the person, or a manager, decides");
  }
  SEGELL_TRY(bool own, is_own_matter(view, caller, record.person));
  const base::Json* signer = record.words.find("signer");
  if (!own && signer != nullptr && signer->as_string() != nullptr) {
    SEGELL_TRY(const auto id, base::PersonId::parse(*signer->as_string()));
    SEGELL_TRY(own, is_own_matter(view, caller, id));
  }
  if (!own) return base::ok();
  return base::fail(base::Code::conflict, "misattribution.own-matter", "nobody decides in their own matter",
                    "another referent or manager decides");
}

/// The decisions that the act made: each is the entry after the one before, the act's own first.
base::Result<std::vector<storage::ConsentFact>> decisions_of_act(const storage::View& view,
                                                                 const storage::RequestRecord& request,
                                                                 const SignedAct& act) {
  SEGELL_TRY(const RequestPayload payload, request_payload_from_json(request.payload));
  SEGELL_TRY(auto facts, view.consents().of_person(request.person));
  const std::uint64_t last = act.revision.log_index + payload.items.size();
  std::erase_if(facts, [&](const storage::ConsentFact& fact) {
    return fact.document != request.document || fact.log_index <= act.revision.log_index || fact.log_index > last;
  });
  return facts;
}

base::Result<void> enter_in_error(storage::Transaction& transaction, const Decided& what,
                                  const storage::RequestRecord& request,
                                  const std::vector<storage::ConsentFact>& decisions) {
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    SEGELL_TRY(const consent::DecisionFact wrong, from_record(decisions[i]));
    NewFact error{request.person, {}, {}, "annulment"};
    error.fact.id = what.errors.at(i);
    error.fact.kind = consent::DecisionKind::enter_in_error;
    error.fact.scope = wrong.scope;
    error.fact.basis = wrong.basis;
    error.fact.at = what.head.time;
    error.fact.voids = wrong.id;
    error.document = request.document;
    error.request = request.id;
    SEGELL_CHECK(record_fact(transaction, what.head, error));
  }
  return base::ok();
}

/// What was handed out with the signature opens nothing any more: it lies with whoever signed.
base::Result<void> revoke_what_was_handed_out(storage::Transaction& transaction, const EventHead& head,
                                              const storage::RequestRecord& request) {
  SEGELL_CHECK(transaction.credentials().revoke(request.capability_hash));
  SEGELL_TRY(auto slips, transaction.slips().of_request(request.id));
  for (storage::SlipRecord& slip : slips) {
    if (slip.state == slip_state::kRevoked) continue;
    SEGELL_CHECK(transaction.append_event(encode(head, SlipRevoked{slip.id, request.person}), request.person));
    slip.state = slip_state::kRevoked;
    SEGELL_CHECK(transaction.slips().update(slip));
  }
  return base::ok();
}

base::Result<void> erase_dynamics(storage::Transaction& transaction, const Decided& what,
                                  const storage::RequestRecord& request, const SignedAct& act, base::Json& words) {
  SEGELL_TRY(const auto erased, transaction.evidence().erase_envelope(request.document, act.revision.index));
  if (!erased) return base::ok();
  const EnvelopeErased event{request.person, request.document, act.revision.index, *erased, what.id};
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(what.head, event), request.person));
  words.set("envelope", base::Json::object({{"erasedAt", base::format_rfc3339(what.head.time)},
                                            {"sha256", base::to_hex(*erased)},
                                            {"logIndex", index}}));
  return base::ok();
}

base::Result<std::uint64_t> confirm(storage::Transaction& transaction, const Decided& what,
                                    storage::MisattributionRecord& record) {
  SEGELL_TRY(const auto request, transaction.requests().get(record.request));
  SEGELL_TRY(const auto act, act_of_request(transaction, request));
  if (!act || !request_state::is_signed(request.state)) {
    return base::fail(base::Code::conflict, "misattribution.not-signed",
                      "no signature stands on this request any more");
  }
  SEGELL_TRY(const auto decisions, decisions_of_act(transaction, request, *act));
  SEGELL_TRY(auto uses, uses_of_signature(transaction, what.settings, request, *act, decisions));
  const SignatureRepudiated event{record.person,       request.document,     request.id,    record.id,
                                  act->revision.index, act->revision.sha256, act->manifest, what.reason.commitment};
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(what.head, event), record.person));
  SEGELL_CHECK(enter_in_error(transaction, what, request, decisions));
  SEGELL_CHECK(revoke_what_was_handed_out(transaction, what.head, request));
  SEGELL_CHECK(erase_dynamics(transaction, what, request, *act, record.words));
  SEGELL_CHECK(transaction.requests().set_state(request.id, request_state::kRepudiated));
  record.due = record.raised + kTimeToReport;
  record.incident = incident_state::kOpen;
  const IncidentOpened incident{record.person, request.document, record.id, act->at, *record.due};
  SEGELL_CHECK(transaction.append_event(encode(what.head, incident), record.person));
  record.words.set("shownAt", base::format_rfc3339(act->at));
  record.words.set("uses", std::move(uses.uses));
  record.words.set("recipients", std::move(uses.recipients));
  record.words.set("complete", uses.complete);
  record.voided = storage::VoidMark{what.head.time, act->revision.index, index};
  return index;
}

base::Result<base::Json> decide_in(storage::Transaction& transaction, const Decided& what) {
  SEGELL_TRY(auto record, followed_misattribution(transaction, what.caller, what.id));
  SEGELL_TRY(const bool confirms, confirms_misattributions_of(transaction, what.caller, record.person));
  if (!confirms) return unknown_misattribution();
  SEGELL_CHECK(check_second_person(transaction, what.caller, record));
  base::Json step = step_json(what.head);
  step.set("answer", what.answer);
  step.set("reason", what.reason.reason);
  step.set("salt", base::to_base64url(what.reason.salt));
  record.words.set("decided", std::move(step));
  std::uint64_t index = 0;
  if (what.answer == kConfirm) {
    SEGELL_TRY(index, confirm(transaction, what, record));
    record.state = misattribution_state::kConfirmed;
  } else {
    const MisattributionRejected event{record.person, record.id, what.reason.commitment};
    SEGELL_TRY(index, transaction.append_event(encode(what.head, event), record.person));
    record.state = misattribution_state::kRejected;
  }
  SEGELL_CHECK(transaction.misattributions().update(record));
  return misattribution_answer(record, index);
}

}  // namespace

base::Result<Reply> decide_misattribution(Service& service, const Caller& caller, std::string_view misattribution,
                                          const MisattributionDecision& decision, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_confirming(caller));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::MisattributionId>(misattribution, "misattribution.unknown",
                                                                        "report of a wrong signer"));
  if (decision.answer != kConfirm && decision.answer != kReject) {
    return invalid("misattribution.bad-answer", "the answer is confirmed or rejected");
  }
  SEGELL_CHECK(check_reason_given(decision.reason));
  SEGELL_TRY(const SaltedReason reason, salted_reason(decision.reason));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  Decided what{caller, tenant->settings, id, decision.answer, reason, {state.clock.now(), caller.actor, caller.role},
               {}};
  for (std::size_t i = 0; i < kMostDecisions; ++i) what.errors.push_back(consent::DecisionId::make());
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto answer, decide_in(transaction, what));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
