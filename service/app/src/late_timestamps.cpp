#include "late_timestamps.h"

#include "document_access.h"
#include "job_pause.h"
#include "json_fields.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace segell::app {

namespace {

namespace pdf = signer::pdf;
constexpr std::size_t kJobsARound = 32;

/// The actor of what the service does by itself: none.
EventHead own_act(base::Instant now) { return EventHead{now, ActorId()}; }

struct Pending {
  std::vector<storage::RevisionRecord> waiting;
  storage::RevisionRecord last;
};

base::Result<Pending> load_pending(Service::State& state, const base::TenantId& tenant,
                                   const base::DocumentId& document) {
  return state.store.read(tenant, [&](const storage::View& view) -> base::Result<Pending> {
    Pending pending;
    SEGELL_TRY(const auto revisions, view.documents().revisions(document));
    if (revisions.empty()) return base::fail(base::Code::not_found, "document.unknown", "no such document");
    pending.last = revisions.back();
    std::copy_if(
        revisions.begin(), revisions.end(), std::back_inserter(pending.waiting),
        [](const storage::RevisionRecord& revision) { return revision.time_state == to_string(TimeState::pending); });
    return pending;
  });
}

/// One timestamp covers every act before it. Gives false when nothing waits any more.
base::Result<bool> add_timestamp(Service::State& state, const base::TenantId& tenant, const storage::JobRecord& job) {
  SEGELL_TRY(const std::string text, text_field(job.payload, "document"));
  SEGELL_TRY(const auto document, base::DocumentId::parse(text));
  const DocumentLocks::Held held(state.documents, document);
  SEGELL_TRY(const Pending pending, load_pending(state, tenant, document));
  const auto remove_job = [&](storage::Transaction& transaction) { return transaction.jobs().remove(job.id); };
  if (pending.waiting.empty()) {
    SEGELL_CHECK(state.store.run(tenant, remove_job));
    return false;
  }
  SEGELL_TRY(base::Bytes bytes, state.store.document_content(tenant, document, pending.last.index));
  SEGELL_TRY(const auto opened, pdf::Document::open_strict(pdf::borrow_source(bytes)));
  SEGELL_TRY(const auto sealed, signer::ades::append_document_timestamp(opened, *state.tsa));
  SEGELL_TRY(const auto blob, state.store.stage_blob(tenant, document, pending.last.index + 1, sealed.bytes));
  base::append(bytes, sealed.bytes);
  const storage::RevisionRecord revision =
      revision_after(pending.last.index, "timestamp", bytes, sealed.bytes.size(), TimeState::tsa);
  const base::Instant now = state.clock.now();
  const base::Instant token_time = sealed.timestamp ? sealed.timestamp->time() : now;
  SEGELL_CHECK(state.store.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    storage::RevisionRecord row = revision;
    SEGELL_TRY(const auto subject, subject_of(transaction, document));
    SEGELL_TRY(
        row.log_index,
        transaction.append_event(
            encode(own_act(now), TimestampAppended{subject, document, revision_fact(row), token_time}), subject));
    SEGELL_CHECK(transaction.documents().add_revision(document, row, blob));
    for (const storage::RevisionRecord& act : pending.waiting) {
      SEGELL_CHECK(transaction.documents().set_time_state(document, act.index, row.time_state));
    }
    return remove_job(transaction);
  }));
  return true;
}

std::size_t run_tenant(Service::State& state, const base::TenantId& tenant) {
  const base::Instant now = state.clock.now();
  const auto jobs = state.store.read(
      tenant, [&](const storage::View& view) { return view.jobs().due(kLateTimestampJob, now, kJobsARound); });
  if (!jobs) {
    spdlog::error("late timestamps: jobs cannot be read: {}", jobs.error().reason);
    return 0;
  }
  std::size_t added = 0;
  for (const storage::JobRecord& job : *jobs) {
    const auto done = add_timestamp(state, tenant, job);
    if (done) {
      added += *done ? 1 : 0;
      continue;
    }
    spdlog::warn("late timestamp of job {} failed: {}", job.id.text(), done.error().reason);
    const auto again = state.store.run(tenant, [&](storage::Transaction& transaction) {
      return transaction.jobs().reschedule(job.id, next_try(now, job.attempts), job.attempts + 1);
    });
    if (!again) spdlog::error("job {} could not be put off: {}", job.id.text(), again.error().reason);
  }
  return added;
}

}  // namespace

storage::JobRecord late_timestamp_job(const base::DocumentId& document, base::Instant due) {
  storage::JobRecord job;
  job.id = storage::JobId::make();
  job.kind = kLateTimestampJob;
  job.payload = base::Json::object({{"document", document.text()}});
  job.due = due;
  return job;
}

std::size_t add_late_timestamps(Service::State& state) {
  if (!state.tsa) return 0;
  std::size_t added = 0;
  for (const auto& [id, tenant] : state.tenants) added += run_tenant(state, id);
  return added;
}

}  // namespace segell::app
