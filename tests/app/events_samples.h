#pragma once

#include "account_events.h"
#include "correction_events.h"
#include "feedback_events.h"
#include "misattribution_events.h"
#include "official_events.h"
#include "protection_events.h"
#include "receipt_events.h"
#include "recipient_events.h"
#include "representation_events.h"
#include "request_events.h"
#include "seal_events.h"
#include "visit_events.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace segell::app::test {

template <class Id>
Id made_up(int n) {
  std::array<std::byte, 16> bits{};
  bits.fill(static_cast<std::byte>(n));
  return Id(bits);
}
inline base::Sha256 made_up_digest(int n) {
  base::Sha256 digest{};
  digest.fill(static_cast<std::byte>(n));
  return digest;
}

/// One event of each kind, always the same, with its file name: all optional facts set in the kinds that have them, and
/// none in the ".least" ones.
struct Sample {
  std::string name;
  base::Bytes bytes;
};

inline std::vector<Sample> sample_events() {
  const base::Instant time{std::chrono::microseconds(1'790'000'000'123'456)};
  const EventHead head{time, made_up<ActorId>(3)};
  const auto person = made_up<base::PersonId>(4);
  const auto document = made_up<base::DocumentId>(5);
  const auto request = made_up<RequestId>(6);
  const auto decision = made_up<consent::DecisionId>(7);
  const auto item = made_up<consent::ItemId>(8);
  const auto account = made_up<AccountId>(50);
  const auto session = made_up<SessionId>(53);
  const auto slip = made_up<storage::SlipId>(60);
  const auto correction = made_up<storage::CorrectionId>(70);
  const auto feedback = made_up<storage::FeedbackId>(110);
  const auto protection = made_up<storage::ProtectionFlagId>(101);
  const auto misattribution = made_up<storage::MisattributionId>(150);
  const auto device = made_up<storage::DeviceId>(80);
  const auto visit = made_up<storage::VisitId>(82);
  const auto official = made_up<storage::OfficialId>(121);
  const auto representation = made_up<storage::RepresentationId>(160);
  const auto representative = made_up<base::PersonId>(161);
  const auto objection = made_up<storage::ObjectionId>(165);
  const auto review = made_up<storage::ReviewId>(166);
  const CarriedRequest carried{person, document, request, device, visit};
  const EventHead by_role{time, made_up<ActorId>(3), Role::professional};
  const RevisionFact revision{2, 123'456, made_up_digest(10)};
  const consent::Scope scope{"meal-grant", "income.tax", "A09002970"};
  consent::Answer permit;
  permit.permit = true;
  permit.basis = consent::LegalBasis{};
  permit.based_on = decision;
  permit.basis_shopping = true;
  consent::Answer denial;
  denial.reason = consent::Reason::withdrawn;
  const auto evaluation = made_up<base::Id<EvaluationTag>>(25);
  return {
      {"document-stored", encode(head, DocumentStored{document, revision})},
      {"notice-published", encode(head, NoticePublished{"tax", 3, "ca", made_up_digest(23)})},
      {"person-created", encode(head, PersonCreated{person})},
      {"request-created", encode(head, RequestCreated{person, document, request, time, {{item, "EXPRESS_CONSENT"}}})},
      {"document-frozen", encode(head, DocumentFrozen{person, document, request, revision, {{item, "grant"}}})},
      {"content-opened", encode(head, ContentOpened{person, document, request, 2})},
      {"content-opened.least", encode(head, ContentOpened{{}, document, {}, 0})},
      {"content-opened.role", encode(by_role, ContentOpened{person, document, {}, 2})},
      {"visit-opened", encode(head, VisitOpened{person, document, request})},
      {"act-sealed", encode(head, ActSealed{person, document, request, revision, "drawn-with-dynamics", "agree",
                                            made_up_digest(14), TimeState::tsa, made_up_digest(38)})},
      {"act-sealed.least",
       encode(
           head,
           ActSealed{
               person, document, request, revision, "button", "informed", made_up_digest(14), TimeState::pending, {}})},
      {"act-sealed.official", encode(head, ActSealed{person,
                                                     document,
                                                     request,
                                                     revision,
                                                     "official",
                                                     "agree",
                                                     made_up_digest(14),
                                                     TimeState::none,
                                                     {},
                                                     official})},
      {"act-sealed.represented", encode(head, ActSealed{person,
                                                        document,
                                                        request,
                                                        revision,
                                                        "drawn",
                                                        "agree",
                                                        made_up_digest(14),
                                                        TimeState::none,
                                                        {},
                                                        {},
                                                        representation})},
      {"timestamp-appended", encode(head, TimestampAppended{person, document, revision, time})},
      {"seal-added", encode(head, SealAdded{person, document, revision, made_up_digest(180), TimeState::pending})},
      {"proof-extended", encode(head, ProofExtended{person, document, revision, "B-LTA", time})},
      {"proof-extended.least", encode(EventHead{time, ActorId()}, ProofExtended{{}, document, revision, "B-LT", time})},
      {"seal-added.least", encode(head, SealAdded{{}, document, revision, made_up_digest(180), TimeState::none})},
      {"decision-recorded", encode(head, DecisionRecorded{person,
                                                          document,
                                                          request,
                                                          decision,
                                                          consent::DecisionKind::grant,
                                                          scope,
                                                          consent::BasisKind::express_consent,
                                                          std::pair(std::string("tax"), 3U),
                                                          time,
                                                          "visit",
                                                          {}})},
      {"decision-recorded.least", encode(head, DecisionRecorded{person,
                                                                {},
                                                                {},
                                                                decision,
                                                                consent::DecisionKind::withdraw,
                                                                {},
                                                                consent::BasisKind::express_consent,
                                                                {},
                                                                {},
                                                                "phone",
                                                                {}})},
      {"decision-recorded.told", encode(head, DecisionRecorded{person,
                                                               {},
                                                               {},
                                                               decision,
                                                               consent::DecisionKind::withdraw,
                                                               scope,
                                                               consent::BasisKind::express_consent,
                                                               {},
                                                               {},
                                                               "phone",
                                                               time})},
      {"decision-recorded.error", encode(head, DecisionRecorded{person,
                                                                document,
                                                                request,
                                                                decision,
                                                                consent::DecisionKind::enter_in_error,
                                                                scope,
                                                                consent::BasisKind::express_consent,
                                                                {},
                                                                {},
                                                                "annulment",
                                                                {},
                                                                made_up<consent::DecisionId>(154)})},
      {"decision-recorded.represented", encode(head, DecisionRecorded{person,
                                                                      document,
                                                                      request,
                                                                      decision,
                                                                      consent::DecisionKind::grant,
                                                                      scope,
                                                                      consent::BasisKind::express_consent,
                                                                      {},
                                                                      time,
                                                                      "visit",
                                                                      {},
                                                                      {},
                                                                      representation})},
      {"evaluation-answered", encode(head, EvaluationAnswered{person, scope, evaluation, permit, true, "1"})},
      {"evaluation-answered.least", encode(head, EvaluationAnswered{{}, {}, evaluation, denial, false, "1"})},
      {"request-answered", encode(head, RequestAnswered{person, document, request, "refused"})},
      {"disclosure-opened", encode(head, DisclosureOpened{person, document, 2})},
      {"envelope-opened", encode(head, EnvelopeOpened{person, document, 2})},
      {"disclosure-opened.role", encode(by_role, DisclosureOpened{person, document, 2})},
      {"envelope-opened.role", encode(by_role, EnvelopeOpened{person, document, 2})},
      {"person-erased", encode(head, PersonErased{person})},
      {"token-issued", encode(head, TokenIssued{{Right::evaluate, Right::documents_read}})},
      {"token-revoked", encode(head, TokenRevoked{})},
      {"account-created", encode(head, AccountCreated{account})},
      {"account-changed", encode(head, AccountChanged{account, "activated"})},
      {"role-given", encode(head, RoleGiven{account, Role::citizen, person})},
      {"role-given.least", encode(head, RoleGiven{account, Role::auditor, {}})},
      {"role-withdrawn", encode(head, RoleWithdrawn{account, Role::representative, person})},
      {"login-succeeded", encode(head, LoginSucceeded{{account, session, "low", "password", Role::citizen, person}})},
      {"login-succeeded.least", encode(head, LoginSucceeded{{account, session, "low", "activation", {}, {}}})},
      {"login-failed", encode(head, LoginFailed{account, "password", "wrong-password"})},
      {"login-failed.least", encode(head, LoginFailed{{}, "password", "unknown-name"})},
      {"session-changed",
       encode(head, SessionChanged{{account, session, "substantial", "totp", Role::professional, {}}})},
      {"session-ended", encode(head, SessionEnded{account, session, "logout"})},
      {"session-ended.least", encode(head, SessionEnded{account, {}, "logout-everywhere"})},
      {"person-assigned", encode(head, PersonAssigned{person, account})},
      {"person-unassigned", encode(head, PersonUnassigned{person, account})},
      {"slips-issued", encode(head, SlipsIssued{{slip}, person, request, time})},
      {"slips-issued.least", encode(head, SlipsIssued{{slip, made_up<storage::SlipId>(61)}, {}, {}, time})},
      {"slip-bound", encode(head, SlipBound{slip, person, request, time})},
      {"slip-opened", encode(head, SlipOpened{slip, person})},
      {"receipt-made", encode(by_role, ReceiptMade{person, decision, made_up_digest(100)})},
      {"protection-set", encode(by_role, ProtectionSet{person, protection, "excluded-person", made_up_digest(103)})},
      {"protection-set.document",
       encode(by_role, ProtectionSet{person, protection, "confidential", made_up_digest(103), document})},
      {"protection-removal-asked", encode(by_role, ProtectionRemovalAsked{person, protection, made_up_digest(103)})},
      {"protection-removed", encode(by_role, ProtectionRemoved{person, protection, made_up_digest(103)})},
      {"protections-listed", encode(by_role, ProtectionsListed{person})},
      {"feedback-received", encode(EventHead{time, ActorId()}, FeedbackReceived{feedback})},
      {"feedback-opened", encode(by_role, FeedbackOpened{feedback})},
      {"feedback-answered", encode(by_role, FeedbackAnswered{feedback})},
      {"misattribution-raised",
       encode(by_role, MisattributionRaised{person, document, request, misattribution, made_up_digest(151)})},
      {"misattribution-rejected", encode(by_role, MisattributionRejected{person, misattribution, made_up_digest(151)})},
      {"signature-repudiated",
       encode(by_role, SignatureRepudiated{person, document, request, misattribution, 2, made_up_digest(10),
                                           made_up_digest(14), made_up_digest(151)})},
      {"envelope-erased", encode(by_role, EnvelopeErased{person, document, 2, made_up_digest(38), misattribution})},
      {"incident-opened",
       encode(by_role, IncidentOpened{person, document, misattribution, time, time + std::chrono::hours(72)})},
      {"incident-ended", encode(by_role, IncidentEnded{person, "not-needed", misattribution, made_up_digest(151)})},
      {"misattribution-opened", encode(by_role, MisattributionOpened{person, misattribution})},
      {"void-record-made", encode(by_role, VoidRecordMade{person, document, made_up_digest(155)})},
      {"void-record-made.least", encode(by_role, VoidRecordMade{{}, document, made_up_digest(155)})},
      {"access-refused", encode(by_role, AccessRefused{person, document})},
      {"access-refused.least", encode(by_role, AccessRefused{person, {}})},
      {"recipient-told", encode(by_role, RecipientTold{person, "ensenyament", misattribution})},
      {"slip-paper-made", encode(head, SlipPaperMade{slip, person, made_up_digest(62)})},
      {"copy-chosen", encode(head, CopyChosen{person, document, request, "phone", slip})},
      {"copy-chosen.least", encode(head, CopyChosen{person, document, request, "none", {}})},
      {"code-checked", encode(EventHead{time, ActorId()}, CodeChecked{person, document, 2, "unchanged"})},
      {"code-checked.least", encode(EventHead{time, ActorId()}, CodeChecked{{}, document, 2, "unknown"})},
      {"slip-revoked", encode(head, SlipRevoked{slip, person})},
      {"slip-revoked.least", encode(head, SlipRevoked{slip, {}})},
      {"correction-asked", encode(head, CorrectionAsked{person, document, correction, "web"})},
      {"correction-asked.least", encode(head, CorrectionAsked{person, {}, correction, "counter"})},
      {"correction-opened", encode(by_role, CorrectionOpened{person, correction})},
      {"correction-answered", encode(by_role, CorrectionAnswered{person, correction, "refused"})},
      {"device-enrolled", encode(head, DeviceEnrolled{device, made_up_digest(81)})},
      {"device-revoked", encode(head, DeviceRevoked{device, "lost"})},
      {"visit-prepared", encode(head, VisitPrepared{carried, time})},
      {"visit-withdrawn", encode(head, VisitWithdrawn{carried})},
      {"package-issued", encode(by_role, PackageIssued{carried, made_up_digest(83), time})},
      {"act-received",
       encode(head, ActReceived{carried, "signed", made_up_digest(83), 1'234'567'890'123, made_up_digest(85)})},
      {"act-set-aside", encode(EventHead{time, ActorId()},
                               ActSetAside{person, request, device, visit, made_up_digest(83), "nonce.expired"})},
      {"act-set-aside.least",
       encode(EventHead{time, ActorId()}, ActSetAside{{}, request, device, visit, made_up_digest(83), "act.stale"})},
      {"act-refused", encode(head, ActRefused{device, visit, "act.counter-used"})},
      {"request-cancelled", encode(head, RequestCancelled{person, document, request})},
      {"link-renewed", encode(head, LinkRenewed{person, document, request, time})},
      {"turn-reached", encode(head, TurnReached{person, document, request})},
      {"requests-listed", encode(by_role, RequestsListed{person})},
      {"notes-opened", encode(by_role, NotesOpened{person, document, request})},
      {"official-registered", encode(head, OfficialRegistered{official, account, time, time, made_up_digest(123)})},
      {"official-registered.least", encode(head, OfficialRegistered{official, account, time, time, {}})},
      {"official-withdrawn", encode(head, OfficialWithdrawn{official, account})},
      {"on-behalf-consented", encode(head, OnBehalfConsented{person, document, request, made_up_digest(124), "agree"})},
      {"person-found", encode(by_role, PersonFound{person})},
      {"account-shown", encode(by_role, AccountShown{person, account})},
      {"representation-recorded",
       encode(by_role, RepresentationRecorded{person, representation, representative, "parental-authority", "valida"})},
      {"representation-changed",
       encode(by_role, RepresentationChanged{person, representation, "revocada", made_up_digest(164)})},
      {"holder-objected", encode(by_role, HolderObjected{person, document, representation, objection, scope, "email",
                                                         made_up_digest(164)})},
      {"holder-objected.least",
       encode(by_role, HolderObjected{person, {}, representation, objection, {}, "counter", made_up_digest(164)})},
      {"objection-ended",
       encode(by_role, ObjectionEnded{person, document, objection, "judgment", made_up_digest(164)})},
      {"objection-ended.least", encode(by_role, ObjectionEnded{person, {}, objection, "holder", made_up_digest(164)})},
      {"birth-date-recorded", encode(by_role, BirthDateRecorded{person, "family-book", made_up_digest(164)})},
      {"birth-date-recorded.least", encode(by_role, BirthDateRecorded{person, "declared", {}})},
      {"capacity-review-due", encode(by_role, CapacityReviewDue{person, review, "objection", objection})},
      {"capacity-review-due.least",
       encode(EventHead{time, ActorId()}, CapacityReviewDue{person, review, "turned-14", {}})},
      {"review-answered", encode(by_role, ReviewAnswered{person, review, made_up_digest(164)})},
      {"representations-listed", encode(by_role, RepresentationsListed{person})},
      {"reviews-listed", encode(by_role, ReviewsListed{person})},
      {"recipient-notice-due", encode(by_role, RecipientNoticeDue{person, review, {"ensenyament", "web"}})},
      {"recipient-notice-due.least", encode(head, RecipientNoticeDue{person, review, {"ensenyament"}})},
  };
}

}  // namespace segell::app::test
