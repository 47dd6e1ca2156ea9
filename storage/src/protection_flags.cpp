#include "storage/protection_flags.h"

#include "login_tags.h"
#include "query.h"
#include "sealed_json.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

std::string context_of(const ProtectionFlagId& id) { return "protection-flag." + id.text(); }

constexpr std::string_view kFlagColumns =
    "SELECT id, person, kind, state, live, created, log_index, sealed, document FROM protection_flag ";

Result<ProtectionFlag> read_flag(const Scope& scope, const Statement& row) {
  ProtectionFlag flag;
  SEGELL_TRY(flag.id, id_column<ProtectionFlagId>(row, 0));
  SEGELL_TRY(flag.person, id_column<PersonId>(row, 1));
  flag.kind = std::string(row.text(2));
  flag.state = std::string(row.text(3));
  flag.live = row.integer(4) != 0;
  flag.created = instant_column(row, 5);
  flag.log_index = unsigned_column(row, 6);
  if (!row.is_null(8)) {
    SEGELL_TRY(flag.document, id_column<DocumentId>(row, 8));
  }
  SEGELL_TRY(flag.words, open_json(scope, scope.person_key(flag.person), row.bytes(7), context_of(flag.id)));
  return flag;
}

Result<std::vector<ProtectionFlag>> read_flags(const Scope& scope, Statement* row) {
  const Reset reset(row);
  std::vector<ProtectionFlag> flags;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return flags;
    SEGELL_TRY(ProtectionFlag flag, read_flag(scope, *row));
    flags.push_back(std::move(flag));
  }
}

Result<bool> has_row(Statement* row) {
  const Reset reset(row);
  return row->step();
}

}  // namespace

Result<ProtectionFlag> ProtectionFlags::get(const ProtectionFlagId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, std::string(kFlagColumns) + "WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "protection.unknown", "there is no such protection");
  return read_flag(*m_scope, *row);
}

Result<std::vector<ProtectionFlag>> ProtectionFlags::list(std::optional<std::uint64_t> before,
                                                          std::size_t limit) const {
  const auto end = static_cast<std::int64_t>(before.value_or(INT64_MAX));
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kFlagColumns) + "WHERE tenant = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT ?3",
                   m_scope->tenant, end, static_cast<std::int64_t>(limit)));
  return read_flags(*m_scope, row);
}

Result<std::vector<ProtectionFlag>> ProtectionFlags::live_of(const PersonId& person) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   std::string(kFlagColumns) + "WHERE tenant = ?1 AND person = ?2 AND live = 1 ORDER BY log_index",
                   m_scope->tenant, person));
  return read_flags(*m_scope, row);
}

Result<bool> ProtectionFlags::any_live(const PersonId& person) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT id FROM protection_flag WHERE tenant = ?1 AND person = ?2 AND live = 1",
                   m_scope->tenant, person));
  return has_row(row);
}

Result<bool> ProtectionFlags::excludes(const PersonId& person, const AccountId& account) const {
  SEGELL_TRY(Statement * row, query(m_scope->session, exclusion_of("?2", "?3"), m_scope->tenant, person, account));
  return has_row(row);
}

Result<bool> ProtectionFlags::excludes(const PersonId& person, const PersonId& other, std::string_view own) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT f.id FROM protection_flag f WHERE f.tenant = ?1 AND f.person = ?2 AND f.live = 1 AND "
                   "(f.excluded = ?3 OR f.identifier_tag IN (SELECT p.identifier_tag FROM person p WHERE p.tenant = ?1 "
                   "AND p.id = ?3) OR f.login_tag IN (SELECT a.name_tag FROM holding h JOIN account a ON "
                   "a.tenant = h.home AND a.id = h.account WHERE h.tenant = ?1 AND h.person = ?3 AND h.role = ?4))",
                   m_scope->tenant, person, other, own));
  return has_row(row);
}

Result<bool> ProtectionFlags::covers(const DocumentId& document, std::string_view kind) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT id FROM protection_flag WHERE tenant = ?1 AND document = ?2 AND kind = ?3 AND live = 1",
                   m_scope->tenant, document, kind));
  return has_row(row);
}

Result<void> ProtectionFlags::add(const ProtectionFlag& flag, const ExcludedPerson& excluded) {
  std::optional<base::Bytes> login;
  std::optional<base::Bytes> identifier;
  if (excluded.login) {
    SEGELL_TRY(login, login_name_tag(*m_scope, *excluded.login));
  }
  if (excluded.identifier) {
    SEGELL_TRY(identifier, identifier_tag(*m_scope, *excluded.identifier));
  }
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(flag.person), flag.words, context_of(flag.id)));
  return run(m_scope->session,
             "INSERT INTO protection_flag (tenant, id, person, kind, state, live, login_tag, identifier_tag, excluded, "
             "created, log_index, sealed, document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
             m_scope->tenant, flag.id, flag.person, flag.kind, flag.state, flag.live, login, identifier,
             excluded.person, flag.created, flag.log_index, sealed, flag.document);
}

Result<void> ProtectionFlags::update(const ProtectionFlag& flag) {
  SEGELL_TRY(const ProtectionFlag now, get(flag.id));
  SEGELL_TRY(const base::Bytes sealed,
             seal_json(*m_scope, m_scope->person_key(now.person), flag.words, context_of(now.id)));
  return run(m_scope->session,
             "UPDATE protection_flag SET state = ?3, live = ?4, sealed = ?5 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, now.id, flag.state, flag.live, sealed);
}

}  // namespace segell::storage
