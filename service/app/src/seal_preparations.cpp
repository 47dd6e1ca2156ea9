#include "app/seal_preparations.h"

#include "base/encoding.h"
#include "base/remote_key.h"
#include "checks.h"
#include "document_access.h"
#include "once.h"
#include "pending_requests.h"
#include "proofs.h"
#include "seal_events.h"
#include "seal_layout.h"
#include "sealing.h"
#include "template_document.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace ades = signer::ades;

constexpr std::chrono::hours kWaits{24};       ///< for its signature
constexpr std::chrono::hours kToldOf{24 * 7};  ///< after its end: who comes too late is told so
constexpr std::size_t kMostCertificates = 8;
constexpr std::size_t kLongestField = 127;
constexpr std::size_t kLongestReason = 255;
constexpr std::string_view kPreparationOpen = "open";
constexpr std::string_view kPreparationUsed = "used";

base::Failure bad_certificate(std::size_t index, std::string_view why) {
  return invalid("seal.bad-certificate", "certificates[" + std::to_string(index) + "] " + std::string(why),
                 "send X.509 certificates in DER, base64: the signer's first, then its issuers");
}

base::Failure prepared_changed(std::string why) {
  return base::fail(base::Code::stale, "seal.prepared-changed", std::move(why),
                    "prepare again, and have the new digest signed");
}

base::Result<std::vector<base::Certificate>> read_certificates(const std::vector<std::string>& texts) {
  if (texts.empty()) return bad_certificate(0, "is missing");
  if (texts.size() > kMostCertificates) return bad_certificate(kMostCertificates, "is one too many");
  std::vector<base::Certificate> certificates;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto der = base::from_base64(texts[i]);
    if (!der) return bad_certificate(i, "is not base64");
    auto certificate = base::Certificate::parse_der(*der);
    if (!certificate) return bad_certificate(i, "is no certificate");
    // A root proves nothing inside a seal.
    if (i == 0 || !certificate->is_self_issued()) certificates.push_back(*std::move(certificate));
  }
  return certificates;
}

base::Result<base::RsaPadding> read_padding(const std::string& word) {
  if (word.empty() || word == "pkcs1") return base::RsaPadding::pkcs1;
  if (word == "pss") return base::RsaPadding::pss;
  return invalid("seal.bad-padding", "the padding is pkcs1 or pss");
}

/// What the caller asked for; nothing of the document is looked at yet.
base::Result<SealLayout> read_wish(const Service::State& state, const NewSealPreparation& wanted, base::Instant now) {
  if (!wanted.field.empty() && !is_plain_text(wanted.field, kLongestField))
    return invalid("seal.bad-field", "a field's name has up to 127 octets of plain text");
  if (!wanted.reason.empty() && !is_plain_text(wanted.reason, kLongestReason))
    return invalid("seal.bad-reason", "a reason has up to 255 octets of plain text on one line");
  SEGELL_TRY(const auto padding, read_padding(wanted.padding));
  SEGELL_TRY(auto certificates, read_certificates(wanted.certificates));
  std::vector<base::Certificate> chain(certificates.begin() + 1, certificates.end());
  SEGELL_CHECK(ades::check_seal_certificate(certificates.front(), now));
  if (const std::string fault = state.verifier.path_fault(certificates.front(), chain, now); !fault.empty())
    return invalid("seal.certificate-untrusted", "the certificate does not lead to an anchor of this service: " + fault,
                   "send its issuers too; the operator names the anchors (trust in the configuration)");
  SEGELL_TRY(auto identity, base::make_remote_identity(certificates.front(), std::move(chain), padding));
  return SealLayout{.identity = std::move(identity),
                    .padding = padding,
                    .field = wanted.field,
                    .reason = wanted.reason,
                    .time = std::chrono::floor<std::chrono::seconds>(now)};
}

base::Result<storage::RevisionRecord> find_base(const storage::View& view, const Caller& caller,
                                                const base::DocumentId& document, base::Instant now) {
  SEGELL_CHECK(require_visible(view, caller, {.document = document}, "document.unknown", "document"));
  SEGELL_TRY(const auto record, view.documents().get(document));
  SEGELL_TRY(const auto made, template_of(record));
  if (made && record.state == "draft")
    return base::fail(base::Code::conflict, "seal.unfinished-document",
                      "the document is still laid out for whoever decides on it",
                      "seal it once its decider has signed");
  SEGELL_TRY(const bool pending, has_pending_request(view, document, now));
  if (pending)
    return base::fail(base::Code::conflict, "seal.requests-pending", "people are asked to sign this document",
                      "seal it once they have answered, or cancel their requests");
  return view.documents().last_revision(document);
}

base::Json preparation_json(const storage::SealPreparationRecord& record, const SealLayout& layout) {
  const base::SignatureScheme scheme = layout.identity.key->scheme();
  const base::RemoteDigest digest = base::digest_for_remote(scheme, layout.to_be_signed);
  base::Json json = base::Json::object({{"id", record.id.text()}, {"documentId", record.document.text()}});
  json.set("revision", std::int64_t{record.revision});
  json.set("time", base::format_rfc3339(layout.time));
  json.set("expiresAt", base::format_rfc3339(record.expires));
  json.set("algorithm", base::words_of_scheme(scheme));
  json.set("toBeSigned", base::to_base64(layout.to_be_signed));
  json.set("digestAlgorithm", digest.algorithm);
  json.set("digest", digest.value.empty() ? base::Json() : base::Json(base::to_hex(digest.value)));
  return base::Json::object({{"preparation", std::move(json)}});
}

/// A preparation as it is now, if it can still be completed.
base::Result<storage::SealPreparationRecord> find_open(const storage::View& view, const Caller& caller,
                                                       const storage::SealPreparationId& id, base::Instant now) {
  SEGELL_TRY(const auto record, view.seal_preparations().get(id));
  SEGELL_CHECK(require_visible(view, caller, {.document = record.document}, "seal-preparation.unknown",
                               "preparation of a seal"));
  if (record.state == kPreparationUsed)
    return base::fail(base::Code::conflict, "seal.preparation-used", "this preparation was completed already",
                      "the document has its seal; prepare again for a further one");
  if (record.expires <= now)
    return base::fail(base::Code::expired, "seal.preparation-expired", "the signature comes too late",
                      "prepare again, and have the new digest signed");
  SEGELL_TRY(const auto last, view.documents().last_revision(record.document));
  if (last.index != record.revision) return prepared_changed("the document grew since the seal was prepared");
  SEGELL_TRY(const bool pending, has_pending_request(view, record.document, now));
  if (pending) return prepared_changed("people were asked to sign the document since the seal was prepared");
  return record;
}

struct TimedSeal {
  ades::SealedRevision revision;
  TimeState time_state = TimeState::none;
};

/// Ends the seal with its time, as the tenant wants it of every seal.
base::Result<TimedSeal> add_time(const Service::State& state, const Tenant& tenant, ades::SignedSeal seal, bool room) {
  const ades::TimeDemand demand = demand_of(state, tenant);
  if (demand == ades::TimeDemand::required && (!state.tsa || !room))
    return no_timestamp(state.tsa ? "the seal was prepared without room for one: prepare again" : "none is configured");
  if (demand != ades::TimeDemand::none && room) {
    const auto token = state.tsa->fetch(base::HashAlgorithm::sha256, seal.timestamp_digest());
    if (token) {
      SEGELL_TRY(auto revision, std::move(seal).finish(*token));
      return TimedSeal{std::move(revision), TimeState::tsa};
    }
    if (demand == ades::TimeDemand::required) return seal_error(token.error(), demand);
  }
  SEGELL_TRY(auto revision, std::move(seal).finish());
  return TimedSeal{std::move(revision), demand == ades::TimeDemand::none ? TimeState::none : TimeState::pending};
}

base::Json seal_json(const base::DocumentId& document, const storage::RevisionRecord& row) {
  base::Json json = base::Json::object({{"documentId", document.text()}});
  json.set("revision", std::int64_t{row.index});
  json.set("length", row.total_length);
  json.set("sha256", base::to_hex(row.sha256));
  json.set("time", row.time_state);
  json.set("logIndex", row.log_index);
  return base::Json::object({{"seal", std::move(json)}});
}

/// What stays the same however often the transaction runs.
struct SealCommit {
  const Caller& caller;
  const Once& once;
  storage::SealPreparationRecord preparation;
  storage::RevisionRecord revision;
  storage::StagedBlob blob;
  SealAdded event;
  std::vector<storage::JobRecord> jobs;
  base::Instant now{};
};

base::Result<base::Json> commit_seal(storage::Transaction& transaction, const SealCommit& what) {
  SEGELL_TRY(const auto open, find_open(transaction, what.caller, what.preparation.id, what.now));
  storage::RevisionRecord row = what.revision;
  SealAdded event = what.event;
  SEGELL_TRY(event.person, subject_of(transaction, open.document));
  SEGELL_TRY(row.log_index,
             transaction.append_event(encode(EventHead{what.now, what.caller.actor}, event), event.person));
  SEGELL_CHECK(transaction.documents().add_revision(open.document, row, what.blob));
  SEGELL_CHECK(transaction.seal_preparations().set_state(open.id, kPreparationUsed, kPreparationOpen));
  for (const storage::JobRecord& job : what.jobs) SEGELL_CHECK(transaction.jobs().add(job));
  base::Json answer = seal_json(open.document, row);
  SEGELL_CHECK(what.once.record(transaction, answer));
  return answer;
}

base::Result<void> require_sealing(const Caller& caller) {
  SEGELL_CHECK(require_integrator(caller));
  return require(caller, Right::documents_seal);
}

}  // namespace

base::Result<Reply> prepare_seal(Service& service, const Caller& caller, const NewSealPreparation& wanted,
                                 const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_sealing(caller));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto document, parse_or_unknown<base::DocumentId>(wanted.document, "document.unknown", "document"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const auto last, state.store.read(caller.tenant, [&](const storage::View& view) {
    return find_base(view, caller, document, now);
  }));
  SEGELL_TRY(SealLayout layout, read_wish(state, wanted, now));
  if (demand_of(state, *tenant) != ades::TimeDemand::none) layout.timestamp_room = ades::kTokenRoomOfTwoSteps;
  SEGELL_TRY(const base::Bytes bytes, state.store.document_content(caller.tenant, document, last.index));
  SEGELL_TRY(const auto prepared, lay_out_seal(bytes, layout));
  layout.to_be_signed = base::to_bytes(prepared.to_be_signed());
  storage::SealPreparationRecord record;
  record.id = storage::SealPreparationId::make();
  record.document = document;
  record.revision = last.index;
  record.state = kPreparationOpen;
  record.expires = now + kWaits;
  record.layout = to_json(layout);
  base::Json answer = preparation_json(record, layout);
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(transaction.seal_preparations().purge(now - kToldOf));
    SEGELL_CHECK(transaction.seal_preparations().add(record));
    return once.record(transaction, answer);
  }));
  return Reply{std::move(answer)};
}

base::Result<Reply> complete_seal(Service& service, const Caller& caller, std::string_view preparation,
                                  base::BytesView signature, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_sealing(caller));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::SealPreparationId>(preparation, "seal-preparation.unknown",
                                                                         "preparation of a seal"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  const auto look = [&] {
    return state.store.read(caller.tenant, [&](const storage::View& view) { return find_open(view, caller, id, now); });
  };
  SEGELL_TRY(const auto found, look());
  const DocumentLocks::Held held(state.documents, found.document);
  SEGELL_TRY(auto record, look());
  SEGELL_TRY(const SealLayout layout, seal_layout_from_json(record.layout));
  SEGELL_CHECK(ades::check_seal_certificate(layout.identity.certificate, now));
  SEGELL_TRY(base::Bytes bytes, state.store.document_content(caller.tenant, record.document, record.revision));
  SEGELL_TRY(auto prepared, lay_out_seal(bytes, layout));
  if (!std::ranges::equal(prepared.to_be_signed(), layout.to_be_signed))
    return prepared_changed("this form of the service lays the seal out in another way");
  SEGELL_TRY(const base::Bytes accepted,
             base::accept_remote_signature(layout.identity, layout.to_be_signed, signature));
  SEGELL_TRY(auto seal, std::move(prepared).complete(accepted));
  SEGELL_TRY(const TimedSeal timed, add_time(state, *tenant, std::move(seal), layout.timestamp_room != 0));
  base::append(bytes, timed.revision.bytes);
  storage::RevisionRecord revision =
      revision_after(record.revision, "seal", bytes, timed.revision.bytes.size(), timed.time_state);
  SEGELL_TRY(auto blob, state.store.stage_blob(caller.tenant, record.document, revision.index, timed.revision.bytes));
  SealAdded event{
      {}, record.document, revision_fact(revision), layout.identity.certificate.fingerprint(), timed.time_state};
  auto jobs = jobs_after_seal(state, record.document, timed.time_state, now);
  const SealCommit what{
      caller, once, std::move(record), std::move(revision), std::move(blob), std::move(event), std::move(jobs), now};
  SEGELL_TRY(auto answer, state.store.run(caller.tenant, [&](storage::Transaction& transaction) {
    return commit_seal(transaction, what);
  }));
  return Reply{std::move(answer)};
}

}  // namespace segell::app
