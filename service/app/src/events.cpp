#include "events.h"

#include "event_builder.h"

namespace segell::app {

namespace {

using base::Cbor;
using event_parts::Builder;
using event_parts::digest;
using event_parts::id;
using event_parts::moment;
using event_parts::number;
using event_parts::word;

}  // namespace

std::string_view to_string(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::document_stored:
      return "document-stored";
    case EventKind::notice_published:
      return "notice-published";
    case EventKind::person_created:
      return "person-created";
    case EventKind::request_created:
      return "request-created";
    case EventKind::document_frozen:
      return "document-frozen";
    case EventKind::content_opened:
      return "content-opened";
    case EventKind::visit_opened:
      return "visit-opened";
    case EventKind::act_sealed:
      return "act-sealed";
    case EventKind::timestamp_appended:
      return "timestamp-appended";
    case EventKind::decision_recorded:
      return "decision-recorded";
    case EventKind::evaluation_answered:
      return "evaluation-answered";
    case EventKind::request_answered:
      return "request-answered";
    case EventKind::disclosure_opened:
      return "disclosure-opened";
    case EventKind::envelope_opened:
      return "envelope-opened";
    case EventKind::person_erased:
      return "person-erased";
    case EventKind::token_issued:
      return "token-issued";
    case EventKind::token_revoked:
      return "token-revoked";
    case EventKind::account_created:
      return "account-created";
    case EventKind::account_changed:
      return "account-changed";
    case EventKind::role_given:
      return "role-given";
    case EventKind::role_withdrawn:
      return "role-withdrawn";
    case EventKind::login_succeeded:
      return "login-succeeded";
    case EventKind::login_failed:
      return "login-failed";
    case EventKind::session_changed:
      return "session-changed";
    case EventKind::session_ended:
      return "session-ended";
    case EventKind::person_assigned:
      return "person-assigned";
    case EventKind::person_unassigned:
      return "person-unassigned";
    case EventKind::slips_issued:
      return "slips-issued";
    case EventKind::slip_bound:
      return "slip-bound";
    case EventKind::slip_opened:
      return "slip-opened";
    case EventKind::slip_revoked:
      return "slip-revoked";
    case EventKind::slip_paper_made:
      return "slip-paper-made";
    case EventKind::copy_chosen:
      return "copy-chosen";
    case EventKind::code_checked:
      return "code-checked";
    case EventKind::correction_asked:
      return "correction-asked";
    case EventKind::correction_opened:
      return "correction-opened";
    case EventKind::correction_answered:
      return "correction-answered";
    case EventKind::device_enrolled:
      return "device-enrolled";
    case EventKind::device_revoked:
      return "device-revoked";
    case EventKind::visit_prepared:
      return "visit-prepared";
    case EventKind::package_issued:
      return "package-issued";
    case EventKind::act_received:
      return "act-received";
    case EventKind::act_set_aside:
      return "act-set-aside";
    case EventKind::act_refused:
      return "act-refused";
    case EventKind::request_cancelled:
      return "request-cancelled";
    case EventKind::link_renewed:
      return "link-renewed";
    case EventKind::turn_reached:
      return "turn-reached";
    case EventKind::requests_listed:
      return "requests-listed";
    case EventKind::person_found:
      return "person-found";
    case EventKind::receipt_made:
      return "receipt-made";
    case EventKind::protection_set:
      return "protection-set";
    case EventKind::protection_removal_asked:
      return "protection-removal-asked";
    case EventKind::protection_removed:
      return "protection-removed";
    case EventKind::protections_listed:
      return "protections-listed";
    case EventKind::feedback_received:
      return "feedback-received";
    case EventKind::feedback_opened:
      return "feedback-opened";
    case EventKind::feedback_answered:
      return "feedback-answered";
    case EventKind::misattribution_raised:
      return "misattribution-raised";
    case EventKind::misattribution_rejected:
      return "misattribution-rejected";
    case EventKind::signature_repudiated:
      return "signature-repudiated";
    case EventKind::envelope_erased:
      return "envelope-erased";
    case EventKind::incident_opened:
      return "incident-opened";
    case EventKind::incident_ended:
      return "incident-ended";
    case EventKind::misattribution_opened:
      return "misattribution-opened";
    case EventKind::recipient_told:
      return "recipient-told";
    case EventKind::access_refused:
      return "access-refused";
    case EventKind::void_record_made:
      return "void-record-made";
    case EventKind::visit_withdrawn:
      return "visit-withdrawn";
    case EventKind::representation_recorded:
      return "representation-recorded";
    case EventKind::representation_changed:
      return "representation-changed";
    case EventKind::holder_objected:
      return "holder-objected";
    case EventKind::objection_ended:
      return "objection-ended";
    case EventKind::birth_date_recorded:
      return "birth-date-recorded";
    case EventKind::capacity_review_due:
      return "capacity-review-due";
    case EventKind::review_answered:
      return "review-answered";
    case EventKind::representations_listed:
      return "representations-listed";
    case EventKind::reviews_listed:
      return "reviews-listed";
    case EventKind::recipient_notice_due:
      return "recipient-notice-due";
    case EventKind::seal_added:
      return "seal-added";
    case EventKind::proof_extended:
      return "proof-extended";
    case EventKind::account_shown:
      return "account-shown";
    case EventKind::notes_opened:
      return "notes-opened";
    case EventKind::official_registered:
      return "official-registered";
    case EventKind::official_withdrawn:
      return "official-withdrawn";
    case EventKind::on_behalf_consented:
      return "on-behalf-consented";
  }
  return "unknown";
}

std::string_view to_string(TimeState state) noexcept {
  switch (state) {
    case TimeState::none:
      return "none";
    case TimeState::pending:
      return "pending";
    case TimeState::tsa:
      return "tsa";
  }
  return "none";
}

base::Bytes encode(const EventHead& head, const DocumentStored& event) {
  return Builder(EventKind::document_stored, head).put(5, id(event.document)).revision(event.revision).finish();
}

base::Bytes encode(const EventHead& head, const NoticePublished& event) {
  return Builder(EventKind::notice_published, head)
      .put(20, word(event.key))
      .put(21, number(event.version))
      .put(22, word(event.language))
      .put(23, digest(event.sha256))
      .finish();
}

base::Bytes encode(const EventHead& head, const PersonCreated& event) {
  return Builder(EventKind::person_created, head).put(4, id(event.person)).finish();
}

base::Bytes encode(const EventHead& head, const RequestCreated& event) {
  return Builder(EventKind::request_created, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .put(24, moment(event.expires))
      .item_words(34, event.items)
      .finish();
}

base::Bytes encode(const EventHead& head, const DocumentFrozen& event) {
  return Builder(EventKind::document_frozen, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .revision(event.revision)
      .item_words(35, event.choices)
      .finish();
}

base::Bytes encode(const EventHead& head, const ContentOpened& event) {
  return Builder(EventKind::content_opened, head)
      .role()
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .put_if(6, event.request, [](const RequestId& request) { return id(request); })
      .put(8, number(event.revision))
      .finish();
}

base::Bytes encode(const EventHead& head, const VisitOpened& event) {
  return Builder(EventKind::visit_opened, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .finish();
}

base::Bytes encode(const EventHead& head, const ActSealed& event) {
  return Builder(EventKind::act_sealed, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .revision(event.revision)
      .put(12, word(event.method))
      .put(13, word(event.meaning))
      .put(14, digest(event.manifest))
      .put(15, Cbor(static_cast<std::int64_t>(event.time_state)))
      .put_if(38, event.envelope, digest)
      .put_if(121, event.official, [](const storage::OfficialId& official) { return id(official); })
      .put_if(160, event.representation, [](const storage::RepresentationId& power) { return id(power); })
      .finish();
}

base::Bytes encode(const EventHead& head, const TimestampAppended& event) {
  return Builder(EventKind::timestamp_appended, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .revision(event.revision)
      .put(16, moment(event.token_time))
      .finish();
}

base::Bytes encode(const EventHead& head, const DecisionRecorded& event) {
  Builder builder(EventKind::decision_recorded, head);
  builder.put(4, id(event.person))
      .put_if(5, event.document, id<base::DocumentTag>)
      .put_if(6, event.request, [](const RequestId& request) { return id(request); })
      .put(7, id(event.decision))
      .put(11, word(to_string(event.kind)))
      .scope(event.scope)
      .put(28, word(to_string(event.basis)))
      .put_if(24, event.valid_until, moment)
      .put(37, word(event.channel))
      .put_if(66, event.told, moment)
      .put_if(154, event.voids, [](const consent::DecisionId& decision) { return id(decision); })
      .put_if(160, event.representation,
              [](const storage::RepresentationId& representation) { return id(representation); });
  if (event.notice) builder.put(20, word(event.notice->first)).put(21, number(event.notice->second));
  return builder.finish();
}

base::Bytes encode(const EventHead& head, const EvaluationAnswered& event) {
  Builder builder(EventKind::evaluation_answered, head);
  builder.put_if(4, event.person, id<base::PersonTag>)
      .scope(event.asked)
      .put(25, id(event.evaluation))
      .put(26, Cbor(event.answer.permit))
      .put_if(29, event.answer.based_on, [](const consent::DecisionId& decision) { return id(decision); })
      .put(30, Cbor(event.told))
      .put(31, word(event.rules));
  if (!event.answer.permit) builder.put(27, word(to_string(event.answer.reason)));
  if (event.answer.basis) builder.put(28, word(to_string(event.answer.basis->kind)));
  if (event.answer.basis_shopping) builder.put(36, Cbor(true));
  return builder.finish();
}

base::Bytes encode(const EventHead& head, const RequestAnswered& event) {
  return Builder(EventKind::request_answered, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .put(32, word(event.answer))
      .finish();
}

base::Bytes encode(const EventHead& head, const DisclosureOpened& event) {
  return Builder(EventKind::disclosure_opened, head)
      .role()
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .put(8, number(event.revision))
      .finish();
}

base::Bytes encode(const EventHead& head, const EnvelopeOpened& event) {
  return Builder(EventKind::envelope_opened, head)
      .role()
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .put(8, number(event.revision))
      .finish();
}

base::Bytes encode(const EventHead& head, const PersonErased& event) {
  return Builder(EventKind::person_erased, head).put(4, id(event.person)).finish();
}

base::Bytes encode(const EventHead& head, const TokenIssued& event) {
  Cbor::Array rights;
  for (const Right right : event.rights) rights.push_back(word(to_string(right)));
  return Builder(EventKind::token_issued, head).put(33, std::move(rights)).finish();
}

base::Bytes encode(const EventHead& head, const TokenRevoked& /*event*/) {
  return Builder(EventKind::token_revoked, head).finish();
}

base::Bytes encode(const EventHead& head, const SlipsIssued& event) {
  Cbor::Array slips;
  for (const storage::SlipId& slip : event.slips) slips.push_back(id(slip));
  return Builder(EventKind::slips_issued, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put_if(6, event.request, [](const RequestId& request) { return id(request); })
      .put(24, moment(event.expires))
      .put(61, std::move(slips))
      .finish();
}

base::Bytes encode(const EventHead& head, const SlipBound& event) {
  return Builder(EventKind::slip_bound, head)
      .put(4, id(event.person))
      .put_if(6, event.request, [](const RequestId& request) { return id(request); })
      .put(24, moment(event.expires))
      .put(60, id(event.slip))
      .finish();
}

base::Bytes encode(const EventHead& head, const SlipOpened& event) {
  return Builder(EventKind::slip_opened, head).put(4, id(event.person)).put(60, id(event.slip)).finish();
}

base::Bytes encode(const EventHead& head, const SlipRevoked& event) {
  return Builder(EventKind::slip_revoked, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(60, id(event.slip))
      .finish();
}

base::Bytes encode(const EventHead& head, const SlipPaperMade& event) {
  return Builder(EventKind::slip_paper_made, head)
      .put(4, id(event.person))
      .put(60, id(event.slip))
      .put(62, digest(event.sha256))
      .finish();
}

base::Bytes encode(const EventHead& head, const CopyChosen& event) {
  return Builder(EventKind::copy_chosen, head)
      .put(4, id(event.person))
      .put(5, id(event.document))
      .put(6, id(event.request))
      .put_if(60, event.slip, [](const storage::SlipId& slip) { return id(slip); })
      .put(63, word(event.copy))
      .finish();
}

base::Bytes encode(const EventHead& head, const CodeChecked& event) {
  return Builder(EventKind::code_checked, head)
      .put_if(4, event.person, id<base::PersonTag>)
      .put(5, id(event.document))
      .put(8, number(event.revision))
      .put(64, word(event.verdict))
      .finish();
}

}  // namespace segell::app
