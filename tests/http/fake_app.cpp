#include "http/fake_app.h"

#include "http/fake_calls.h"

#include "app/check_code.h"
#include "app/devices.h"
#include "app/documents.h"
#include "app/evaluate.h"
#include "app/feedback.h"
#include "app/health.h"
#include "app/log.h"
#include "app/mine.h"
#include "app/misattributions.h"
#include "app/notices.h"
#include "app/officials.h"
#include "app/persons.h"
#include "app/protections.h"
#include "app/representations.h"
#include "app/requests.h"
#include "app/reviews.h"
#include "app/seal_preparations.h"
#include "app/slips.h"
#include "app/templates.h"
#include "app/told_decision.h"
#include "app/verify.h"
#include "app/visit.h"
#include "app/visit_package.h"
#include "app/visits.h"
#include "base/encoding.h"

#include <mutex>

namespace segell::tests {
namespace {

std::mutex g_mutex;
std::string g_last;  // guarded by g_mutex

}  // namespace

void write_down(std::string call) {
  const std::lock_guard lock(g_mutex);
  g_last = std::move(call);
}

app::Reply reply(std::string_view name) {
  return {base::Json::object({{std::string(name), base::Json::object()}}), false};
}

std::string key_of(const app::Idempotency& idempotency) {
  return idempotency.key + '@' + idempotency.route + '@' + base::to_hex(idempotency.body).substr(0, 8);
}

app::Content content(std::string_view type) {
  return {base::to_bytes("%PDF-"), std::string(type), "document-7F3K.pdf"};
}

std::string last_call() {
  const std::lock_guard lock(g_mutex);
  return std::exchange(g_last, {});
}

}  // namespace segell::tests

namespace segell::app {

using base::Code;
using base::fail;
using base::Json;
using base::Result;
using tests::content;
using tests::key_of;
using tests::note;
using tests::reply;

struct Service::State {};
Service::Service(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Service::~Service() = default;
Result<std::unique_ptr<Service>> Service::open(Ports, Settings) {
  return std::unique_ptr<Service>(new Service(std::make_unique<State>()));
}

Result<Reply> store_document(Service&, const Caller&, base::Bytes pdf, const Idempotency& repeat) {
  note("store_document", std::to_string(pdf.size()), key_of(repeat));
  if (repeat.key == "other-body")
    return fail(Code::conflict, "idempotency.other-body", "the key came with another body");
  if (repeat.key == "in-flight") return fail(Code::conflict, "idempotency.in-flight", "the first call still runs");
  if (repeat.key == "corrupt") return fail(Code::corrupt, "storage.database-corrupt", "canary page 7");
  if (repeat.key == "throw") throw std::runtime_error("canary thrown");
  auto answer = reply("document");
  answer.replayed = repeat.key == "again";
  return answer;
}
Result<Reply> prepare_seal(Service&, const Caller&, const NewSealPreparation& wanted, const Idempotency& repeat) {
  note("prepare_seal",
       wanted.document + ' ' + std::to_string(wanted.certificates.size()) + ' ' + wanted.padding + ' ' + wanted.field +
           ' ' + wanted.reason,
       key_of(repeat));
  return reply("preparation");
}
Result<Reply> complete_seal(Service&, const Caller&, std::string_view preparation, base::BytesView signature,
                            const Idempotency& repeat) {
  note("complete_seal", std::string(preparation) + ' ' + std::to_string(signature.size()), key_of(repeat));
  if (signature.size() == 1) return fail(Code::untrusted, "key.wrong-signature", "not by that key");
  return reply("seal");
}
Result<Json> describe_document(Service&, const Caller&, std::string_view document) {
  note("describe_document", document);
  return fail(Code::not_found, "document.unknown", "there is no such document");
}
Result<Content> read_content(Service&, const Caller&, std::string_view document) {
  note("read_content", document);
  return content("application/pdf");
}
Result<Content> read_disclosure(Service&, const Caller&, std::string_view document) {
  note("read_disclosure", document);
  return content("application/json");
}
Result<base::Json> read_document_notes(Service&, const Caller&, std::string_view document) {
  note("read_document_notes", document);
  return base::Json::object({{"notes", base::Json::array()}});
}
Result<Content> read_envelope(Service&, const Caller&, std::string_view document) {
  note("read_envelope", document);
  return content("application/pkcs7-mime");
}
Result<Reply> create_person(Service&, const Caller&, const NewPerson& person, const Idempotency& repeat) {
  note("create_person", person.name, person.identifier ? person.identifier->type + person.identifier->value : "-",
       key_of(repeat));
  return reply("person");
}
Result<Reply> record_decision(Service&, const Caller&, std::string_view person, const NewDecision& decision,
                              const Idempotency&) {
  note("record_decision", person, decision.kind, decision.purpose, decision.category, decision.recipient,
       decision.basis ? decision.basis->kind + decision.basis->article9 : "-",
       decision.notice ? decision.notice->key + std::to_string(decision.notice->version) : "-",
       decision.valid_until.value_or("-"), decision.channel);
  return reply("decision");
}
Result<Reply> erase_person(Service&, const Caller&, std::string_view person, const Idempotency&) {
  note("erase_person", person);
  return reply("erasure");
}
Result<Reply> publish_notice(Service&, const Caller&, const NewNotice& notice, const Idempotency&) {
  note("publish_notice", notice.key, notice.language, notice.title, notice.text);
  return reply("notice");
}
Result<Reply> create_signature_request(Service&, const Caller&, const NewSignatureRequest& request,
                                       const Idempotency&) {
  std::string items;
  for (const auto& item : request.items)
    items += item.purpose + item.category + item.recipient + item.basis.kind + item.basis.article6 +
             item.basis.article9 + item.basis.law + item.basis.opposable + item.notice.key +
             std::to_string(item.notice.version) + item.valid_until + item.text + item.consequence_if_refused;
  std::string methods;
  for (const auto& method : request.methods) methods += method;
  note("create_signature_request", request.document_id, request.person_id, request.title, request.language,
       request.capacity, request.identity_evidence.kind, std::to_string(request.identity_evidence.level),
       request.identity_evidence.detail, request.professional ? request.professional->name : "-",
       request.signer + items, methods, request.expires_at, request.discreet ? "discreet" : "named");
  if (!request.meanings.empty() || !request.after.empty() || !request.address.empty()) {
    std::string meanings;
    for (const auto& meaning : request.meanings) meanings += meaning + ';';
    note("create_signature_request", meanings, request.after, request.address);
  }
  return reply("request");
}
Result<Json> list_signature_requests(Service&, const Caller&, const RequestQuery& query) {
  note("list_signature_requests", query.page.cursor, std::to_string(query.page.limit), query.state);
  return Json::object({{"requests", Json::array()}, {"next", Json()}});
}
Result<Reply> cancel_signature_request(Service&, const Caller&, std::string_view request, const Idempotency& repeat) {
  note("cancel_signature_request", request, key_of(repeat));
  return reply("request");
}
Result<Reply> renew_request_link(Service&, const Caller&, std::string_view request, const std::string& expires_at,
                                 const Idempotency&) {
  note("renew_request_link", request, expires_at);
  return reply("request");
}
Result<Json> find_persons(Service&, const Caller&, const PersonSearch& search) {
  note("find_persons", search.name.value_or("-"),
       search.identifier ? search.identifier->type + search.identifier->value : "-");
  return Json::object({{"persons", Json::array()}, {"more", false}});
}
Result<Json> describe_signature_request(Service&, const Caller&, std::string_view request) {
  note("describe_signature_request", request);
  return Json::object({{"request", Json::object()}});
}
Result<Json> evaluate(Service&, const Caller&, const Json& request) {
  note("evaluate", base::write_json(request));
  return Json::object({{"decision", false}});
}
Result<std::string> verify(Service&, base::BytesView file, std::optional<base::BytesView> disclosure,
                           std::optional<base::BytesView> /*content*/) {
  note("verify", std::to_string(file.size()), disclosure ? base::as_text(*disclosure) : "-");
  return std::string(R"({"schema":"segell.verdict/1"})");
}
Result<std::string> verify_spooled(Service&, const std::shared_ptr<const base::Spool>& octets,
                                   std::optional<std::uint64_t> signature_length) {
  note("verify_spooled", std::to_string(octets->size()), std::to_string(signature_length.value_or(0)));
  return std::string(R"({"schema":"segell.verdict/1"})");
}
Result<Json> read_visit(Service&, const VisitCaller&) {
  note("read_visit");
  return Json::object({{"request", Json::object()}});
}
Result<Reply> choose(Service&, const VisitCaller&, const std::vector<Choice>& choices,
                     const std::optional<std::string>& made) {
  std::string all;
  for (const auto& choice : choices) all += choice.item + '=' + choice.choice + ';';
  note("choose", all + made.value_or(""));
  return reply("document");
}
Result<Content> read_paper(Service&, const VisitCaller&) {
  note("read_paper");
  return content("application/pdf");
}
Result<Content> read_visit_reading_view(Service&, const VisitCaller&) {
  note("read_visit_reading_view");
  return content("text/html; charset=utf-8");
}
Result<Content> read_reading_view(Service&, const Caller&, std::string_view document) {
  note("read_reading_view", document);
  return content("text/html; charset=utf-8");
}
Result<Json> list_templates(Service&, const Caller&) {
  note("list_templates");
  return Json::object({{"templates", Json::array()}});
}
Result<Reply> make_template_document(Service&, const Caller&, const NewTemplateDocument& wanted, const Idempotency&) {
  std::string items;
  for (const auto& item : wanted.items) items += item.item + std::to_string(item.notice_version) + item.valid_until;
  std::string signers;
  for (const auto& signer : wanted.signers) signers += signer.signer + '=' + signer.name + ';';
  note("make_template_document", wanted.key, std::to_string(wanted.version), wanted.language,
       base::write_json(wanted.fields), items, signers);
  return reply("document");
}
Result<Content> read_frozen(Service&, const VisitCaller&) {
  note("read_frozen");
  return content("application/pdf");
}
Result<Reply> perform_act(Service&, const VisitCaller&, const Act& act, const Idempotency& repeat) {
  note("perform_act", act.shown_sha256, act.shown_sha512, std::to_string(act.shown_length), act.method,
       act.meaning + (act.reservation ? ' ' + *act.reservation : ""),
       act.picture ? std::to_string(act.picture->width) + 'x' + std::to_string(act.picture->height) +
                         base::to_text(act.picture->zlib)
                   : "-",
       act.envelope ? base::to_text(*act.envelope) : "-", act.capture ? base::write_json(*act.capture) : "-",
       act.notes ? act.notes->spoke_alone : "-", key_of(repeat));
  return reply("sealed");
}
Result<Reply> register_official(Service&, const Caller&, const NewOfficial& wanted, const Idempotency&) {
  std::string procedures;
  for (const std::string& procedure : wanted.procedures) procedures += procedure + ";";
  note("register_official", wanted.account, wanted.resolution, wanted.since, wanted.until, procedures,
       wanted.certificate);
  return reply("official");
}
Result<base::Json> list_officials(Service&, const Caller&, const Page& page) {
  note("list_officials", page.cursor);
  return base::Json::object({{"officials", base::Json::array()}});
}
Result<Reply> withdraw_official(Service&, const Caller&, std::string_view official, const std::string& why,
                                const Idempotency&) {
  note("withdraw_official", official, why);
  return reply("official");
}
Result<Reply> consent_on_behalf(Service&, const VisitCaller&, const OnBehalfConsent& wanted, const Idempotency&) {
  note("consent_on_behalf", wanted.act.method, wanted.act.meaning, wanted.consent ? "yes" : "no");
  return reply("request");
}
Result<Reply> sign_on_behalf(Service&, const Caller&, std::string_view request, const OfficialSignature& signature,
                             const Idempotency&) {
  note("sign_on_behalf", request, signature.certificate ? base::to_text(*signature.certificate) : "-",
       signature.signature ? base::to_text(*signature.signature) : "-");
  return reply("sealed");
}
Result<Reply> answer_visit(Service&, const VisitCaller&, const VisitAnswer& answer, const Idempotency&) {
  note("answer_visit", answer.answer + (answer.notes ? ' ' + answer.notes->spoke_alone : ""));
  return reply("request");
}
Result<Reply> issue_slips(Service&, const Caller&, const NewSlips& wanted, const Idempotency&) {
  note("issue_slips", std::to_string(wanted.count), wanted.bind_by);
  return reply("slips");
}
Result<Reply> issue_request_slip(Service&, const Caller&, std::string_view request,
                                 const std::optional<std::string>& code, const Idempotency&) {
  note("issue_request_slip", request, code.value_or("-"));
  return reply("slip");
}
Result<Reply> revoke_slip(Service&, const Caller&, std::string_view slip, const Idempotency&) {
  note("revoke_slip", slip);
  return reply("revocation");
}
Result<Json> look_at_slip(Service&, std::string_view code) {
  note("look_at_slip", code);
  if (code == "bad") return fail(Code::not_found, "slip.unknown", "this code opens nothing");
  return Json::object({{"slip", Json::object()}});
}
Result<Json> withdraw_by_slip(Service&, std::string_view code, const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += line + ';';
  note("withdraw_by_slip", code, all);
  return Json::object({{"withdrawn", Json::object()}});
}
Result<Content> read_slip_paper(Service&, std::string_view code) {
  note("read_slip_paper", code);
  return content("application/pdf");
}
Result<Reply> choose_copy(Service&, const VisitCaller&, const CopyChoice& choice, const Idempotency&) {
  note("choose_copy", choice.kind, choice.code.value_or("-"));
  return reply("copy");
}
Result<Json> check_code(Service&, std::string_view code) {
  note("check_code", code);
  return Json::object({{"check", Json::object()}});
}
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
Result<PackageCaller> authenticate_package(Service&, std::string_view capability) {
  if (capability != "sgp_good") return fail(Code::unauthenticated, "auth.invalid-token", "the token is not valid");
  return PackageCaller{};
}
Result<Reply> enrol_device(Service&, const Caller&, const NewDevice& wanted, const Idempotency&) {
  note("enrol_device", wanted.label, wanted.public_key, wanted.proof);
  return reply("device");
}
Result<Json> list_devices(Service&, const Caller&, const Page& page) {
  note("list_devices", page.cursor);
  return Json::object();
}
Result<Reply> revoke_device(Service&, const Caller&, std::string_view device, std::string_view why,
                            const Idempotency&) {
  note("revoke_device", device, why);
  return reply("device");
}
Result<Reply> prepare_visit(Service&, const Caller&, const NewVisit& wanted, const Idempotency&) {
  std::string requests;
  for (const auto& one : wanted.requests) requests += one;
  note("prepare_visit", wanted.device, requests, wanted.expires_at);
  return reply("visit");
}
Result<Json> preview_visit(Service&, const Caller&, const NewVisit& wanted) {
  std::string requests;
  for (const auto& one : wanted.requests) requests += one;
  note("preview_visit", wanted.device, requests, wanted.expires_at);
  return Json::object();
}
Result<Reply> withdraw_visit(Service&, const Caller&, std::string_view visit, const Idempotency&) {
  note("withdraw_visit", visit);
  return reply("visit");
}
Result<Json> list_visits(Service&, const Caller&, const VisitQuery& query) {
  note("list_visits", std::to_string(query.page.limit), query.with_papers ? "papers" : "");
  return Json::object();
}
Result<Json> describe_visit(Service&, const Caller&, std::string_view visit) {
  note("describe_visit", visit);
  return Json::object();
}
Result<Reply> issue_package(Service&, const Caller&, std::string_view visit, const Idempotency&) {
  note("issue_package", visit);
  return reply("requests");
}
Result<Content> read_package_paper(Service&, const PackageCaller&, std::string_view request) {
  note("read_package_paper", request);
  return content("application/pdf");
}
Result<Content> read_package_reading_view(Service&, const PackageCaller&, std::string_view request) {
  note("read_package_reading_view", request);
  return content("text/html");
}
Result<Reply> receive_act(Service&, const PackageCaller&, const Json& act, std::string_view signature,
                          const Idempotency& idempotency) {
  note("receive_act", base::write_json(act), signature, idempotency.key);
  return reply("act");
}
Result<Json> describe_package(Service&, const PackageCaller&) {
  note("describe_package");
  return Json::object();
}
Result<base::Bytes> read_checkpoint(Service&, std::string_view origin) {
  note("read_checkpoint", origin);
  return base::to_bytes("note");
}
Result<base::Bytes> read_tile(Service&, std::string_view origin, std::string_view path) {
  note("read_tile", origin, path);
  return base::to_bytes("tile");
}
Result<void> check_ready(Service&) {
  note("check_ready");
  return base::ok();
}

}  // namespace segell::app

namespace segell::tests {

std::unique_ptr<app::Service> make_fake_service() {
  // The fake looks at none of its ports; none is ever read through these references.
  alignas(16) static std::byte nothing[16];
  auto service =
      app::Service::open({reinterpret_cast<storage::Store&>(nothing), reinterpret_cast<base::HttpExchange&>(nothing),
                          reinterpret_cast<const base::Clock&>(nothing)},
                         {});
  return *std::move(service);
}

}  // namespace segell::tests
