#include "prepared_paper.h"

#include "json_fields.h"
#include "signer/ades/verification_code.h"
#include "signer/pdf/choice_fields.h"
#include "signer/pdf/pages.h"
#include "signer/pdf/signatures.h"
#include "template_document.h"

namespace segell::app {

namespace {

namespace pdf = signer::pdf;
using signer::ades::VerificationCode;

pdf::NewField new_field(const layout::PaperBox& box) {
  return {
      box.field, box.label, box.page, {box.left, box.bottom, box.left + box.width, box.bottom + box.height}, box.form};
}

pdf::FillInField fill_in_field(const consent::ConsentItem& item, const std::string& field) {
  pdf::FillInField out{field, item.id.text(), {}};
  for (const consent::DecisionKind kind : consent::offered_choices(item.basis))
    out.choices.push_back({std::string(choice_word(kind)), std::string(to_string(kind))});
  return out;
}

/// A document that was born with its fields.
base::Result<Preparation> prepare_born(const pdf::Document& base, const TemplateDocument& made,
                                       const storage::DocumentRecord& document, const RequestPayload& request) {
  Preparation preparation;
  std::vector<pdf::FillInField> fields;
  if (!request.items.empty())
    for (const auto& [item, field] : made.items) fields.push_back(fill_in_field(item, field));
  SEGELL_TRY(preparation.paper.recipe, pdf::make_fill_in(base, fields));
  SEGELL_TRY(const std::size_t pages, pdf::page_count(base, base.latest()));
  preparation.paper.pages = pages;
  preparation.paper.rendition = made.tree.rendition;
  preparation.paper.verification_code = document.verification_code;
  return preparation;
}

/// A document that a program stored: a page is added.
base::Result<Preparation> prepare_added(Service::State& state, const Tenant& tenant, const pdf::Document& base,
                                        base::Bytes& bytes, const RequestPayload& request, const PaperPeople& people,
                                        const std::map<std::string, std::string>& notice_titles, base::Instant now) {
  const VerificationCode code = VerificationCode::make();
  const PaperFacts facts{tenant.settings.organisation, people, state.settings.public_url, code.shown(), now};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < request.items.size(); ++i) names.push_back(choice_field(code.shown(), i));
  SEGELL_TRY(const std::size_t before, pdf::page_count(base, base.latest()));
  layout::PaperSetting setting;
  setting.signature_room = kFieldHeight + 2 * kFieldGap;
  setting.pages_before = before;
  setting.created = now;
  SEGELL_TRY(const layout::Paper paper,
             state.typesetter->lay_out_paper(choices_tree(request, facts, notice_titles, names), setting));
  SEGELL_TRY(const auto pages, pdf::Document::open_strict(pdf::borrow_source(paper.pdf)));
  std::optional<pdf::Document> appearances;
  if (!paper.appearances.empty()) {
    SEGELL_TRY(appearances, pdf::Document::open_strict(pdf::borrow_source(paper.appearances)));
  }
  Preparation preparation;
  SEGELL_TRY(auto added,
             pdf::append_pages_with_fields(base, pages, appearances ? &*appearances : nullptr, new_fields(paper)));
  preparation.added = std::move(added.bytes);
  base::append(bytes, preparation.added);
  SEGELL_TRY(const auto whole, pdf::Document::open_strict(pdf::borrow_source(bytes)));
  std::vector<pdf::FillInField> fields;
  for (std::size_t i = 0; i < request.items.size(); ++i) fields.push_back(fill_in_field(request.items[i], names[i]));
  SEGELL_TRY(preparation.paper.recipe, pdf::make_fill_in(whole, fields));
  preparation.paper.pages = before + paper.pages;
  preparation.paper.rendition = base::sha256(paper.pdf);
  preparation.paper.verification_code = code.text();
  return preparation;
}

}  // namespace

signer::pdf::NewFields new_fields(const layout::Paper& paper) {
  pdf::NewFields fields;
  for (const layout::ChoiceBox& choice : paper.choices) {
    pdf::NewChoice made{new_field(choice.box), {}};
    for (const layout::ChoiceState& state : choice.states) made.states.push_back({state.name, state.appearance});
    fields.choices.push_back(std::move(made));
  }
  for (const layout::PaperBox& box : paper.signatures) fields.signatures.push_back(new_field(box));
  return fields;
}

base::Result<std::vector<templates::ItemPart>> printed_items(const VisitState& visit) {
  std::vector<templates::ItemPart> printed;
  const RequestPayload& request = visit.payload;
  const bool waits = request.paper && visit.document.state == "draft";
  if (!waits && !(request.shown && request.shown->choices_on_page)) return printed;
  SEGELL_TRY(const auto made, template_of(visit.document));
  const std::string& text = waits ? request.paper->verification_code : visit.document.verification_code;
  SEGELL_TRY(const auto code, VerificationCode::parse(text));
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    if (!made) {
      printed.push_back(item_part(request, request.items[i], choice_field(code.shown(), i), {}));
      continue;
    }
    for (const auto& [item, field] : made->items) {
      if (item.id != request.items[i].id) continue;
      for (const templates::Part& part : made->tree.parts) {
        const auto* one = std::get_if<templates::ItemPart>(&part);
        if (one != nullptr && one->field == field) printed.push_back(*one);
      }
    }
  }
  if (printed.size() != request.items.size()) return damaged("items");
  return printed;
}

base::Result<std::optional<Preparation>> prepare_paper(Service::State& state, const Tenant& tenant,
                                                       const storage::DocumentRecord& document,
                                                       const storage::RevisionRecord& last,
                                                       const RequestPayload& request, const PaperPeople& people,
                                                       const std::map<std::string, std::string>& notice_titles,
                                                       base::Instant now) {
  if (document.state != "draft") return std::optional<Preparation>();
  SEGELL_TRY(base::Bytes bytes, state.store.document_content(tenant.settings.tenant, document.id, last.index));
  // The base is read from octets of its own: those of the whole grow below.
  const base::Bytes original = bytes;
  SEGELL_TRY(const auto base, pdf::Document::open_strict(pdf::borrow_source(original)));
  SEGELL_TRY(const auto signatures, pdf::find_signatures(base));
  if (!signatures.empty()) return std::optional<Preparation>();
  SEGELL_TRY(const auto made, template_of(document));
  // Somebody else decides on it first.
  if (made && request.items.empty() && !made->items.empty()) return std::optional<Preparation>();
  SEGELL_TRY(Preparation preparation,
             made ? prepare_born(base, *made, document, request)
                  : prepare_added(state, tenant, base, bytes, request, people, notice_titles, now));
  preparation.paper.base = last.index;
  return std::optional(std::move(preparation));
}

}  // namespace segell::app
