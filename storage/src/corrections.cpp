#include "storage/corrections.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string context_of(const CorrectionId& id) { return "correction." + id.text(); }

constexpr std::string_view kCorrectionColumns = "id, person, document, state, created, log_index, sealed";

Result<CorrectionRecord> read_correction(const Scope& scope, const Statement& row) {
  CorrectionRecord correction;
  SEGELL_TRY(correction.id, id_column<CorrectionId>(row, 0));
  SEGELL_TRY(correction.person, id_column<PersonId>(row, 1));
  if (!row.is_null(2)) {
    SEGELL_TRY(correction.document, id_column<DocumentId>(row, 2));
  }
  correction.state = std::string(row.text(3));
  correction.created = instant_column(row, 4);
  correction.log_index = unsigned_column(row, 5);
  SEGELL_TRY(correction.words,
             open_json(scope, scope.person_key(correction.person), row.bytes(6), context_of(correction.id)));
  return correction;
}

Result<std::vector<CorrectionRecord>> read_all(const Scope& scope, Statement* row) {
  const Reset reset(row);
  std::vector<CorrectionRecord> corrections;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return corrections;
    SEGELL_TRY(CorrectionRecord correction, read_correction(scope, *row));
    corrections.push_back(std::move(correction));
  }
}

}  // namespace

Result<CorrectionRecord> Corrections::get(const CorrectionId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kCorrectionColumns) + " FROM correction WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "correction.unknown", "there is no such request for a correction");
  return read_correction(*m_scope, *row);
}

Result<std::vector<CorrectionRecord>> Corrections::list(const std::optional<PersonId>& person,
                                                        std::optional<std::uint64_t> before, std::size_t limit) const {
  const std::string head =
      "SELECT " + std::string(kCorrectionColumns) + " FROM correction WHERE tenant = ?1 AND log_index < ?2";
  const std::string tail = " ORDER BY log_index DESC LIMIT ?3";
  const auto end = static_cast<std::int64_t>(before.value_or(INT64_MAX));
  const auto most = static_cast<std::int64_t>(limit);
  if (!person) {
    SEGELL_TRY(Statement * row, query(m_scope->session, head + tail, m_scope->tenant, end, most));
    return read_all(*m_scope, row);
  }
  SEGELL_TRY(Statement * row,
             query(m_scope->session, head + " AND person = ?4" + tail, m_scope->tenant, end, most, *person));
  return read_all(*m_scope, row);
}

Result<void> Corrections::add(const CorrectionRecord& correction) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(correction.person), correction.words, context_of(correction.id)));
  return run(m_scope->session,
             "INSERT INTO correction (tenant, id, person, document, state, created, log_index, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
             m_scope->tenant, correction.id, correction.person, correction.document, correction.state,
             correction.created, correction.log_index, sealed);
}

Result<void> Corrections::update(const CorrectionRecord& correction) {
  SEGELL_TRY(const CorrectionRecord now, get(correction.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), correction.words, context_of(now.id)));
  return run(m_scope->session, "UPDATE correction SET state = ?3, sealed = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, correction.state, sealed);
}

}  // namespace segell::storage
