#include "app/representations.h"

#include "checks.h"
#include "evidence_document.h"
#include "json_fields.h"
#include "misattribution_record.h"
#include "once.h"
#include "representation_check.h"
#include "representation_events.h"
#include "salted_reason.h"

#include <algorithm>
#include <set>

namespace segell::app {

namespace {

namespace states = representation_state;

constexpr std::string_view kBases[] = {representation_basis::kParental, representation_basis::kJudgment,
                                       representation_basis::kPublicGuardianship, representation_basis::kPower};
constexpr std::string_view kHolds[] = {"sole", "joint"};
constexpr std::string_view kEvidence[] = {"family-book", "register", "judgment", "resolution", "power"};
constexpr std::string_view kEntered[] = {states::kValid, states::kDenied, states::kRenounced, states::kRevoked,
                                         states::kAnnulled};
constexpr std::size_t kLongestReference = 300;
constexpr std::size_t kLongestChange = 1000;
constexpr std::size_t kMostPurposes = 64;
constexpr std::size_t kMostOfOnePerson = 30;

/// What is wanted, as far as it can be judged without the store.
base::Result<storage::RepresentationRecord> check_representation(const NewRepresentation& wanted, base::Instant now) {
  storage::RepresentationRecord record;
  if (!one_of(kBases, wanted.basis)) {
    return invalid("representation.bad-basis",
                   "it rests on parental-authority, a judgment, a public-guardianship or a power");
  }
  const bool parental = wanted.basis == representation_basis::kParental;
  if (parental ? !one_of(kHolds, wanted.holds) : !wanted.holds.empty()) {
    return invalid("representation.bad-holds", "parental authority is held sole or joint, and nothing else is");
  }
  const std::set<std::string> different(wanted.scope.begin(), wanted.scope.end());
  if (different.size() != wanted.scope.size() || wanted.scope.size() > kMostPurposes ||
      !std::all_of(wanted.scope.begin(), wanted.scope.end(), consent::is_code)) {
    return invalid("representation.bad-scope", "the scope is up to 64 different codes of purposes",
                   "leave it empty where it reaches everything");
  }
  record.from = now;
  if (wanted.from) {
    SEGELL_TRY(record.from, base::parse_rfc3339(*wanted.from));
  }
  if (wanted.until) {
    SEGELL_TRY(record.until, base::parse_rfc3339(*wanted.until));
    if (*record.until <= record.from || *record.until <= now) {
      return invalid("representation.bad-period", "it ends after it begins, and after today");
    }
  }
  if (!one_of(kEvidence, wanted.evidence.kind) || !is_plain_text(wanted.evidence.reference, kLongestReference)) {
    return invalid(
        "representation.bad-evidence",
        "the evidence is a family-book, register, judgment, resolution or power, with its reference in up to "
        "300 octets");
  }
  record.basis = wanted.basis;
  record.holds = wanted.holds;
  record.purposes = wanted.scope;
  record.state = wanted.evidence.seen ? states::kValid : states::kPendingValidation;
  record.created = now;
  return record;
}

base::Json evidence_words(const NewRepresentation::Evidence& evidence, const EventHead& head) {
  base::Json json = base::Json::object({{"kind", evidence.kind}, {"reference", evidence.reference}});
  if (evidence.seen) json.set("seen", step_json(head));
  return json;
}

base::Failure conflict(std::string_view reason, const char* message, const char* hint) {
  return base::fail(base::Code::conflict, reason, message, hint);
}

/// Beside what is recorded already.
base::Result<void> check_beside(const storage::View& view, const storage::RepresentationRecord& wanted,
                                const std::optional<consent::BirthDate>& born, base::Instant now) {
  const bool parental = wanted.basis == representation_basis::kParental;
  if (parental && consent::age_band(born, now) == consent::AgeBand::adult) {
    return conflict("representation.of-age", "nobody holds parental authority over somebody who is 18",
                    "put the date of birth right, or enter the judgment");
  }
  SEGELL_TRY(const auto others, view.representations().of_person(wanted.person));
  if (others.size() >= kMostOfOnePerson) {
    return conflict("representation.too-many", "thirty representations are recorded for one person",
                    "change the state of one that is there");
  }
  for (const storage::RepresentationRecord& other : others) {
    const std::string_view state = state_at(other, born, now);
    if (state != states::kValid && state != states::kPendingValidation) continue;
    if (other.basis != wanted.basis) continue;
    if (other.representative == wanted.representative) {
      return conflict("representation.there", "that one is recorded already", "change its state instead");
    }
    if (parental && (wanted.holds == "sole" || other.holds == "sole")) {
      return conflict("representation.holds", "somebody holds parental authority alone, and another one beside them",
                      "say of both that they hold it jointly, or end the other one");
    }
  }
  return base::ok();
}

base::Json answer_about(const storage::RepresentationRecord& record, std::uint64_t index) {
  return base::Json::object(
      {{"representation",
        base::Json::object({{"id", record.id.text()}, {"state", record.state}, {"logIndex", index}})}});
}

bool may_follow(std::string_view now, std::string_view next) {
  if (next == states::kAnnulled) return now != states::kAnnulled && now != states::kDenied;
  if (next == states::kValid || next == states::kDenied)
    return now == states::kPendingValidation || now == states::kPendingSignature;
  return now == states::kValid;
}

base::Result<base::Json> change_in(storage::Transaction& transaction, const EventHead& head,
                                   storage::RepresentationRecord record, const std::string& next,
                                   const SaltedReason& reason) {
  SEGELL_TRY(const auto person, transaction.persons().get(record.person));
  SEGELL_TRY(const auto born, birth_date_of(person.profile));
  const std::string_view now = state_at(record, born, head.time);
  if (!may_follow(now, next)) {
    return base::fail(base::Code::conflict, "representation.transition",
                      "what is " + std::string(now) + " does not become " + next,
                      "enter a new representation where somebody represents the person again");
  }
  record.state = next;
  if (next == states::kRenounced || next == states::kRevoked) record.ended = head.time;
  if (record.words.is_null()) record.words = base::Json::object();  // the representative was erased
  if (base::Json evidence = member_or_null(record.words, "evidence"); !evidence.is_null() && next == states::kValid) {
    evidence.set("seen", step_json(head));
    record.words.set("evidence", std::move(evidence));
  }
  base::Json step = step_json(head);
  step.set("state", next);
  step.set("why", reason.json());
  base::Json changes = member_or_null(record.words, "changes");
  if (changes.is_null()) changes = base::Json::array();
  changes.push(std::move(step));
  record.words.set("changes", std::move(changes));
  const RepresentationChanged event{record.person, record.id, next, reason.commitment};
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), record.person));
  SEGELL_CHECK(transaction.representations().update(record));
  return answer_about(record, index);
}

}  // namespace

base::Result<Reply> record_representation(Service& service, const Caller& caller, std::string_view person,
                                          const NewRepresentation& wanted, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  SEGELL_TRY(const auto representative,
             parse_or_unknown<base::PersonId>(wanted.representative, "representative.unknown", "representative"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(storage::RepresentationRecord record, check_representation(wanted, head.time));
  record.id = storage::RepresentationId::make();
  record.person = id;
  record.representative = representative;
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(const auto represented, reachable_person(transaction, caller, id));
               if (representative == id) return invalid("representation.self", "nobody represents themselves");
               if (!reachable_person(transaction, caller, representative)) {
                 return base::fail(base::Code::not_found, "representative.unknown", "no such representative");
               }
               SEGELL_TRY(const auto born, birth_date_of(represented.profile));
               SEGELL_CHECK(check_beside(transaction, record, born, head.time));
               storage::RepresentationRecord row = record;
               base::Json evidence = evidence_words(wanted.evidence, head);
               SEGELL_TRY(const auto document, evidence_document(transaction, caller, wanted.evidence.document));
               if (document) evidence.set("document", document->text());
               row.words = base::Json::object({{"evidence", std::move(evidence)}});
               const RepresentationRecorded event{id, row.id, representative, row.basis, row.state};
               SEGELL_TRY(row.log_index, transaction.append_event(encode(head, event), id));
               SEGELL_CHECK(transaction.representations().add(row));
               base::Json answer = answer_about(row, row.log_index);
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<Reply> change_representation(Service& service, const Caller& caller, std::string_view representation,
                                          const RepresentationChange& change, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  if (!one_of(kEntered, change.state)) {
    return invalid("representation.bad-state", "the state is valida, denegada, renunciada, revocada or anulada",
                   "it expires by itself");
  }
  if (!is_plain_text(change.reason, kLongestChange, /*lines=*/true)) {
    return invalid("representation.bad-reason", "say why, in up to 1000 octets of plain text");
  }
  SEGELL_TRY(const SaltedReason reason, salted_reason(change.reason));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, load_representation(transaction, representation));
               SEGELL_CHECK(require_visible(transaction, caller, {.person = record.person}, "representation.unknown",
                                            "representation"));
               SEGELL_TRY(auto answer, change_in(transaction, head, std::move(record), change.state, reason));
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
