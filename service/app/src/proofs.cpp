#include "proofs.h"

#include "document_access.h"
#include "job_pause.h"
#include "json_fields.h"
#include "late_timestamps.h"
#include "pending_requests.h"
#include "seal_events.h"
#include "signer/ades/long_term.h"
#include "signer/ades/proof_end.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace segell::app {

namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;

constexpr std::string_view kProofJob = "proof";
constexpr const char* kProof = "proof";  ///< member of a document's details
constexpr std::size_t kProofsARound = 8;
constexpr std::size_t kTakenUpARound = 200;    ///< documents looked at
constexpr std::chrono::hours kAskedPause{1};   ///< people are still asked to sign
constexpr std::chrono::hours kStuckPause{24};  ///< nothing but somebody's help changes it

/// What a document's details hold of its proof.
struct Proof {
  std::string level;
  std::uint32_t revision = 0;  ///< the last one that it covers
  std::optional<base::Instant> ends, renew;
  std::string reason;  ///< why the newest try came to nothing; empty: it did not
};

base::Json to_json(const Proof& proof) {
  const auto time = [](const std::optional<base::Instant>& at) {
    return at ? base::Json(base::format_rfc3339(*at)) : base::Json();
  };
  return base::Json::object({{"level", proof.level},
                             {"revision", std::int64_t{proof.revision}},
                             {"endsAt", time(proof.ends)},
                             {"renewAt", time(proof.renew)},
                             {"reason", proof.reason}});
}

Proof proof_of(const storage::DocumentRecord& document) {
  Proof proof;
  const base::Json* json = document.details.find(kProof);
  if (json == nullptr) return proof;
  const auto time = [&](const char* name) -> std::optional<base::Instant> {
    const auto at = base::parse_rfc3339(text_or_empty(*json, name));
    return at ? std::optional(*at) : std::nullopt;
  };
  proof.level = text_or_empty(*json, "level");
  if (const auto index = int_field(*json, "revision")) proof.revision = static_cast<std::uint32_t>(*index);
  proof.ends = time("endsAt");
  proof.renew = time("renewAt");
  proof.reason = text_or_empty(*json, "reason");
  return proof;
}

bool is_seal(const storage::RevisionRecord& revision) { return revision.kind == "act" || revision.kind == "seal"; }

/// Whether every seal is older than what the proof covers.
bool covers_seals(const Proof& proof, const std::vector<storage::RevisionRecord>& revisions) {
  return !proof.level.empty() && std::ranges::none_of(revisions, [&](const storage::RevisionRecord& revision) {
    return is_seal(revision) && revision.index > proof.revision;
  });
}

storage::JobRecord proof_job(const base::DocumentId& document, base::Instant due) {
  storage::JobRecord job;
  job.id = storage::JobId::make();
  job.kind = kProofJob;
  job.payload = base::Json::object({{"document", document.text()}});
  job.due = due;
  return job;
}

ades::TrustMaterial material_of(const Settings& settings) {
  ades::TrustMaterial trust;
  trust.anchors = settings.trust;
  trust.anchors.insert(trust.anchors.end(), settings.timestamps.anchors.begin(), settings.timestamps.anchors.end());
  trust.crls = settings.crls;
  return trust;
}

/// One round's work on the documents of one tenant.
class ProofRound {
 public:
  ProofRound(Service::State& state, base::TenantId tenant, ades::RevocationClient& revocation)
      : m_state(state),
        m_tenant(std::move(tenant)),
        m_trust(material_of(state.settings)),
        m_sources{.http = state.http,
                  .clock = state.clock,
                  .tsa = &*state.tsa,
                  .bounds = {.deadline = state.settings.proofs.deadline},
                  .revocation = &revocation},
        m_now(state.clock.now()) {}

  /// Orders proofs for what was sealed while none were kept. Every start goes through the documents once; an order too
  /// many is one that finds nothing to do.
  void take_up(TakenUp& progress) {
    const auto page = m_state.store.read(m_tenant, [&](const storage::View& view) -> base::Result<Page> {
      Page out;
      SEGELL_TRY(out.looked_at, view.documents().ids_after(progress.last, kTakenUpARound));
      for (const base::DocumentId& id : out.looked_at) {
        SEGELL_TRY(const auto revisions, view.documents().revisions(id));
        if (std::ranges::none_of(revisions, is_seal)) continue;
        const auto document = view.documents().get(id);
        if (!document)
          spdlog::error("proofs: document {} cannot be read: {}", id.text(), document.error().reason);
        else if (document->details.find(kProof) == nullptr)
          out.unkept.push_back(id);
      }
      return out;
    });
    if (!page) {
      spdlog::error("proofs: documents cannot be read: {}", page.error().reason);
      return;
    }
    const auto ordered = m_state.store.run(m_tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
      for (const base::DocumentId& id : page->unkept) SEGELL_CHECK(transaction.jobs().add(proof_job(id, m_now)));
      return base::ok();
    });
    if (!ordered) {
      spdlog::error("proofs cannot be ordered: {}", ordered.error().reason);
      return;
    }
    progress.whole = page->looked_at.size() < kTakenUpARound;
    if (!page->looked_at.empty()) progress.last = page->looked_at.back();
  }

  std::size_t run() {
    const auto jobs = m_state.store.read(
        m_tenant, [&](const storage::View& view) { return view.jobs().due(kProofJob, m_now, kProofsARound); });
    if (!jobs) {
      spdlog::error("proofs: jobs cannot be read: {}", jobs.error().reason);
      return 0;
    }
    std::size_t extended = 0;
    for (const storage::JobRecord& job : *jobs) {
      if (m_state.is_stopping()) break;
      const auto done = serve(job);
      if (done) {
        extended += *done ? 1 : 0;
        continue;
      }
      spdlog::error("proof job {} could not be served: {}", job.id.text(), done.error().reason);
      const auto again = put_off(job, next_try(m_now, job.attempts));
      if (!again) spdlog::error("job {} could not be put off: {}", job.id.text(), again.error().reason);
    }
    return extended;
  }

 private:
  struct Subject {
    storage::DocumentRecord document;
    std::vector<storage::RevisionRecord> revisions;
    bool asked = false;  ///< people are asked to sign it
  };

  struct Page {
    std::vector<base::DocumentId> looked_at;
    std::vector<base::DocumentId> unkept;  ///< of these
  };

  base::Result<Subject> load(const base::DocumentId& id) const {
    return m_state.store.read(m_tenant, [&](const storage::View& view) -> base::Result<Subject> {
      Subject subject;
      SEGELL_TRY(subject.document, view.documents().get(id));
      SEGELL_TRY(subject.revisions, view.documents().revisions(id));
      SEGELL_TRY(subject.asked, has_pending_request(view, id, m_now));
      return subject;
    });
  }

  base::Result<void> put_off(const storage::JobRecord& job, base::Instant due) {
    return m_state.store.run(m_tenant, [&](storage::Transaction& transaction) {
      return transaction.jobs().reschedule(job.id, due, job.attempts + 1);
    });
  }

  base::Result<void> remove(const storage::JobRecord& job) {
    return m_state.store.run(m_tenant,
                             [&](storage::Transaction& transaction) { return transaction.jobs().remove(job.id); });
  }

  /// Whether the document was extended.
  base::Result<bool> serve(const storage::JobRecord& job) {
    SEGELL_TRY(const std::string text, text_field(job.payload, "document"));
    SEGELL_TRY(const auto id, base::DocumentId::parse(text));
    const DocumentLocks::Held held(m_state.documents, id);
    SEGELL_TRY(const Subject subject, load(id));
    const Proof before = proof_of(subject.document);
    const bool renewal = covers_seals(before, subject.revisions);
    // Another job of the same document was faster, or its renewal was put off by a later seal.
    if (renewal && before.renew && *before.renew > m_now) {
      SEGELL_CHECK(remove(job));
      return false;
    }
    if (subject.asked) {
      SEGELL_CHECK(put_off(job, m_now + kAskedPause));
      return false;
    }
    const bool timeless = std::ranges::any_of(subject.revisions, [](const storage::RevisionRecord& revision) {
      return revision.time_state == to_string(TimeState::pending);
    });
    if (timeless) {
      SEGELL_CHECK(put_off(job, next_try(m_now, job.attempts)));
      return false;
    }
    const auto done = extend(job, subject, renewal);
    if (done) return true;
    SEGELL_CHECK(note_failure(job, id, before, done.error()));
    return false;
  }

  /// Puts what is missing into the document, and orders the renewal.
  base::Result<void> extend(const storage::JobRecord& job, const Subject& subject, bool renewal) {
    const base::DocumentId& id = subject.document.id;
    const bool stamp = renewal || m_state.settings.proofs.level == ProofLevel::b_lta;
    SEGELL_TRY(base::Bytes bytes, m_state.store.document_content(m_tenant, id, subject.revisions.back().index));
    SEGELL_TRY(const auto made, ades::extend_document(pdf::borrow_source(base::BytesView(bytes)),
                                                      stamp ? ades::LongTermLevel::b_lta : ades::LongTermLevel::b_lt,
                                                      m_trust, m_sources));
    Proof proof;
    proof.level = stamp ? "B-LTA" : "B-LT";
    proof.revision = subject.revisions.back().index;
    std::vector<storage::RevisionRecord> rows;
    std::vector<storage::StagedBlob> blobs;
    for (const base::Bytes& octets : made.revisions) {
      base::append(bytes, octets);
      rows.push_back(revision_after(proof.revision++, "evidence", bytes, octets.size(), TimeState::none));
      SEGELL_TRY(auto blob, m_state.store.stage_blob(m_tenant, id, rows.back().index, octets));
      blobs.push_back(std::move(blob));
    }
    SEGELL_TRY(proof.ends, ades::proof_end(pdf::borrow_source(base::BytesView(bytes))));
    if (!proof.ends)
      return base::fail(base::Code::conflict, "proof.no-end", "no timestamp of the document can be read");
    // At the latest possible moment a renewal is still tried at once, and never more often than once an hour.
    proof.renew = std::max(*proof.ends - m_state.settings.proofs.renew_before, m_now + kAskedPause);
    return m_state.store.run(m_tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
      SEGELL_TRY(const auto subject_person, subject_of(transaction, id));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        storage::RevisionRecord row = rows[i];
        const ProofExtended event{subject_person, id, revision_fact(row), proof.level, *proof.ends};
        SEGELL_TRY(row.log_index, transaction.append_event(encode(EventHead{m_now, ActorId()}, event), subject_person));
        SEGELL_CHECK(transaction.documents().add_revision(id, row, blobs[i]));
      }
      SEGELL_CHECK(store(transaction, id, proof));
      SEGELL_CHECK(transaction.jobs().remove(job.id));
      return transaction.jobs().add(proof_job(id, *proof.renew));
    });
  }

  static base::Result<void> store(storage::Transaction& transaction, const base::DocumentId& id, const Proof& proof) {
    SEGELL_TRY(auto record, transaction.documents().get(id));
    record.details.set(kProof, to_json(proof));
    return transaction.documents().update(record);
  }

  base::Result<void> note_failure(const storage::JobRecord& job, const base::DocumentId& id, Proof proof,
                                  const base::Error& error) {
    spdlog::warn("proof of document {} is not extended: {} ({})", id.text(), error.message, error.reason);
    if (proof.ends && *proof.ends - m_now < m_state.settings.proofs.renew_before / 2)
      spdlog::error("the proof of document {} ends on {}, and is not renewed", id.text(),
                    base::format_rfc3339(*proof.ends));
    const bool stuck = error.code == base::Code::conflict || error.code == base::Code::not_found;
    proof.reason = error.reason;
    return m_state.store.run(m_tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
      SEGELL_CHECK(store(transaction, id, proof));
      return transaction.jobs().reschedule(job.id, stuck ? m_now + kStuckPause : next_try(m_now, job.attempts),
                                           job.attempts + 1);
    });
  }

  Service::State& m_state;
  base::TenantId m_tenant;
  ades::TrustMaterial m_trust;
  ades::LongTermSources m_sources;
  base::Instant m_now;
};

}  // namespace

std::vector<storage::JobRecord> jobs_after_seal(const Service::State& state, const base::DocumentId& document,
                                                TimeState time_state, base::Instant now) {
  std::vector<storage::JobRecord> jobs;
  const base::Instant due = now + state.settings.late_timestamp_every;
  if (time_state == TimeState::pending) jobs.push_back(late_timestamp_job(document, due));
  if (state.settings.proofs.level != ProofLevel::b_t) jobs.push_back(proof_job(document, due));
  return jobs;
}

base::Json proof_json(const Settings& settings, const storage::DocumentRecord& document,
                      const std::vector<storage::RevisionRecord>& revisions) {
  const Proof proof = proof_of(document);
  const bool sealed = std::ranges::any_of(revisions, is_seal);
  if (!sealed || (settings.proofs.level == ProofLevel::b_t && proof.level.empty())) return {};
  const auto text_or_null = [](const std::string& text) { return text.empty() ? base::Json() : base::Json(text); };
  const base::Json stored = to_json(proof);
  base::Json json = base::Json::object({{"state", covers_seals(proof, revisions) ? "kept" : "pending"}});
  json.set("level", text_or_null(proof.level));
  json.set("endsAt", member_or_null(stored, "endsAt"));
  json.set("renewAt", member_or_null(stored, "renewAt"));
  json.set("reason", text_or_null(proof.reason));
  return json;
}

std::size_t extend_proofs(Service::State& state) {
  if (!state.tsa || state.settings.proofs.level == ProofLevel::b_t) return 0;
  // Its answers serve the documents of one round: later they may have changed.
  ades::RevocationClient revocation(state.http, state.clock, {.deadline = state.settings.proofs.deadline});
  std::size_t extended = 0;
  for (const auto& [id, tenant] : state.tenants) {
    ProofRound round(state, id, revocation);
    TakenUp& taken_up = state.proofs_taken_up[id];
    if (!taken_up.whole) round.take_up(taken_up);
    extended += round.run();
  }
  return extended;
}

}  // namespace segell::app
