#include "app/visit.h"

#include "account_events.h"
#include "act_decisions.h"
#include "act_facts.h"
#include "act_seal.h"
#include "base/encoding.h"
#include "consent_facts.h"
#include "decided_when.h"
#include "document_access.h"
#include "events.h"
#include "once.h"
#include "proofs.h"
#include "remembered_paper.h"
#include "sealing.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/pages.h"
#include "turns.h"

#include <algorithm>
#include <cmath>

namespace segell::app {

namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;

constexpr int kTries = 3;
constexpr std::size_t kTimestampRoom = 8192;
constexpr double kMargin = 56;
constexpr double kBottom = 140 + kFieldGap;  // above the foot of a page of choices

/// The visit and its document as one snapshot shows them.
struct Scene {
  VisitState visit;
  std::vector<storage::RevisionRecord> revisions;
  bool guarded = false;  ///< no name but the person's own goes on paper
};

/// `judged`: by when whoever signs had to be the one who may.
base::Result<Scene> load_scene(Service::State& state, const VisitCaller& caller, base::Instant now,
                               base::Instant judged) {
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<Scene> {
    Scene scene;
    SEGELL_TRY(scene.visit, open_visit(view, caller.request, judged));
    SEGELL_TRY(const bool under_protection, is_protected(view, scene.visit.request.person, now));
    scene.guarded = under_protection || scene.visit.payload.discreet;
    SEGELL_TRY(scene.revisions, view.documents().revisions(scene.visit.request.document));
    return scene;
  });
}

/// What the page rendered is what was frozen for this person, and nothing but seals came after it.
base::Result<void> check_shown(const Scene& scene, const CheckedAct& act) {
  if (!scene.visit.payload.shown) {
    return base::fail(base::Code::conflict, "visit.not-frozen", "the choices come first");
  }
  const ShownRevision& shown = *scene.visit.payload.shown;
  if (act.shown_sha256 != shown.sha256 || act.shown_sha512 != shown.sha512 || act.shown_length != shown.length) {
    const bool earlier =
        std::any_of(scene.revisions.begin(), scene.revisions.end(),
                    [&](const storage::RevisionRecord& revision) { return revision.sha256 == act.shown_sha256; });
    if (earlier) {
      return base::fail(base::Code::stale, "act.stale", "another revision of the document was shown",
                        "load the document again and show it");
    }
    return base::fail(base::Code::stale, "act.wrong-digest", "what was shown is not what is stored",
                      "load the document again and show it");
  }
  for (const storage::RevisionRecord& revision : scene.revisions) {
    if (revision.index > shown.index && revision.kind != "act" && revision.kind != "timestamp") {
      return base::fail(base::Code::stale, "act.stale", "the document got more than signatures since it was shown",
                        "load the document again and show it");
    }
  }
  return base::ok();
}

/// An empty field that waits for a signature, or a box of our own: on the page of choices its reserved room, further
/// signers in rows above it.
base::Result<pdf::SignaturePlace> find_place(const pdf::Document& document, const Scene& scene) {
  SEGELL_TRY(const pdf::Form form, pdf::read_form(document));
  // Where each signer has a place, nobody takes another's.
  const std::string& own = scene.visit.payload.signature_field;
  const bool any = own.empty() && scene.visit.document.details.find("template") == nullptr;
  for (const pdf::Field& field : form.fields) {
    const bool meant = any || field.name == own;
    if (meant && field.is_signature() && field.is_empty()) return pdf::SignaturePlace(pdf::ExistingField{field.name});
  }
  SEGELL_TRY(const std::size_t pages, pdf::page_count(document, document.latest()));
  SEGELL_TRY(const pdf::Page last, pdf::load_page(document, pages - 1));
  const auto acts = std::count_if(scene.revisions.begin(), scene.revisions.end(),
                                  [](const storage::RevisionRecord& revision) { return revision.kind == "act"; });
  const double width = std::min(kFieldWidth, last.shown_width() - 2 * kMargin);
  const double rows = std::max(1.0, std::floor((last.shown_height() - kBottom) / kFieldHeight));
  const double bottom = kBottom + kFieldHeight * static_cast<double>(acts % static_cast<std::ptrdiff_t>(rows));
  return pdf::SignaturePlace(
      pdf::VisibleField{"", pages - 1, {kMargin, bottom, kMargin + width, bottom + kFieldHeight}});
}

/// Everything that the transaction writes.
struct Sealed {
  storage::RevisionRecord revision;
  storage::StagedBlob blob;
  base::Bytes disclosure;
  base::Sha256 manifest{};
  TimeState time_state = TimeState::none;
};

base::Result<ades::Manifest> make_manifest(const Scene& scene, const CheckedAct& act, const base::Bytes& nonce,
                                           const std::vector<ades::Fact>& facts) {
  SEGELL_TRY(auto code, ades::VerificationCode::parse(scene.visit.document.verification_code));
  const ShownRevision& shown = *scene.visit.payload.shown;
  const storage::RevisionRecord& last = scene.revisions.back();
  ades::Manifest manifest{std::move(code)};
  manifest.shown = {shown.length, shown.sha256, shown.sha512};
  manifest.base = {last.total_length, last.sha256};
  manifest.rendition = scene.visit.payload.rendition.value_or(shown.sha256);
  manifest.method = act.method;
  manifest.meaning = act.meaning;
  std::copy_n(nonce.begin(), std::min(nonce.size(), manifest.nonce.size()), manifest.nonce.begin());
  manifest.signer = ades::DocumentSignerId::make();
  SEGELL_TRY(manifest.commitments, ades::commitments(facts));
  return manifest;
}

/// What the paper says of how the person acted. Who helped a person under protection stands in the facts alone.
StatedAct stated_act(const Scene& scene, const CheckedAct& act, const ActOrigin& origin) {
  StatedAct said{act.method, act.meaning, {}};
  if (scene.guarded) return said;
  if (origin.official != nullptr) said.names.push_back(origin.official->entry.name);
  if (!act.diligence) return said;
  for (const CheckedDiligence::Witness& witness : act.diligence->witnesses) said.names.push_back(witness.name);
  return said;
}

base::Result<ades::SealAppearance> make_appearance(Service::State& state, const Tenant& tenant, const Scene& scene,
                                                   const CheckedAct& act, const ActOrigin& origin, base::Instant now) {
  SEGELL_TRY(const auto code, ades::VerificationCode::parse(scene.visit.document.verification_code));
  const PaperFacts facts{tenant.settings.organisation, people_of(scene.visit, scene.guarded), state.settings.public_url,
                         code.shown(), now};
  ades::SealAppearance appearance;
  appearance.ink = act.picture;
  appearance.ink_box = {0, 0, kInkWidth, kFieldHeight};
  const bool ink = act.picture.has_value();
  const double left = statement_left(ink);
  appearance.statement_box = {left, kTimeHeight, kFieldWidth, kFieldHeight};
  appearance.time_box = {left, 0, kFieldWidth, kTimeHeight};
  const std::string& language = scene.visit.payload.language;
  SEGELL_TRY(appearance.statement, remembered_statement(state, language, facts, stated_act(scene, act, origin), ink));
  const TimeLabel label = origin.captured != nullptr ? TimeLabel::sealed_later : TimeLabel::act;
  SEGELL_TRY(appearance.time, remembered_time(state, language, label, now, appearance.time_box.width()));
  return appearance;
}

/// Prepares, signs and stages one more revision on the newest one.
base::Result<Sealed> seal(Service::State& state, const Tenant& tenant, const Scene& scene, const CheckedAct& act,
                          const ActOrigin& origin, const std::vector<ades::Fact>& facts, base::Instant now) {
  const CapturedEvidence* captured = origin.captured;
  const base::DocumentId& id = scene.visit.request.document;
  const storage::RevisionRecord& last = scene.revisions.back();
  base::Hasher hasher(base::HashAlgorithm::sha256);
  SEGELL_TRY(const base::Bytes bytes, state.store.document_content(tenant.settings.tenant, id, last.index, &hasher));
  SEGELL_TRY(const auto document, pdf::Document::open_strict(pdf::borrow_source(bytes)));
  SEGELL_TRY(const ades::Manifest manifest,
             make_manifest(scene, act, captured ? captured->nonce : scene.visit.request.nonce, facts));
  ades::SealRequest request;
  SEGELL_TRY(request.manifest, ades::write_manifest(manifest));
  SEGELL_TRY(request.place, find_place(document, scene));
  SEGELL_TRY(request.appearance, make_appearance(state, tenant, scene, act, origin, now));
  request.claimed_time = now;
  request.document_hash = &hasher;
  const ades::TimeDemand demand = demand_of(state, tenant);
  if (demand != ades::TimeDemand::none) request.timestamp_room = kTimestampRoom;
  if (demand == ades::TimeDemand::required && !state.tsa) {
    return no_timestamp("none is configured");
  }
  Sealed sealed;
  sealed.manifest = base::sha256(request.manifest);
  auto made = tenant.sealer.seal(document, std::move(request), demand, state.tsa ? &*state.tsa : nullptr);
  if (!made) return seal_error(std::move(made).error(), demand);
  sealed.time_state = made->timestamp                      ? TimeState::tsa
                      : demand == ades::TimeDemand::wanted ? TimeState::pending
                                                           : TimeState::none;
  storage::RevisionRecord& revision = sealed.revision;
  revision.index = last.index + 1;
  revision.kind = "act";
  revision.length = made->bytes.size();
  revision.total_length = bytes.size() + made->bytes.size();
  revision.time_state = to_string(sealed.time_state);
  hasher.update(made->bytes);
  revision.sha256 = hasher.finish_sha256();
  base::Hasher wide = state.wide_digests.find(last.sha256, bytes);
  wide.update(made->bytes);
  const base::Bytes sha512 = wide.finish();
  std::copy(sha512.begin(), sha512.end(), revision.sha512.begin());
  SEGELL_TRY(sealed.disclosure, ades::write_disclosure({manifest.verification_code, facts}));
  SEGELL_TRY(sealed.blob, state.store.stage_blob(tenant.settings.tenant, id, revision.index, made->bytes));
  return sealed;
}

/// The request is signed; where the person chose what that means, or something was noted down, it says so.
base::Result<void> close_request(storage::Transaction& transaction, const VisitState& visit, const CheckedAct& act) {
  const auto state = act.reservation.empty() ? request_state::kSigned : request_state::kSignedWithReservation;
  const bool only_state = visit.payload.meanings.empty() && !act.notes && visit.payload.on_behalf.is_null();
  if (only_state) return transaction.requests().set_state(visit.request.id, state);
  SEGELL_TRY(auto record, transaction.requests().get(visit.request.id));
  SEGELL_TRY(auto payload, request_payload_from_json(record.payload));
  if (!payload.meanings.empty()) {
    payload.meaning = to_string(act.meaning);
    payload.reservation = act.reservation;
  }
  if (act.notes) payload.notes = act.notes;
  payload.on_behalf = {};
  record.payload = to_json(payload);
  const std::string before = std::exchange(record.state, std::string(state));
  return transaction.requests().update(record, before);
}

/// What stays the same however often the transaction runs.
struct Commit {
  const TenantSettings& settings;
  const VisitCaller& caller;
  const VisitState& visit;  ///< as it was sealed; only its state may have changed since
  const CheckedAct& act;
  const Sealed& sealed;
  const ActRecorder& record;
  const OfficialEvidence* official;
  EventHead head;
  DecidedWhen when;
  storage::ReviewId notice;
  std::vector<consent::DecisionId> decisions;
  std::vector<storage::JobRecord> jobs;
};

base::Json sealed_json(const VisitState& visit, const Sealed& sealed, std::uint64_t log_index) {
  base::Json json = base::Json::object();
  json.set("documentId", visit.request.document.text());
  auto code = ades::VerificationCode::parse(visit.document.verification_code);
  json.set("verificationCode", code ? code->shown() : visit.document.verification_code);
  json.set("length", sealed.revision.total_length);
  json.set("sha256", base::to_hex(sealed.revision.sha256));
  json.set("time", to_string(sealed.time_state));
  json.set("logIndex", log_index);
  return base::Json::object({{"sealed", std::move(json)}});
}

base::Result<base::Json> commit(storage::Transaction& transaction, const Commit& what) {
  const VisitState& visit = what.visit;
  SEGELL_TRY(const auto standing, transaction.requests().standing(what.caller.request));
  SEGELL_CHECK(require_open(standing, what.when.latest));
  // The power to sign for the person may have ended since the act was prepared.
  SEGELL_CHECK(require_may_sign(transaction, visit.request, visit.payload, what.when.latest));
  const base::DocumentId& document = visit.request.document;
  const base::PersonId& person = visit.request.person;
  storage::RevisionRecord row = what.sealed.revision;
  ActSealed event{person,
                  document,
                  visit.request.id,
                  revision_fact(row),
                  std::string(to_string(what.act.method)),
                  std::string(to_string(what.act.meaning)),
                  what.sealed.manifest,
                  what.sealed.time_state,
                  {},
                  {},
                  power_of(visit)};
  if (what.official != nullptr) {
    // The register may have changed since the act was prepared.
    SEGELL_TRY(const auto entry,
               require_official(transaction, what.official->account, what.official->procedures, what.when.latest));
    event.official = entry.record.id;
  }
  if (!what.act.envelope.empty()) event.envelope = base::sha256(what.act.envelope);
  SEGELL_TRY(row.log_index, transaction.append_event(encode(what.head, event), person));
  SEGELL_CHECK(transaction.documents().add_revision(document, row, what.sealed.blob));
  SEGELL_CHECK(transaction.evidence().add_disclosure(document, row.index, person, what.sealed.disclosure));
  if (!what.act.envelope.empty()) {
    SEGELL_CHECK(transaction.evidence().add_envelope(document, row.index, person, what.act.envelope));
  }
  SEGELL_CHECK(
      record_act_decisions(transaction, what.settings, visit, what.head, what.when, {what.decisions, what.notice}));
  SEGELL_CHECK(transaction.documents().set_state(document, "sealed"));
  SEGELL_CHECK(close_request(transaction, visit, what.act));
  SEGELL_CHECK(reach_turns(transaction, what.head, document, visit.request.id));
  for (const storage::JobRecord& job : what.jobs) SEGELL_CHECK(transaction.jobs().add(job));
  base::Json answer = sealed_json(visit, what.sealed, row.log_index);
  SEGELL_CHECK(what.record(transaction, answer));
  return answer;
}

/// One try on the document as it stands: stale when another seal came in between.
base::Result<base::Json> try_act(Service::State& state, const Tenant& tenant, const VisitCaller& caller, const Act& act,
                                 const ActOrigin& origin, const ActRecorder& record) {
  const base::Instant now = state.clock.now();
  const CapturedEvidence* captured = origin.captured;
  const OfficialEvidence* official = origin.official;
  const DecidedWhen when = captured ? DecidedWhen{captured->not_before, captured->received} : DecidedWhen{now, now};
  SEGELL_TRY(const Scene scene, load_scene(state, caller, now, when.latest));
  SEGELL_CHECK(require_open(scene.visit, when.latest));
  SEGELL_TRY(const CheckedAct checked,
             check_act(act, scene.visit, tenant.settings, official ? ActedBy::official : ActedBy::person));
  SEGELL_CHECK(check_shown(scene, checked));
  SEGELL_CHECK(ades::check_seal_certificate(tenant.settings.seal.certificate, now));
  SEGELL_TRY(const auto facts, make_act_facts(checked, scene.visit, tenant.settings, when.latest, origin));
  SEGELL_TRY(const Sealed sealed, seal(state, tenant, scene, checked, origin, facts, now));
  const EventHead head{now, official ? actor_of(official->account) : visit_actor(caller)};
  Commit what{tenant.settings,           caller, scene.visit, checked, sealed, record, official, head, when,
              storage::ReviewId::make(), {},     {}};
  for (std::size_t i = 0; i < scene.visit.payload.items.size(); ++i) {
    what.decisions.push_back(consent::DecisionId::make());
  }
  what.jobs = jobs_after_seal(state, scene.visit.request.document, sealed.time_state, now);
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) { return commit(transaction, what); });
}

}  // namespace

base::Result<Reply> perform_act(Service& service, const VisitCaller& caller, const Act& act,
                                const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(state.tenant(caller.tenant));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.request.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(auto body,
             seal_act(state, caller, act, {}, [&](storage::Transaction& transaction, const base::Json& answer) {
               return once.record(transaction, answer);
             }));
  return Reply{std::move(body)};
}

base::Result<base::Json> seal_act(Service::State& state, const VisitCaller& caller, const Act& act,
                                  const ActOrigin& origin, const ActRecorder& record) {
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto standing, state.store.read(caller.tenant, [&](const storage::View& view) {
    return view.requests().standing(caller.request);
  }));
  const DocumentLocks::Held held(state.documents, standing.document);
  for (int i = 1;; ++i) {
    auto body = try_act(state, *tenant, caller, act, origin, record);
    if (body) return body;
    // Another node sealed on the same document: prepare on its revision.
    if (body.error().reason != "document.revision-taken" || i == kTries) return base::fail(std::move(body).error());
  }
}

}  // namespace segell::app
