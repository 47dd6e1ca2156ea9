// The fake service: what a person reads and asks for, and what others record about them.

#include "http/fake_calls.h"

#include "app/feedback.h"
#include "app/mine.h"
#include "app/misattributions.h"
#include "app/protections.h"
#include "app/representations.h"
#include "app/reviews.h"
#include "app/told_decision.h"

namespace segell::app {

using base::Json;
using base::Result;
using tests::content;
using tests::key_of;
using tests::note;
using tests::reply;

Result<Reply> record_told_decision(Service&, const Caller&, std::string_view person, const ToldDecision& told,
                                   const Idempotency&) {
  note("record_told_decision", person, told.kind, told.purpose, told.category, told.recipient, told.heard_by,
       told.heard_at, told.channel, told.language, told.text.value_or("-"));
  return reply("decision");
}
Result<Json> list_my_documents(Service&, const Caller&, const Page& page) {
  note("list_my_documents", page.cursor, std::to_string(page.limit));
  return Json::object({{"documents", Json::array()}, {"next", Json()}});
}
Result<std::string> check_my_document(Service&, const Caller&, std::string_view document) {
  note("check_my_document", document);
  return std::string("{}");
}
Result<Json> list_my_decisions(Service&, const Caller&, const Page& page) {
  note("list_my_decisions", page.cursor);
  return Json::object();
}
Result<Json> list_my_representatives(Service&, const Caller&) {
  note("list_my_representatives");
  return Json::object({{"age", "adult"}, {"representatives", Json::array()}});
}
Result<Json> list_my_accesses(Service&, const Caller&, const Page& page) {
  note("list_my_accesses", page.cursor);
  return Json::object();
}
Result<Reply> withdraw_my_consent(Service&, const Caller&, std::string_view decision, const Idempotency& repeat) {
  note("withdraw_my_consent", decision, key_of(repeat));
  return reply("decision");
}
Result<Reply> object_to_my_use(Service&, const Caller&, std::string_view decision, const Idempotency&) {
  note("object_to_my_use", decision);
  return reply("decision");
}
Result<Reply> ask_my_correction(Service&, const Caller&, const NewCorrection& wanted, const Idempotency&) {
  note("ask_my_correction", wanted.text, wanted.document.value_or("-"), wanted.channel);
  return reply("correction");
}
Result<Json> list_my_corrections(Service&, const Caller&, const Page& page) {
  note("list_my_corrections", page.cursor);
  return Json::object();
}
Result<Reply> ask_correction(Service&, const Caller&, std::string_view person, const NewCorrection& wanted,
                             const Idempotency&) {
  note("ask_correction", person, wanted.text, wanted.document.value_or("-"), wanted.channel);
  return reply("correction");
}
Result<Json> list_corrections(Service&, const Caller&, const Page& page) {
  note("list_corrections", page.cursor);
  return Json::object();
}
Result<Json> read_correction(Service&, const Caller&, std::string_view correction) {
  note("read_correction", correction);
  return Json::object();
}
Result<Reply> answer_correction(Service&, const Caller&, std::string_view correction, const CorrectionAnswer& answer,
                                const Idempotency&) {
  note("answer_correction", correction, answer.answer, answer.text);
  return reply("correction");
}
Result<Content> read_my_receipt(Service&, const Caller&, std::string_view decision, std::string_view language) {
  note("read_my_receipt", decision, language);
  return tests::content("application/pdf");
}
Result<Content> read_void_record(Service&, const Caller&, std::string_view document, std::string_view language) {
  note("read_void_record", document, language);
  return tests::content("application/pdf");
}
Result<Reply> raise_misattribution(Service&, const Caller&, std::string_view request, const NewMisattribution& wanted,
                                   const Idempotency&) {
  note("raise_misattribution", request, wanted.seen, wanted.signer.value_or("-"));
  return reply("misattribution");
}
Result<Json> list_misattributions(Service&, const Caller&, const Page& page) {
  note("list_misattributions", page.cursor);
  return Json::object();
}
Result<Json> read_misattribution(Service&, const Caller&, std::string_view misattribution) {
  note("read_misattribution", misattribution);
  return Json::object();
}
Result<Reply> decide_misattribution(Service&, const Caller&, std::string_view misattribution,
                                    const MisattributionDecision& decision, const Idempotency&) {
  note("decide_misattribution", misattribution, decision.answer, decision.reason);
  return reply("misattribution");
}
Result<Reply> tell_recipient(Service&, const Caller&, std::string_view misattribution, std::string_view recipient,
                             const Idempotency&) {
  note("tell_recipient", misattribution, recipient);
  return reply("misattribution");
}
Result<Reply> end_incident(Service&, const Caller&, std::string_view misattribution, const IncidentEnd& end,
                           const Idempotency&) {
  note("end_incident", misattribution, end.answer, end.reason);
  return reply("misattribution");
}
Result<Reply> set_protection(Service&, const Caller&, std::string_view person, const NewProtection& wanted,
                             const Idempotency&) {
  note("set_protection", person, wanted.kind, wanted.reason, wanted.login.value_or("-"),
       wanted.identifier ? wanted.identifier->value : "-", wanted.person.value_or("-"), wanted.address);
  return reply("protection");
}
Result<Json> list_protections(Service&, const Caller&, const Page& page) {
  note("list_protections", page.cursor);
  return Json::object();
}
Result<Reply> remove_protection(Service&, const Caller&, std::string_view protection, const std::string& reason,
                                const Idempotency&) {
  note("remove_protection", protection, reason);
  return reply("protection");
}
Result<Reply> set_birth_date(Service&, const Caller&, std::string_view person, const NewBirthDate& wanted,
                             const Idempotency&) {
  note("set_birth_date", person, wanted.date, wanted.seen, wanted.reason);
  return reply("person");
}
Result<Reply> record_representation(Service&, const Caller&, std::string_view person, const NewRepresentation& wanted,
                                    const Idempotency&) {
  note("record_representation", person, wanted.representative, wanted.basis, wanted.holds,
       std::to_string(wanted.scope.size()), wanted.from.value_or("-"), wanted.until.value_or("-"), wanted.evidence.kind,
       wanted.evidence.reference, wanted.evidence.seen ? "seen" : "not-seen", wanted.evidence.document.value_or("-"));
  return reply("representation");
}
Result<Json> list_representations(Service&, const Caller&, std::string_view person) {
  note("list_representations", person);
  return Json::object();
}
Result<Reply> change_representation(Service&, const Caller&, std::string_view representation,
                                    const RepresentationChange& change, const Idempotency&) {
  note("change_representation", representation, change.state, change.reason);
  return reply("representation");
}
Result<Reply> record_objection(Service&, const Caller&, std::string_view representation,
                               const NewHolderObjection& wanted, const Idempotency&) {
  note("record_objection", representation, wanted.purpose, wanted.category, wanted.recipient, wanted.channel,
       wanted.received_at, wanted.document.value_or("-"), wanted.reason);
  return reply("objection");
}
Result<Reply> end_objection(Service&, const Caller&, std::string_view objection, const HolderObjectionEnd& end,
                            const Idempotency&) {
  note("end_objection", objection, end.by, end.reason, end.document.value_or("-"));
  return reply("objection");
}
Result<Json> list_reviews(Service&, const Caller&, const Page& page) {
  note("list_reviews", page.cursor);
  return Json::object();
}
Result<Reply> answer_review(Service&, const Caller&, std::string_view review, const ReviewAnswer& given,
                            const Idempotency&) {
  note("answer_review", review, given.text, std::to_string(given.seen));
  return reply("review");
}
Result<Json> describe_organisation(Service&) {
  note("describe_organisation");
  return Json::object();
}
Result<Json> send_feedback(Service&, const NewFeedback& wanted) {
  note("send_feedback", wanted.text, wanted.page, wanted.way, wanted.contact);
  return Json::object();
}
Result<Json> list_feedback(Service&, const Caller&, const Page& page) {
  note("list_feedback", page.cursor);
  return Json::object();
}
Result<Json> read_feedback(Service&, const Caller&, std::string_view feedback) {
  note("read_feedback", feedback);
  return Json::object();
}
Result<Reply> answer_feedback(Service&, const Caller&, std::string_view feedback, const std::string& text,
                              const Idempotency&) {
  note("answer_feedback", feedback, text);
  return reply("feedback");
}

}  // namespace segell::app
