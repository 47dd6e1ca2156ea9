#pragma once

#include "app/caller.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/time.h"
#include "consent/decide.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// The typed form of service/app/events.cddl: one struct an event, one number a kind, never reused. Golden files of each
// kind and version lie in tests/vectors/events/.

namespace segell::app {

enum class EventKind : std::uint8_t {
  document_stored = 1,
  notice_published = 2,
  person_created = 3,
  request_created = 4,
  document_frozen = 5,
  content_opened = 6,
  visit_opened = 7,
  act_sealed = 8,
  timestamp_appended = 9,
  decision_recorded = 10,
  evaluation_answered = 11,
  request_answered = 12,
  disclosure_opened = 13,
  envelope_opened = 14,
  person_erased = 15,
  token_issued = 16,
  token_revoked = 17,
  account_created = 30,
  account_changed = 31,
  role_given = 32,
  role_withdrawn = 33,
  login_succeeded = 34,
  login_failed = 35,
  session_changed = 36,
  session_ended = 37,
  person_assigned = 38,
  person_unassigned = 39,
  slips_issued = 40,
  slip_bound = 41,
  slip_opened = 42,
  slip_revoked = 43,
  slip_paper_made = 44,
  copy_chosen = 45,
  code_checked = 46,
  correction_asked = 50,
  correction_opened = 51,
  correction_answered = 52,
  device_enrolled = 60,
  device_revoked = 61,
  visit_prepared = 62,
  package_issued = 63,
  act_received = 64,
  act_set_aside = 65,
  act_refused = 66,
  request_cancelled = 80,
  link_renewed = 81,
  turn_reached = 82,
  requests_listed = 83,
  person_found = 84,
  account_shown = 100,
  notes_opened = 120,
  official_registered = 121,
  official_withdrawn = 122,
  on_behalf_consented = 123,
  receipt_made = 140,
  protection_set = 141,
  protection_removal_asked = 142,
  protection_removed = 143,
  protections_listed = 144,
  feedback_received = 145,
  feedback_opened = 146,
  feedback_answered = 147,
  misattribution_raised = 150,
  misattribution_rejected = 151,
  signature_repudiated = 152,
  envelope_erased = 153,
  incident_opened = 154,
  incident_ended = 155,
  misattribution_opened = 156,
  recipient_told = 157,
  access_refused = 158,
  void_record_made = 159,
  visit_withdrawn = 160,
  representation_recorded = 161,
  representation_changed = 162,
  holder_objected = 163,
  objection_ended = 164,
  birth_date_recorded = 165,
  capacity_review_due = 166,
  review_answered = 167,
  representations_listed = 168,
  reviews_listed = 169,
  recipient_notice_due = 170,
  seal_added = 180,
  proof_extended = 181,
};
/// "document-stored" …
std::string_view to_string(EventKind kind) noexcept;

/// Whether the seal's time is proven. Stored as a number.
enum class TimeState : std::uint8_t { none = 0, pending = 1, tsa = 2 };
std::string_view to_string(TimeState state) noexcept;

/// What every event says.
struct EventHead {
  base::Instant time{};
  ActorId actor;
  /// As what the actor came, in the events that say so: what opens something of a person, or answers them.
  std::optional<Role> role{};
};

/// A document up to and including one revision.
struct RevisionFact {
  std::uint32_t index = 0;
  std::uint64_t total_length = 0;
  base::Sha256 sha256{};
};
using ItemWord = std::pair<consent::ItemId, std::string>;

struct DocumentStored {
  base::DocumentId document;
  RevisionFact revision;
};
struct NoticePublished {
  std::string key;
  std::uint32_t version = 0;
  std::string language;
  base::Sha256 sha256{};
};
struct PersonCreated {
  base::PersonId person;
};
struct RequestCreated {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  base::Instant expires{};
  std::vector<ItemWord> items;  ///< with the kind of legal basis
};
struct DocumentFrozen {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  RevisionFact revision;
  std::vector<ItemWord> choices;  ///< with the decision
};
struct ContentOpened {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  std::optional<RequestId> request;
  std::uint32_t revision = 0;
};
struct VisitOpened {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
};
struct ActSealed {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  RevisionFact revision;
  std::string method;
  std::string meaning;
  base::Sha256 manifest{};
  TimeState time_state = TimeState::none;
  std::optional<base::Sha256> envelope;
  std::optional<storage::OfficialId> official{};              ///< entry of the register that let the actor sign
  std::optional<storage::RepresentationId> representation{};  ///< through which somebody signed for the person
};
struct TimestampAppended {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  RevisionFact revision;
  base::Instant token_time{};
};
struct DecisionRecorded {
  base::PersonId person;
  std::optional<base::DocumentId> document;
  std::optional<RequestId> request;
  consent::DecisionId decision;
  consent::DecisionKind kind = consent::DecisionKind::defer;
  consent::Scope scope;
  consent::BasisKind basis = consent::BasisKind::express_consent;
  std::optional<std::pair<std::string, std::uint32_t>> notice;
  std::optional<base::Instant> valid_until;
  std::string channel;
  std::optional<base::Instant> told;                          ///< by voice, before it was recorded
  std::optional<consent::DecisionId> voids{};                 ///< of entered-in-error: which decision
  std::optional<storage::RepresentationId> representation{};  ///< through which somebody decided for the person
};
struct EvaluationTag;
struct EvaluationAnswered {
  std::optional<base::PersonId> person;
  consent::Scope asked;
  base::Id<EvaluationTag> evaluation;
  consent::Answer answer;
  bool told = false;  ///< the caller's agreement covers the question
  std::string_view rules = consent::kRuleVersion;
};
struct RequestAnswered {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  std::string answer;
};
struct DisclosureOpened {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  std::uint32_t revision = 0;
};
struct EnvelopeOpened {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  std::uint32_t revision = 0;
};
struct PersonErased {
  base::PersonId person;
};
struct TokenIssued {
  std::vector<Right> rights;
};
/// The actor of its head is the credential that ends.
struct TokenRevoked {};
/// Slips of one request, or free ones for later.
struct SlipsIssued {
  std::vector<storage::SlipId> slips;
  std::optional<base::PersonId> person;
  std::optional<RequestId> request;
  base::Instant expires{};
};
struct SlipBound {
  storage::SlipId slip;
  base::PersonId person;
  std::optional<RequestId> request;
  base::Instant expires{};
};
/// What stands on it was shown to whoever holds it: its actor.
struct SlipOpened {
  storage::SlipId slip;
  base::PersonId person;
};
/// The paper left for whoever holds the slip.
struct SlipPaperMade {
  storage::SlipId slip;
  base::PersonId person;
  base::Sha256 sha256{};
};
struct CopyChosen {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  std::string copy;
  std::optional<storage::SlipId> slip;
};
/// The verdict on a stored document was told to whoever typed its printed code.
struct CodeChecked {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  std::uint32_t revision = 0;
  std::string verdict;
};
struct SlipRevoked {
  storage::SlipId slip;
  std::optional<base::PersonId> person;
};

base::Bytes encode(const EventHead& head, const DocumentStored& event);
base::Bytes encode(const EventHead& head, const NoticePublished& event);
base::Bytes encode(const EventHead& head, const PersonCreated& event);
base::Bytes encode(const EventHead& head, const RequestCreated& event);
base::Bytes encode(const EventHead& head, const DocumentFrozen& event);
base::Bytes encode(const EventHead& head, const ContentOpened& event);
base::Bytes encode(const EventHead& head, const VisitOpened& event);
base::Bytes encode(const EventHead& head, const ActSealed& event);
base::Bytes encode(const EventHead& head, const TimestampAppended& event);
base::Bytes encode(const EventHead& head, const DecisionRecorded& event);
base::Bytes encode(const EventHead& head, const EvaluationAnswered& event);
base::Bytes encode(const EventHead& head, const RequestAnswered& event);
base::Bytes encode(const EventHead& head, const DisclosureOpened& event);
base::Bytes encode(const EventHead& head, const EnvelopeOpened& event);
base::Bytes encode(const EventHead& head, const PersonErased& event);
base::Bytes encode(const EventHead& head, const TokenIssued& event);
base::Bytes encode(const EventHead& head, const TokenRevoked& event);
base::Bytes encode(const EventHead& head, const SlipsIssued& event);
base::Bytes encode(const EventHead& head, const SlipBound& event);
base::Bytes encode(const EventHead& head, const SlipOpened& event);
base::Bytes encode(const EventHead& head, const SlipRevoked& event);
base::Bytes encode(const EventHead& head, const SlipPaperMade& event);
base::Bytes encode(const EventHead& head, const CopyChosen& event);
base::Bytes encode(const EventHead& head, const CodeChecked& event);

}  // namespace segell::app
