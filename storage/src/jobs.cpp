#include "storage/jobs.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

using base::Code;
using base::fail;
using base::Result;

Result<std::vector<JobRecord>> Jobs::due(std::string_view kind, base::Instant now, std::size_t limit) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT id, kind, sealed, due, attempts FROM job WHERE tenant = ?1 AND due <= ?2 AND kind = ?4 "
                   "ORDER BY due, id LIMIT ?3",
                   m_scope->tenant, now, static_cast<std::uint64_t>(limit), kind));
  const Reset reset(row);
  std::vector<JobRecord> jobs;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return jobs;
    JobRecord job;
    SEGELL_TRY(job.id, id_column<JobId>(*row, 0));
    job.kind = std::string(row->text(1));
    SEGELL_TRY(job.payload, open_json(*m_scope, m_scope->tenant_key(), row->bytes(2), "job." + job.id.text()));
    job.due = instant_column(*row, 3);
    job.attempts = row->integer(4);
    jobs.push_back(std::move(job));
  }
}

Result<void> Jobs::add(const JobRecord& job) {
  SEGELL_TRY(const base::Bytes sealed, seal_json(*m_scope, m_scope->tenant_key(), job.payload, "job." + job.id.text()));
  return run(m_scope->session,
             "INSERT INTO job (tenant, id, kind, sealed, due, attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, job.id, job.kind, sealed, job.due, job.attempts);
}

Result<void> Jobs::reschedule(const JobId& id, base::Instant due, std::int64_t attempts) {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT 1 FROM job WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id));
  SEGELL_TRY(const bool found, row->step());
  row->reset();
  if (!found) return fail(Code::not_found, "job.unknown", "there is no such job");
  return run(m_scope->session, "UPDATE job SET due = ?3, attempts = ?4 WHERE tenant = ?1 AND id = ?2", m_scope->tenant,
             id, due, attempts);
}

Result<void> Jobs::remove(const JobId& id) {
  return run(m_scope->session, "DELETE FROM job WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id);
}

}  // namespace segell::storage
