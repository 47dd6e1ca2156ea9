#include "app/visit.h"

#include "base/encoding.h"
#include "checks.h"
#include "document_access.h"
#include "earlier_no.h"
#include "events.h"
#include "excluded_names.h"
#include "json_fields.h"
#include "notes.h"
#include "official_register.h"
#include "once.h"
#include "prepared_paper.h"
#include "signer/ades/verification_code.h"
#include "templates/language.h"
#include "visit_state.h"

namespace segell::app {

namespace {

base::Json choices_json(const consent::LegalBasis& basis) {
  base::Json choices = base::Json::array();
  for (const consent::DecisionKind kind : consent::offered_choices(basis)) choices.push(choice_word(kind));
  return choices;
}

/// Where the decision stands on paper and in which words, by the state of its field.
base::Json printed_json(const templates::ItemPart& part) {
  base::Json words = base::Json::object({{"Off", templates::without_shields(part.undecided)}});
  for (const auto& [name, text] : part.choices) words.set(name, templates::without_shields(text));
  return base::Json::object({{"field", part.field}, {"words", std::move(words)}});
}

base::Result<base::Json> items_json(const storage::View& view, const VisitState& visit) {
  base::Json items = base::Json::array();
  SEGELL_TRY(const auto printed, printed_items(visit));
  for (std::size_t i = 0; i < visit.payload.items.size(); ++i) {
    const consent::ConsentItem& item = visit.payload.items[i];
    SEGELL_TRY(const auto notice, view.notices().get(item.notice.key, item.notice.version, item.notice.language));
    base::Json json = base::Json::object({{"id", item.id.text()}, {"text", item.text}});
    json.set("consequenceIfRefused", item.consequence_if_refused);
    json.set("validUntil", base::format_rfc3339(item.valid_until));
    json.set("notice", base::Json::object(
                           {{"title", notice.title}, {"text", notice.text}, {"sha256", base::to_hex(notice.sha256)}}));
    json.set("choices", choices_json(item.basis));
    if (!visit.signer) {
      SEGELL_TRY(auto no, earlier_no_json(view, visit.request.person, item.scope));
      if (!no.is_null()) json.set("earlierNo", std::move(no));
    }
    if (!printed.empty()) json.set("printed", printed_json(printed[i]));
    items.push(std::move(json));
  }
  return items;
}

base::Json custody_json(const TenantSettings& settings) {
  base::Json recipients = base::Json::array();
  for (const CustodyRecipient& recipient : settings.custody) {
    recipients.push(base::Json::object({{"role", recipient.role},
                                        {"name", recipient.name},
                                        {"certificate", base::to_base64(recipient.certificate.der())}}));
  }
  base::Json custody = base::Json::object({{"recipients", std::move(recipients)}});
  if (settings.may_record_dynamics()) {
    custody.set("assessment", settings.dynamics.assessment);
    custody.set("approval", settings.dynamics.approval);
  }
  return custody;
}

/// The paper as it was frozen, and with which choices: a link that is opened again goes on from here.
base::Json resumed_json(const VisitState& visit) {
  base::Json json = frozen_json(*visit.payload.shown, visit.document.verification_code);
  base::Json choices = base::Json::array();
  for (std::size_t i = 0; i < visit.payload.choices.size(); ++i) {
    choices.push(base::Json::object(
        {{"item", visit.payload.items[i].id.text()}, {"choice", choice_word(visit.payload.choices[i])}}));
  }
  json.set("choices", std::move(choices));
  return json;
}

/// The paper as it waits for the choices, and how a page fills it in by itself.
base::Json paper_json(const PreparedPaper& paper) {
  const auto code = signer::ades::VerificationCode::parse(paper.verification_code);
  base::Json json = base::Json::object();
  json.set("length", paper.recipe.base_length);
  json.set("sha256", base::to_hex(paper.recipe.base_sha256));
  json.set("pages", paper.pages);
  json.set("verificationCode", code ? code->shown() : paper.verification_code);
  json.set("fillIn", signer::pdf::to_json(paper.recipe));
  return json;
}

/// The ways of signing that can be gone now: a ground for dynamics may have ended since the request was made.
base::Result<void> add_methods(const storage::View& view, const VisitState& visit, const TenantSettings& settings,
                               std::optional<base::Instant> now, base::Json& json) {
  base::Json methods = base::Json::array();
  for (const std::string& method : visit.payload.methods) {
    if (method == "drawn-with-dynamics" && !settings.may_record_dynamics()) continue;
    if (method == "official") {
      if (!now) continue;
      SEGELL_TRY(const auto procedures, procedures_of(visit.payload, visit.document));
      SEGELL_TRY(const auto officials, officials_for(view, visit.request.person, procedures, *now));
      if (officials.empty()) continue;
      json.set("officials", words_json(officials));
      if (!visit.payload.on_behalf.is_null()) json.set("onBehalf", true);
    }
    methods.push(method);
  }
  json.set("methods", std::move(methods));
  return base::ok();
}

std::string name_of(const storage::PersonRecord& person) {
  const base::Json* name = person.profile.find("name");
  return name != nullptr && name->as_string() != nullptr ? *name->as_string() : std::string();
}

base::Result<std::vector<std::string>> other_parties(const storage::View& view, const storage::RequestRecord& request) {
  SEGELL_TRY(const auto requests, view.requests().of_document(request.document));
  std::vector<std::string> names;
  for (const storage::RequestRecord& other : requests) {
    if (other.person == request.person) continue;
    SEGELL_TRY(const auto person, view.persons().get(other.person));
    if (!person.erased) names.push_back(name_of(person));
  }
  return names;
}

}  // namespace

PaperPeople people_of(const VisitState& visit, bool guarded) {
  return {visit.person_name, visit.signer ? signer_words(visit.payload, *visit.signer, guarded) : std::string()};
}

bool waits_for_choices(const VisitState& visit) {
  return visit.payload.paper && !visit.payload.shown && visit.document.state == "draft";
}

base::Result<base::Json> visit_request_json(const storage::View& view, const VisitState& visit,
                                            const TenantSettings& settings, std::optional<base::Instant> now) {
  base::Json json = base::Json::object();
  json.set("id", visit.request.id.text());
  json.set("state", visit.request.state);
  json.set("title", visit.payload.title);
  json.set("language", visit.payload.language);
  json.set("personName", visit.person_name);
  json.set("representative",
           visit.signer ? base::Json::object({{"name", visit.signer->name}, {"capacity", visit.payload.capacity}})
                        : base::Json());
  json.set("organisation", settings.organisation);
  if (!visit.payload.professional.empty()) {
    json.set("professional", base::Json::object({{"name", visit.payload.professional},
                                                 {"checkedIdentity", professional_checked(visit.payload)}}));
  }
  SEGELL_TRY(auto items, items_json(view, visit));
  json.set("items", std::move(items));
  SEGELL_CHECK(add_methods(view, visit, settings, now, json));
  if (!visit.payload.meanings.empty()) json.set("meanings", words_json(visit.payload.meanings));
  if (!visit.payload.address.empty()) json.set("address", visit.payload.address);
  json.set("custody", custody_json(settings));
  json.set("nonce", base::to_base64url(visit.request.nonce));
  json.set("reading", visit.document.details.find("template") != nullptr);
  if (waits_for_choices(visit)) json.set("paper", paper_json(*visit.payload.paper));
  if (visit.payload.shown) json.set("frozen", resumed_json(visit));
  return json;
}

base::Result<void> mark_presented(storage::Transaction& transaction, VisitState& visit) {
  if (visit.request.state != request_state::kCreated) return base::ok();
  visit.request.state = request_state::kPresented;
  return transaction.requests().update(visit.request, std::string(request_state::kCreated));
}

base::Json frozen_json(const ShownRevision& shown, const std::string& code) {
  base::Json document = base::Json::object();
  document.set("sha256", base::to_hex(shown.sha256));
  document.set("sha512", base::to_hex(shown.sha512));
  document.set("length", shown.length);
  document.set("pages", shown.pages);
  auto parsed = signer::ades::VerificationCode::parse(code);
  document.set("verificationCode", parsed ? parsed->shown() : code);
  return document;
}

base::Result<base::Bytes> load_paper(const storage::View& view, const RequestId& request) {
  auto paper = view.requests().paper(request);
  if (!paper && paper.error().reason == "request.no-paper") return base::Bytes();
  return paper;
}

base::Result<VisitState> load_visit(const storage::View& view, const RequestId& request) {
  VisitState visit;
  SEGELL_TRY(visit.request, view.requests().get(request));
  SEGELL_TRY(const auto person, view.persons().get(visit.request.person));
  if (person.erased || visit.request.payload.is_null()) {
    return base::fail(base::Code::conflict, "visit.over", "this request is over");
  }
  SEGELL_TRY(visit.payload, request_payload_from_json(visit.request.payload));
  SEGELL_TRY(visit.document, view.documents().get(visit.request.document));
  if (visit.request.state == request_state::kWaiting) {
    return base::fail(base::Code::conflict, "visit.not-yet", "somebody else is to sign this document first",
                      "open the link again when they have signed");
  }
  visit.person_name = name_of(person);
  SEGELL_TRY(visit.signer, signer_for(view, visit.payload, visit.person_name));
  if (one_of(visit.payload.methods, "witnesses")) {
    SEGELL_TRY(visit.parties, other_parties(view, visit.request));
    SEGELL_TRY(const auto excluded, excluded_names(view, visit.request.person));
    visit.parties.insert(visit.parties.end(), excluded.begin(), excluded.end());
    if (visit.signer) visit.parties.push_back(visit.signer->name);
  }
  return visit;
}

base::Result<VisitState> open_visit(const storage::View& view, const RequestId& request, base::Instant now) {
  SEGELL_TRY(VisitState visit, load_visit(view, request));
  SEGELL_CHECK(require_may_sign(view, visit.request, visit.payload, now));
  return visit;
}

base::Result<void> require_open(const VisitState& visit, base::Instant now) {
  return require_open({visit.request.state, visit.request.document, visit.request.expires, false}, now);
}

base::Result<void> require_open(const storage::RequestStanding& request, base::Instant now) {
  if (request.erased) return base::fail(base::Code::conflict, "visit.over", "this request is over");
  if (!request_state::is_open(request.state)) {
    return base::fail(base::Code::conflict, "visit.over", "this request was answered already: " + request.state);
  }
  if (request.expires <= now) {
    return base::fail(base::Code::expired, "visit.expired", "this link is over",
                      "ask the professional for a new signature request");
  }
  return base::ok();
}

base::Result<base::Json> read_visit(Service& service, const VisitCaller& caller) {
  Service::State& state = service.state();
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), visit_actor(caller)};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(auto visit, open_visit(transaction, caller.request, head.time));
    SEGELL_CHECK(transaction.append_event(
        encode(head, VisitOpened{visit.request.person, visit.request.document, caller.request}), visit.request.person));
    SEGELL_CHECK(mark_presented(transaction, visit));
    SEGELL_TRY(auto json, visit_request_json(transaction, visit, tenant->settings, head.time));
    return base::Json::object({{"request", std::move(json)}});
  });
}

base::Result<Content> read_paper(Service& service, const VisitCaller& caller) {
  Service::State& state = service.state();
  const EventHead head{state.clock.now(), visit_actor(caller)};
  struct Found {
    base::DocumentId document;
    std::uint32_t base = 0;
    base::Bytes added;
  };
  SEGELL_TRY(const Found found,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<Found> {
               SEGELL_TRY(const auto visit, open_visit(transaction, caller.request, head.time));
               if (!waits_for_choices(visit)) {
                 return base::fail(base::Code::conflict, "visit.no-paper", "nothing waits to be filled in");
               }
               Found out{visit.request.document, visit.payload.paper->base, {}};
               SEGELL_TRY(out.added, load_paper(transaction, caller.request));
               const ContentOpened event{visit.request.person, out.document, caller.request, out.base};
               SEGELL_CHECK(transaction.append_event(encode(head, event), visit.request.person));
               return out;
             }));
  SEGELL_TRY(auto bytes, state.store.document_content(caller.tenant, found.document, found.base));
  base::append(bytes, found.added);
  return Content{std::move(bytes), "application/pdf", neutral_name(found.document, ".pdf")};
}

base::Result<Content> read_frozen(Service& service, const VisitCaller& caller) {
  Service::State& state = service.state();
  const EventHead head{state.clock.now(), visit_actor(caller)};
  SEGELL_TRY(const auto found,
             state.store.run(
                 caller.tenant,
                 [&](storage::Transaction& transaction) -> base::Result<std::pair<base::DocumentId, std::uint32_t>> {
                   SEGELL_TRY(const auto visit, open_visit(transaction, caller.request, head.time));
                   if (!visit.payload.shown) {
                     return base::fail(base::Code::conflict, "visit.not-frozen", "the choices come first");
                   }
                   const ContentOpened event{visit.request.person, visit.request.document, caller.request,
                                             visit.payload.shown->index};
                   SEGELL_CHECK(transaction.append_event(encode(head, event), visit.request.person));
                   return std::pair(visit.request.document, visit.payload.shown->index);
                 }));
  SEGELL_TRY(auto bytes, state.store.document_content(caller.tenant, found.first, found.second));
  return Content{std::move(bytes), "application/pdf", neutral_name(found.first, ".pdf")};
}

base::Result<void> record_answer(storage::Transaction& transaction, const VisitCaller& caller,
                                 const VisitAnswer& answer, base::Instant judged, base::Instant now) {
  SEGELL_TRY(auto visit, open_visit(transaction, caller.request, judged));
  SEGELL_CHECK(require_open(visit, judged));
  const RequestAnswered event{visit.request.person, visit.request.document, caller.request, answer.answer};
  SEGELL_CHECK(transaction.append_event(encode(EventHead{now, visit_actor(caller)}, event), visit.request.person));
  if (answer.answer == request_state::kRefused) {
    // What was laid out for the person is nobody's any more.
    visit.payload.paper.reset();
    SEGELL_CHECK(transaction.requests().remove_paper(caller.request));
  }
  if (answer.notes) visit.payload.notes = answer.notes;
  visit.payload.on_behalf = {};  // whoever says no, or later, has nobody sign for them
  visit.request.payload = to_json(visit.payload);
  const std::string before = std::exchange(visit.request.state, answer.answer);
  return transaction.requests().update(visit.request, before);
}

base::Result<Reply> answer_visit(Service& service, const VisitCaller& caller, const VisitAnswer& answer,
                                 const Idempotency& idempotency) {
  Service::State& state = service.state();
  if (answer.answer != request_state::kRefused && answer.answer != request_state::kDeferred) {
    return base::fail(base::Code::invalid_argument, "visit.bad-answer", "the answer is refused or deferred");
  }
  if (answer.notes) SEGELL_CHECK(check_notes(*answer.notes));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.request.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(record_answer(transaction, caller, answer, now, now));
               base::Json json = base::Json::object({{"request", base::Json::object({{"state", answer.answer}})}});
               SEGELL_CHECK(once.record(transaction, json));
               return json;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
