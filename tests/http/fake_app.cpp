#include "http/fake_app.h"

#include "http/fake_calls.h"

#include "app/check_code.h"
#include "app/documents.h"
#include "app/evaluate.h"
#include "app/health.h"
#include "app/log.h"
#include "app/notices.h"
#include "app/officials.h"
#include "app/persons.h"
#include "app/requests.h"
#include "app/seal_preparations.h"
#include "app/slips.h"
#include "app/templates.h"
#include "app/verify.h"
#include "app/visit.h"
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
