#include "app/visit.h"

#include "base/encoding.h"
#include "checks.h"
#include "document_access.h"
#include "events.h"
#include "freeze.h"
#include "prepared_paper.h"
#include "remembered_paper.h"
#include "signer/ades/verification_code.h"
#include "signer/pdf/pages.h"
#include "template_document.h"
#include "visit_state.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace pdf = signer::pdf;
using consent::DecisionKind;
using signer::ades::VerificationCode;

base::Result<DecisionKind> parse_choice(const consent::ConsentItem& item, const std::string& word) {
  for (const DecisionKind kind : consent::offered_choices(item.basis)) {
    if (choice_word(kind) == word) return kind;
  }
  return invalid("visit.choice-not-offered", "that choice is not offered for the item");
}

/// One decision an item, in the order of the items; nothing is preset.
base::Result<std::vector<DecisionKind>> match(const std::vector<consent::ConsentItem>& items,
                                              const std::vector<Choice>& choices) {
  std::vector<DecisionKind> matched;
  for (const consent::ConsentItem& item : items) {
    const auto is_it = [id = item.id.text()](const Choice& choice) { return choice.item == id; };
    const auto times = std::count_if(choices.begin(), choices.end(), is_it);
    if (times == 0) return invalid("visit.choice-missing", "every item needs a choice");
    if (times > 1) return invalid("visit.choice-unknown", "an item is named twice");
    SEGELL_TRY(const DecisionKind kind,
               parse_choice(item, std::find_if(choices.begin(), choices.end(), is_it)->choice));
    matched.push_back(kind);
  }
  if (choices.size() != items.size()) return invalid("visit.choice-unknown", "a choice names no item of this visit");
  return matched;
}

Reply answer_json(const ShownRevision& shown, const std::string& code, bool again) {
  return {base::Json::object({{"document", frozen_json(shown, code)}}), again};
}

/// Everything that freezing reads, from one snapshot.
struct Draft {
  VisitState visit;
  storage::RevisionRecord last;
  base::Bytes paper;  ///< the pages laid out for the request; none where the document has its own
};

/// Whether the document still takes what was laid out for the request.
bool takes_paper(const VisitState& visit, const storage::RevisionRecord& last) {
  return visit.payload.paper && visit.document.state == "draft" && visit.payload.paper->base == last.index;
}

base::Result<Draft> load_draft(Service::State& state, const VisitCaller& caller, base::Instant judged) {
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<Draft> {
    Draft draft;
    SEGELL_TRY(draft.visit, open_visit(view, caller.request, judged));
    SEGELL_TRY(draft.last, view.documents().last_revision(draft.visit.request.document));
    if (takes_paper(draft.visit, draft.last)) {
      SEGELL_TRY(draft.paper, load_paper(view, caller.request));
    }
    return draft;
  });
}

/// What freezing changes: the paper with its choices as a revision, where the document still takes one.
struct Frozen {
  ShownRevision shown;
  base::Sha256 rendition{};
  std::string code;
  std::optional<storage::RevisionRecord> revision;
  std::optional<storage::StagedBlob> blob;
};

/// The document with what was laid out for the request, just as the page had it.
base::Result<void> extend(base::Bytes& bytes, const Draft& draft) {
  const pdf::FillInRecipe& recipe = draft.visit.payload.paper->recipe;
  base::append(bytes, draft.paper);
  if (bytes.size() == recipe.base_length && base::sha256(bytes) == recipe.base_sha256) return base::ok();
  return base::fail(base::Code::corrupt, "app.record", "what was laid out for the request is not what is stored");
}

pdf::FillInChoices choices_of(const RequestPayload& request) {
  pdf::FillInChoices choices;
  for (std::size_t i = 0; i < request.items.size(); ++i)
    choices.emplace(request.items[i].id.text(), choice_word(request.choices[i]));
  return choices;
}

/// A document that takes no paper: it is shown as it is, and the choices stand in the sealed facts only.
base::Result<void> take_as_it_is(const VisitState& visit, base::BytesView bytes, Frozen& frozen) {
  SEGELL_TRY(const auto made, template_of(visit.document));
  if (made && visit.document.state == "draft" && !made->items.empty()) {
    return base::fail(base::Code::conflict, "visit.decisions-first", "the document's decisions are not made yet",
                      "the person who decides opens their own link first");
  }
  if (made) frozen.rendition = made->tree.rendition;
  SEGELL_TRY(const auto document, pdf::Document::open_strict(pdf::borrow_source(bytes)));
  SEGELL_TRY(const std::size_t pages, pdf::page_count(document, document.latest()));
  frozen.shown.pages = pages;
  return base::ok();
}

base::Result<Frozen> freeze(Service::State& state, const Tenant& tenant, const Draft& draft) {
  const VisitState& visit = draft.visit;
  const base::DocumentId& id = visit.request.document;
  SEGELL_TRY(base::Bytes bytes, state.store.document_content(tenant.settings.tenant, id, draft.last.index));
  Frozen frozen;
  frozen.code = visit.document.verification_code;
  frozen.rendition = draft.last.sha256;
  frozen.shown.index = draft.last.index;
  if (takes_paper(visit, draft.last)) {
    const PreparedPaper& paper = *visit.payload.paper;
    SEGELL_CHECK(extend(bytes, draft));
    SEGELL_TRY(const base::Bytes filled, pdf::fill_in(paper.recipe, choices_of(visit.payload)));
    base::append(bytes, filled);
    base::Bytes added = draft.paper;
    base::append(added, filled);
    frozen.code = paper.verification_code;
    frozen.rendition = paper.rendition;
    frozen.shown.pages = paper.pages;
    frozen.shown.choices_on_page = true;
    if (!added.empty()) {
      frozen.shown.index = draft.last.index + 1;
      SEGELL_TRY(frozen.blob, state.store.stage_blob(tenant.settings.tenant, id, frozen.shown.index, added));
      storage::RevisionRecord revision;
      revision.index = frozen.shown.index;
      revision.kind = "choices";
      revision.length = added.size();
      revision.time_state = to_string(TimeState::none);
      frozen.revision = std::move(revision);
    }
  } else {
    SEGELL_CHECK(take_as_it_is(visit, bytes, frozen));
    if (frozen.code.empty()) frozen.code = VerificationCode::make().text();
  }
  frozen.shown.length = bytes.size();
  frozen.shown.sha256 = base::sha256(bytes);
  base::Hasher wide(base::HashAlgorithm::sha512);
  wide.update(bytes);
  const base::Bytes sha512 = wide.clone().finish();
  std::copy(sha512.begin(), sha512.end(), frozen.shown.sha512.begin());
  state.wide_digests.keep(frozen.shown.sha256, std::move(wide));
  if (frozen.revision) {
    frozen.revision->total_length = frozen.shown.length;
    frozen.revision->sha256 = frozen.shown.sha256;
    frozen.revision->sha512 = frozen.shown.sha512;
  }
  return frozen;
}

/// A page that filled the paper in itself says what it made: it must be what is made here.
base::Result<void> check_made(const Frozen& frozen, const MadeOctets& made) {
  const bool same = (!made.sha256 || *made.sha256 == base::to_hex(frozen.shown.sha256)) &&
                    (!made.sha512 || *made.sha512 == base::to_hex(frozen.shown.sha512)) &&
                    (!made.length || *made.length == frozen.shown.length);
  if (same) return base::ok();
  return base::fail(base::Code::stale, "visit.other-bytes", "what the page filled in is not what these choices make",
                    "load the visit again and choose again; nothing was stored");
}

base::Result<void> commit(storage::Transaction& transaction, const VisitCaller& caller, const Frozen& frozen,
                          const std::vector<DecisionKind>& choices, const EventHead& head, base::Instant judged) {
  SEGELL_TRY(auto visit, open_visit(transaction, caller.request, judged));
  SEGELL_CHECK(require_open(visit, judged));
  if (visit.payload.shown) return base::fail(base::Code::conflict, "visit.frozen", "the choices were made already");
  DocumentFrozen event{visit.request.person, visit.request.document, caller.request, {}, {}};
  event.revision = {frozen.shown.index, frozen.shown.length, frozen.shown.sha256};
  for (std::size_t i = 0; i < choices.size(); ++i) {
    event.choices.emplace_back(visit.payload.items[i].id, to_string(choices[i]));
  }
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), visit.request.person));
  if (frozen.revision) {
    storage::RevisionRecord row = *frozen.revision;
    row.log_index = index;
    SEGELL_CHECK(transaction.documents().add_revision(visit.request.document, row, *frozen.blob));
  }
  if (visit.document.state == "draft") visit.document.state = "frozen";
  visit.document.verification_code = frozen.code;
  SEGELL_CHECK(transaction.documents().update(visit.document));
  visit.payload.choices = choices;
  visit.payload.shown = frozen.shown;
  visit.payload.rendition = frozen.rendition;
  visit.payload.paper.reset();
  SEGELL_CHECK(transaction.requests().remove_paper(caller.request));
  visit.request.payload = to_json(visit.payload);
  const std::string before = visit.request.state;
  if (before == request_state::kCreated) visit.request.state = request_state::kPresented;
  return transaction.requests().update(visit.request, before);
}

}  // namespace

base::Result<Reply> choose(Service& service, const VisitCaller& caller, const std::vector<Choice>& choices,
                           const std::optional<std::string>& made) {
  Service::State& state = service.state();
  return freeze_choices(state, caller, choices, {made, {}, {}}, state.clock.now());
}

base::Result<Reply> freeze_choices(Service::State& state, const VisitCaller& caller, const std::vector<Choice>& choices,
                                   const MadeOctets& made, base::Instant judged) {
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const base::Instant now = state.clock.now();
  SEGELL_TRY(Draft draft, load_draft(state, caller, judged));
  const DocumentLocks::Held held(state.documents, draft.visit.request.document);
  SEGELL_TRY(draft, load_draft(state, caller, judged));  // as it stands now that nobody else changes it
  SEGELL_CHECK(require_open(draft.visit, judged));
  SEGELL_TRY(const auto matched, match(draft.visit.payload.items, choices));
  if (draft.visit.payload.shown) {
    if (draft.visit.payload.choices == matched) {
      return answer_json(*draft.visit.payload.shown, draft.visit.document.verification_code, true);
    }
    return base::fail(base::Code::conflict, "visit.frozen", "the choices stand in the frozen document",
                      "ask the professional for a new signature request to choose otherwise");
  }
  draft.visit.payload.choices = matched;
  SEGELL_TRY(const Frozen frozen, freeze(state, *tenant, draft));
  SEGELL_CHECK(check_made(frozen, made));
  const EventHead head{now, visit_actor(caller)};
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) {
    return commit(transaction, caller, frozen, matched, head, judged);
  }));
  if (const auto code = VerificationCode::parse(frozen.code))
    prepare_statements(state, draft.visit.payload,
                       {tenant->settings.organisation, people_of(draft.visit, /*guarded=*/false),
                        state.settings.public_url, code->shown(), now});
  return answer_json(frozen.shown, frozen.code, false);
}

}  // namespace segell::app
