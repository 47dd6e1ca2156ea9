#include "app/templates.h"

#include "address_cover.h"
#include "base/encoding.h"
#include "basis_json.h"
#include "checks.h"
#include "document_access.h"
#include "events.h"
#include "json_fields.h"
#include "notice_lookup.h"
#include "once.h"
#include "prepared_paper.h"
#include "refused_access.h"
#include "signer/ades/verification_code.h"
#include "signer/pdf/choice_fields.h"
#include "template_document.h"
#include "templates/fill.h"
#include "visibility.h"
#include "visit_state.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace pdf = signer::pdf;
using base::Json;
using signer::ades::VerificationCode;

constexpr std::size_t kMaxTemplateItems = 64;
constexpr std::size_t kMaxSigners = 16;
constexpr std::size_t kShownHash = 12;

std::string_view type_name(templates::FieldType type) {
  using templates::FieldType;
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::list:
      return "list";
    case FieldType::date:
      return "date";
    case FieldType::money:
      return "money";
    case FieldType::person:
      return "person";
    case FieldType::code:
      return "code";
  }
  return "text";
}

/// The fields without which the item has no scope.
bool is_placeholder(std::string_view text) { return text.starts_with("{{") && text.ends_with("}}"); }

Json needs_json(const templates::Item& item) {
  Json needs = Json::array();
  for (const std::string* part : {&item.purpose, &item.category, &item.recipient}) {
    if (is_placeholder(*part)) needs.push(part->substr(2, part->size() - 4));
  }
  return needs;
}

/// A code of an item; null where a field of the document says it.
Json item_code_json(const std::string& code) { return is_placeholder(code) ? Json() : Json(code); }

Json template_json(const templates::Template& one) {
  Json languages = Json::array();
  for (const auto& rendition : one.renditions) languages.push(rendition.language);
  Json fields = Json::array();
  for (const auto& field : one.fields)
    fields.push(Json::object({{"name", field.name}, {"type", type_name(field.type)}, {"required", field.required}}));
  Json items = Json::array();
  for (const auto& item : one.items)
    items.push(Json::object({{"name", item.name},
                             {"group", item.group},
                             {"purpose", item_code_json(item.purpose)},
                             {"category", item_code_json(item.category)},
                             {"recipient", item_code_json(item.recipient)},
                             {"basis", item.basis},
                             {"notice", item.notice},
                             {"needs", needs_json(item)}}));
  Json signers = Json::array();
  for (const auto& signer : one.signers)
    signers.push(Json::object({{"name", signer.name},
                               {"required", signer.required},
                               {"capacities", words_json(signer.capacities)},
                               {"meanings", words_json(signer.meanings)}}));
  return Json::object({{"key", one.key},
                       {"version", std::int64_t{one.version}},
                       {"kind", to_string(one.kind)},
                       {"eniType", one.eni_type},
                       {"minimumEvidence", one.minimum_evidence},
                       {"languages", std::move(languages)},
                       {"fields", std::move(fields)},
                       {"items", std::move(items)},
                       {"signers", std::move(signers)}});
}

base::Result<const templates::Template*> find_template(const NewTemplateDocument& wanted) {
  for (const templates::Template& one : templates::embedded_templates())
    if (one.key == wanted.key && (wanted.version == 0 || wanted.version == one.version)) return &one;
  return base::fail(base::Code::not_found, "template.unknown", "there is no such template, or not in that version",
                    "GET /api/v1/templates lists what there is");
}

base::Result<templates::Day> day_of(base::Instant time) {
  return templates::parse_day(base::format_rfc3339(time).substr(0, 10));
}

/// One item as the rules know it; its words come when the template is filled.
base::Result<consent::ConsentItem> make_item(const storage::View& view, const templates::Template& from,
                                             const templates::Rendition& rendition,
                                             const NewTemplateDocument::Item& wanted, const Json& fields) {
  const templates::Item* stated = from.item(wanted.item);
  if (stated == nullptr) return invalid("template.item", "the template has no item \"" + wanted.item + "\"");
  consent::ConsentItem item;
  item.id = consent::ItemId::make();
  SEGELL_TRY(const auto scope, templates::fill_scope(from, wanted.item, fields));
  item.scope = {scope.purpose, scope.category, scope.recipient};
  SEGELL_TRY(item.basis,
             make_basis({stated->basis, stated->article6, stated->article9, stated->law, stated->opposable}));
  SEGELL_TRY(item.valid_until, base::parse_rfc3339(wanted.valid_until));
  const std::string primary(templates::primary_language(rendition.language));
  SEGELL_TRY(item.notice,
             find_notice(view, {stated->notice, wanted.notice_version}, {rendition.language, primary, "ca"}));
  return item;
}

/// What the template is filled with, beside the caller's fields.
struct Filling {
  std::vector<consent::ConsentItem> items;
  templates::Input input;
};

/// What must not stand on a paper of these signers.
base::Result<AddressCover> cover_of(const storage::View& view, const Caller& caller,
                                    const std::vector<NewTemplateDocument::Signer>& signers) {
  AddressCover cover;
  for (const NewTemplateDocument::Signer& signer : signers) {
    if (!signer.person) continue;
    SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(*signer.person, "person.unknown", "person"));
    SEGELL_CHECK(require_visible(view, caller, {.person = id}, "person.unknown", "person"));
    SEGELL_CHECK(cover.add(view, id));
  }
  return cover;
}

base::Result<Filling> load_filling(const storage::View& view, const Caller& caller, const templates::Template& from,
                                   const templates::Rendition& rendition, const NewTemplateDocument& wanted) {
  Filling filling;
  SEGELL_TRY(const AddressCover cover, cover_of(view, caller, wanted.signers));
  filling.input.fields = cover.is_empty() ? wanted.fields : cover.cover_all(wanted.fields);
  for (const NewTemplateDocument::Item& one : wanted.items) {
    SEGELL_TRY(auto item, make_item(view, from, rendition, one, wanted.fields));
    SEGELL_TRY(const auto notice, view.notices().get(item.notice.key, item.notice.version, item.notice.language));
    templates::ItemInput input;
    input.item = one.item;
    input.field = "choice-" + std::to_string(filling.items.size() + 1);
    for (const consent::DecisionKind kind : consent::offered_choices(item.basis))
      input.choices.emplace_back(to_string(kind));
    SEGELL_TRY(input.until, day_of(item.valid_until));
    input.notice = notice.title + " · " + base::to_hex(item.notice.sha256).substr(0, kShownHash);
    filling.input.items.push_back(std::move(input));
    filling.items.push_back(std::move(item));
  }
  for (const NewTemplateDocument::Signer& one : wanted.signers)
    filling.input.signers.push_back({one.signer, "signature-" + one.signer, one.name});
  return filling;
}

/// The words of each item as the person reads them, from the tree into the items.
base::Result<void> take_words(const templates::Tree& tree, const std::vector<templates::ItemInput>& inputs,
                              std::vector<consent::ConsentItem>& items, base::Instant now) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto is_it = [&](const templates::Part& part) {
      const auto* item = std::get_if<templates::ItemPart>(&part);
      return item != nullptr && item->field == inputs[i].field;
    };
    const auto found = std::find_if(tree.parts.begin(), tree.parts.end(), is_it);
    if (found == tree.parts.end())
      return invalid("template.item", "the rendition has no place for the item \"" + inputs[i].item + "\"");
    const auto& part = std::get<templates::ItemPart>(*found);
    items[i].text = templates::without_shields(part.question);
    const std::string label = templates::Frame::embedded().say(tree.language, "consequence");
    for (const templates::Row& row : part.rows)
      if (row.term == label) items[i].consequence_if_refused = templates::without_shields(row.text);
    SEGELL_TRY(items[i], consent::make_consent_item(std::move(items[i]), now));
  }
  return base::ok();
}

/// A filled template as it is stored.
struct Made {
  TemplateDocument document;
  base::Bytes pdf;
  std::size_t pages = 0;
};

base::Result<Made> lay_out(Service::State& state, const templates::Template& from,
                           const templates::Rendition& rendition, Filling filling, base::Instant now) {
  Made made;
  SEGELL_TRY(made.document.tree,
             templates::fill(from, rendition.language, templates::Frame::embedded(), filling.input));
  SEGELL_CHECK(take_words(made.document.tree, filling.input.items, filling.items, now));
  for (std::size_t i = 0; i < filling.items.size(); ++i)
    made.document.items.push_back({filling.items[i], filling.input.items[i].field});
  for (const templates::SignerInput& signer : filling.input.signers) {
    const templates::Signer* stated = from.signer(signer.signer);
    made.document.signers.push_back(
        {signer.signer, signer.field, stated == nullptr ? std::vector<std::string>() : stated->meanings});
  }
  layout::PaperSetting setting;
  setting.signature_width = kFieldWidth;
  setting.signature_height = kFieldHeight;
  setting.created = now;
  SEGELL_TRY(layout::Paper paper, state.typesetter->lay_out_paper(made.document.tree, setting));
  made.pages = paper.pages;
  SEGELL_TRY(const auto pages, pdf::Document::open_strict(pdf::borrow_source(paper.pdf)));
  std::optional<pdf::Document> appearances;
  if (!paper.appearances.empty()) {
    SEGELL_TRY(appearances, pdf::Document::open_strict(pdf::borrow_source(paper.appearances)));
  }
  SEGELL_TRY(const auto fields,
             pdf::append_choice_fields(pages, appearances ? &*appearances : nullptr, new_fields(paper)));
  made.pdf = paper.pdf;
  base::append(made.pdf, fields.bytes);
  return made;
}

base::Result<void> check(const NewTemplateDocument& wanted) {
  if (!templates::is_language_tag(wanted.language)) return invalid("template.field", "the language is no BCP 47 tag");
  if (wanted.items.size() > kMaxTemplateItems) return invalid("template.item", "a document holds up to 64 items");
  if (wanted.signers.empty() || wanted.signers.size() > kMaxSigners)
    return invalid("template.signer", "a document has 1 to 16 signers");
  return base::ok();
}

/// By the item's field, what was chosen on the paper.
base::Result<templates::Choices> choices_on(const storage::View& view, const base::DocumentId& id,
                                            const TemplateDocument& made) {
  templates::Choices choices;
  SEGELL_TRY(const auto requests, view.requests().of_document(id));
  for (const storage::RequestRecord& one : requests) {
    if (one.payload.is_null()) continue;
    SEGELL_TRY(const RequestPayload payload, request_payload_from_json(one.payload));
    if (!payload.shown || !payload.shown->choices_on_page || payload.choices.size() != payload.items.size()) continue;
    for (std::size_t i = 0; i < payload.items.size(); ++i) {
      const auto field = std::find_if(made.items.begin(), made.items.end(),
                                      [&](const auto& item) { return item.item.id == payload.items[i].id; });
      if (field != made.items.end()) choices[field->field] = to_string(payload.choices[i]);
    }
  }
  return choices;
}

base::Result<std::string> html_of(const storage::View& view, const base::DocumentId& id) {
  SEGELL_TRY(const auto record, view.documents().get(id));
  SEGELL_TRY(const auto made, template_of(record));
  if (!made) {
    return base::fail(base::Code::not_found, "document.no-reading-view",
                      "only a document made from a template has a reading view");
  }
  SEGELL_TRY(const auto choices, choices_on(view, id, *made));
  return templates::reading_view(made->tree, choices);
}

Content html_content(const base::DocumentId& id, const std::string& html) {
  return {base::to_bytes(html), "text/html; charset=utf-8", neutral_name(id, ".html")};
}

}  // namespace

base::Result<Json> list_templates(Service& service, const Caller& caller) {
  SEGELL_CHECK(require(caller, Right::documents_write));
  SEGELL_TRY(const Tenant* tenant, service.state().tenant(caller.tenant));
  Json list = Json::array();
  for (const templates::Template& one : templates::embedded_templates()) list.push(template_json(one));
  Json defaults = Json::object({{"area", tenant->settings.organisation}});
  for (const auto& [field, text] : {std::pair("officer", &tenant->settings.officer),
                                    {"authority", &tenant->settings.authority},
                                    {"second_layer", &tenant->settings.second_layer}}) {
    if (!text->empty()) defaults.set(field, *text);
  }
  return Json::object({{"templates", std::move(list)}, {"defaults", std::move(defaults)}});
}

base::Result<Reply> make_template_document(Service& service, const Caller& caller, const NewTemplateDocument& wanted,
                                           const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_CHECK(check(wanted));
  SEGELL_TRY(const templates::Template* from, find_template(wanted));
  const templates::Rendition& rendition = templates::choose_rendition(*from, wanted.language);
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  SEGELL_TRY(Filling filling, state.store.read(caller.tenant, [&](const storage::View& view) {
    return load_filling(view, caller, *from, rendition, wanted);
  }));
  const VerificationCode code = VerificationCode::make();
  filling.input.organisation = tenant->settings.organisation;
  filling.input.verification_code = code.shown();
  filling.input.verification_address = state.settings.public_url + "/check#" + code.shown();
  filling.input.asked_language = wanted.language;
  SEGELL_TRY(const Made made, lay_out(state, *from, rendition, std::move(filling), now));

  storage::DocumentRecord record;
  record.id = base::DocumentId::make();
  record.state = "draft";
  record.created = now;
  record.verification_code = code.text();
  record.details = Json::object({{"pages", std::uint64_t{made.pages}},
                                 {"signatures", std::uint64_t{0}},
                                 {"alreadySigned", false},
                                 {kStoredBy, caller.actor.text()},
                                 {"template", to_json(made.document)}});
  storage::RevisionRecord revision;
  revision.kind = "original";
  revision.length = revision.total_length = made.pdf.size();
  revision.sha256 = base::sha256(made.pdf);
  revision.sha512 = base::sha512(made.pdf);
  revision.time_state = to_string(TimeState::none);
  Json signers = Json::array();
  for (const auto& signer : made.document.signers) signers.push(signer.signer);
  Json document = Json::object({{"id", record.id.text()}, {"state", "draft"}});
  document.set("length", std::uint64_t{made.pdf.size()});
  document.set("sha256", base::to_hex(revision.sha256));
  document.set("sha512", base::to_hex(revision.sha512));
  document.set("pages", std::uint64_t{made.pages});
  document.set("verificationCode", code.shown());
  document.set("template", Json::object({{"key", from->key},
                                         {"version", std::int64_t{from->version}},
                                         {"language", rendition.language},
                                         {"rendition", base::to_hex(rendition.digest)}}));
  document.set("signers", std::move(signers));
  const Json answer = Json::object({{"document", std::move(document)}});
  const base::Bytes event = encode(EventHead{now, caller.actor}, DocumentStored{record.id, revision_fact(revision)});
  SEGELL_TRY(const auto blob, state.store.stage_blob(caller.tenant, record.id, 0, made.pdf));
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    storage::RevisionRecord row = revision;
    SEGELL_TRY(row.log_index, transaction.append_event(event));
    SEGELL_CHECK(transaction.documents().add(record));
    SEGELL_CHECK(transaction.documents().add_revision(record.id, row, blob));
    return once.record(transaction, answer);
  }));
  return Reply{answer};
}

base::Result<Content> read_reading_view(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  auto opened = state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<std::string> {
    SEGELL_CHECK(require_visible(transaction, caller, {.document = id}, "document.unknown", "document"));
    SEGELL_TRY(auto text, html_of(transaction, id));
    SEGELL_TRY(const auto last, transaction.documents().last_revision(id));
    SEGELL_TRY(const auto subject, subject_of(transaction, id));
    SEGELL_CHECK(transaction.append_event(encode(head, ContentOpened{subject, id, {}, last.index}), subject));
    return text;
  });
  SEGELL_TRY(const std::string html, noting_refusal(state, caller, {.document = id}, std::move(opened)));
  return html_content(id, html);
}

base::Result<Content> read_visit_reading_view(Service& service, const VisitCaller& caller) {
  Service::State& state = service.state();
  const EventHead head{state.clock.now(), visit_actor(caller)};
  using Found = std::pair<base::DocumentId, std::string>;
  SEGELL_TRY(const Found found,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<Found> {
               SEGELL_TRY(const auto visit, open_visit(transaction, caller.request, head.time));
               const base::DocumentId& id = visit.request.document;
               SEGELL_TRY(auto text, html_of(transaction, id));
               SEGELL_TRY(const auto last, transaction.documents().last_revision(id));
               const ContentOpened event{visit.request.person, id, caller.request, last.index};
               SEGELL_CHECK(transaction.append_event(encode(head, event), visit.request.person));
               return Found(id, std::move(text));
             }));
  return html_content(found.first, found.second);
}

}  // namespace segell::app
