#include "storage/officials.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kOfficialColumns = "id, account, state, since, until, created, log_index, sealed";

std::string official_context(const OfficialId& id) { return "official." + id.text(); }

Result<OfficialRecord> read_official(const Scope& scope, const Statement& row) {
  OfficialRecord official;
  SEGELL_TRY(official.id, id_column<OfficialId>(row, 0));
  SEGELL_TRY(official.account, id_column<AccountId>(row, 1));
  official.state = std::string(row.text(2));
  official.since = instant_column(row, 3);
  official.until = instant_column(row, 4);
  official.created = instant_column(row, 5);
  official.log_index = unsigned_column(row, 6);
  SEGELL_TRY(official.details, open_json(scope, scope.tenant_key(), row.bytes(7), official_context(official.id)));
  return official;
}

Result<std::vector<OfficialRecord>> read_officials(const Scope& scope, Statement& row) {
  std::vector<OfficialRecord> officials;
  while (true) {
    SEGELL_TRY(const bool more, row.step());
    if (!more) return officials;
    SEGELL_TRY(OfficialRecord official, read_official(scope, row));
    officials.push_back(std::move(official));
  }
}

}  // namespace

Result<OfficialRecord> Officials::get(const OfficialId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT " + std::string(kOfficialColumns) + " FROM official WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "official.unknown", "the register has no such entry");
  return read_official(*m_scope, *row);
}

Result<std::vector<OfficialRecord>> Officials::list(std::optional<std::uint64_t> before, std::size_t limit) const {
  SEGELL_TRY(
      Statement * row,
      query(m_scope->session,
            "SELECT " + std::string(kOfficialColumns) +
                " FROM official WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
            m_scope->tenant, static_cast<std::int64_t>(before.value_or(INT64_MAX)), static_cast<std::int64_t>(limit)));
  const Reset reset(row);
  return read_officials(*m_scope, *row);
}

Result<std::vector<OfficialRecord>> Officials::of_account(const AccountId& account) const {
  SEGELL_TRY(Statement * row, query(m_scope->session,
                                    "SELECT " + std::string(kOfficialColumns) +
                                        " FROM official WHERE tenant = ?1 AND account = ?2 ORDER BY log_index DESC",
                                    m_scope->tenant, account));
  const Reset reset(row);
  return read_officials(*m_scope, *row);
}

Result<void> Officials::add(const OfficialRecord& official) {
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), official.details, official_context(official.id)));
  return run(m_scope->session,
             "INSERT INTO official (tenant, id, account, state, since, until, created, log_index, sealed) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
             m_scope->tenant, official.id, official.account, official.state, official.since, official.until,
             official.created, official.log_index, sealed);
}

Result<void> Officials::update(const OfficialRecord& official) {
  SEGELL_CHECK(get(official.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->tenant_key(), official.details, official_context(official.id)));
  return run(m_scope->session, "UPDATE official SET state = ?3, sealed = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, official.id, official.state, sealed);
}

}  // namespace segell::storage
