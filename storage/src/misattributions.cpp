#include "storage/misattributions.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kMisattributionColumns =
    "SELECT id, request, document, person, state, incident, raised, due, log_index, sealed, void_at, void_revision, "
    "void_index FROM misattribution ";

std::string misattribution_context(const MisattributionId& id) { return "misattribution." + id.text(); }

Result<MisattributionRecord> read_misattribution(const Scope& scope, const Statement& row) {
  MisattributionRecord record;
  SEGELL_TRY(record.id, id_column<MisattributionId>(row, 0));
  SEGELL_TRY(record.request, id_column<RequestId>(row, 1));
  SEGELL_TRY(record.document, id_column<DocumentId>(row, 2));
  SEGELL_TRY(record.person, id_column<PersonId>(row, 3));
  record.state = std::string(row.text(4));
  record.incident = std::string(row.text(5));
  record.raised = instant_column(row, 6);
  record.due = optional_instant_column(row, 7);
  record.log_index = unsigned_column(row, 8);
  if (!row.is_null(10)) {
    record.voided =
        VoidMark{instant_column(row, 10), static_cast<std::uint32_t>(row.integer(11)), unsigned_column(row, 12)};
  }
  if (row.is_null(9)) return record;
  SEGELL_TRY(record.words,
             open_json(scope, scope.person_key(record.person), row.bytes(9), misattribution_context(record.id)));
  return record;
}

Result<std::vector<MisattributionRecord>> read_misattributions(const Scope& scope, Statement* row) {
  const Reset reset(row);
  std::vector<MisattributionRecord> records;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return records;
    SEGELL_TRY(MisattributionRecord record, read_misattribution(scope, *row));
    records.push_back(std::move(record));
  }
}

}  // namespace

Result<MisattributionRecord> Misattributions::get(const MisattributionId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, std::string(kMisattributionColumns) + "WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "misattribution.unknown", "there is no such report of a wrong signer");
  return read_misattribution(*m_scope, *row);
}

Result<std::vector<MisattributionRecord>> Misattributions::list(std::optional<std::uint64_t> before,
                                                                std::size_t limit) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    std::string(kMisattributionColumns) +
                                        "WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
                                    m_scope->tenant, static_cast<std::int64_t>(before.value_or(INT64_MAX)),
                                    static_cast<std::int64_t>(limit)));
  return read_misattributions(*m_scope, row);
}

Result<std::vector<MisattributionRecord>> Misattributions::of_document(const DocumentId& document) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kMisattributionColumns) + "WHERE tenant = ?1 AND document = ?2 ORDER BY log_index, id",
                   m_scope->tenant, document));
  return read_misattributions(*m_scope, row);
}

Result<void> Misattributions::add(const MisattributionRecord& record) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(record.person), record.words, misattribution_context(record.id)));
  return run(m_scope->session,
             "INSERT INTO misattribution (tenant, id, request, document, person, state, incident, raised, due, "
             "log_index, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
             m_scope->tenant, record.id, record.request, record.document, record.person, record.state, record.incident,
             record.raised, record.due, record.log_index, sealed);
}

Result<void> Misattributions::update(const MisattributionRecord& record) {
  SEGELL_TRY(const MisattributionRecord now, get(record.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), record.words, misattribution_context(now.id)));
  std::optional<base::Instant> at;
  std::optional<std::uint32_t> revision;
  std::optional<std::uint64_t> index;
  if (record.voided) {
    at = record.voided->at;
    revision = record.voided->revision;
    index = record.voided->log_index;
  }
  return run(m_scope->session,
             "UPDATE misattribution SET state = ?3, incident = ?4, due = ?5, sealed = ?6, void_at = ?7, "
             "void_revision = ?8, void_index = ?9 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, record.state, record.incident, record.due, sealed, at, revision, index);
}

}  // namespace segell::storage
