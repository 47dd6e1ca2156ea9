#include "storage/idempotency.h"

#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Json;
using base::Result;

Result<base::Bytes> tag_of(const Scope& scope, const std::string& caller, const std::string& route,
                           const std::string& key) {
  return scope.blind_index("idempotency", caller + '\n' + route + '\n' + key);
}
constexpr std::string_view kContext = "idempotency";

}  // namespace

Result<std::optional<IdempotencyRecord>> Idempotency::find(const std::string& caller, const std::string& route,
                                                           const std::string& key) const {
  SEGELL_TRY(const base::Bytes tag, tag_of(*m_scope, caller, route, key));
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT body_hash, status, sealed, expires FROM idempotency WHERE tenant = ?1 AND key_tag = ?2",
                   m_scope->tenant, tag));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<IdempotencyRecord>();
  IdempotencyRecord record;
  record.caller = caller;
  record.route = route;
  record.key = key;
  SEGELL_TRY(record.body_hash, array_column<32>(*row, 0));
  record.status = static_cast<int>(row->integer(1));
  SEGELL_TRY(const base::Bytes response, m_scope->open(m_scope->tenant_key(), row->bytes(2), kContext));
  record.response = base::to_text(response);
  record.expires = instant_column(*row, 3);
  return std::optional(std::move(record));
}

Result<void> Idempotency::add(const IdempotencyRecord& record) {
  SEGELL_TRY(const base::Bytes tag, tag_of(*m_scope, record.caller, record.route, record.key));
  SEGELL_TRY(const base::Bytes sealed, m_scope->seal(m_scope->tenant_key(), base::as_bytes(record.response), kContext));
  return run(m_scope->session,
             "INSERT INTO idempotency (tenant, key_tag, body_hash, status, sealed, expires) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, tag, record.body_hash, record.status, sealed, record.expires);
}

Result<std::uint64_t> Idempotency::purge_expired(base::Instant now) {
  SEGELL_TRY(Statement * count,
             query(m_scope->session, "SELECT count(*) FROM idempotency WHERE tenant = ?1 AND expires <= ?2",
                   m_scope->tenant, now));
  SEGELL_TRY(const bool row, count->step());
  const std::uint64_t gone = row ? unsigned_column(*count, 0) : 0;
  count->reset();
  SEGELL_CHECK(
      run(m_scope->session, "DELETE FROM idempotency WHERE tenant = ?1 AND expires <= ?2", m_scope->tenant, now));
  return gone;
}

}  // namespace segell::storage
