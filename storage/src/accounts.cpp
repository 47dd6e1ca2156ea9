#include "storage/accounts.h"

#include "login_tags.h"
#include "pending.h"
#include "query.h"
#include "read_account.h"
#include "sealed_json.h"

#include <algorithm>
#include <array>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Json;
using base::Result;

std::string context_of(const AccountId& id) { return "account." + id.text(); }

Result<base::Bytes> passkey_tag(const Scope& scope, base::BytesView credential) {
  return scope.node_index("account.passkey", std::string(base::as_text(credential)));
}

Result<base::Bytes> sealed_part(const Scope& scope, const AccountRecord& account) {
  return seal_json(scope, scope.account_key(account.id),
                   Json::object({{"name", account.name}, {"details", account.details}}), context_of(account.id));
}

/// state, sealed, created from the columns behind `first`.
Result<AccountRecord> read_row(const Scope& scope, const AccountId& id, const Statement& row, int first) {
  AccountRecord account;
  account.id = id;
  account.state = std::string(row.text(first));
  account.created = instant_column(row, first + 2);
  SEGELL_TRY(const Json part, open_json(scope, scope.account_key(id), row.bytes(first + 1), context_of(id)));
  account.name = json_text(part, "name");
  if (const Json* details = part.find("details")) account.details = *details;
  return account;
}

template <class Id>
Result<std::vector<Id>> read_ids(Result<Statement*> made) {
  SEGELL_TRY(Statement * row, made);
  const Reset reset(row);
  std::vector<Id> ids;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return ids;
    SEGELL_TRY(const Id id, id_column<Id>(*row, 0));
    ids.push_back(id);
  }
}

/// From id, state, sealed, created.
Result<std::vector<AccountRecord>> read_accounts(const Scope& scope, Result<Statement*> made) {
  SEGELL_TRY(Statement * row, made);
  const Reset reset(row);
  std::vector<AccountRecord> accounts;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return accounts;
    SEGELL_TRY(const AccountId id, id_column<AccountId>(*row, 0));
    SEGELL_TRY(auto account, read_row(scope, id, *row, 1));
    accounts.push_back(std::move(account));
  }
}

Result<HoldingRecord> read_holding(const Statement& row) {
  HoldingRecord holding;
  SEGELL_TRY(holding.id, id_column<HoldingId>(row, 0));
  SEGELL_TRY(holding.home, id_column<TenantId>(row, 1));
  SEGELL_TRY(holding.account, id_column<AccountId>(row, 2));
  SEGELL_TRY(holding.tenant, id_column<TenantId>(row, 3));
  holding.role = std::string(row.text(4));
  if (!row.is_null(5)) {
    SEGELL_TRY(holding.person, id_column<PersonId>(row, 5));
  }
  holding.since = instant_column(row, 6);
  return holding;
}

Result<std::vector<HoldingRecord>> read_holdings(Result<Statement*> made) {
  SEGELL_TRY(Statement * row, made);
  const Reset reset(row);
  std::vector<HoldingRecord> holdings;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return holdings;
    SEGELL_TRY(auto holding, read_holding(*row));
    holdings.push_back(std::move(holding));
  }
}

constexpr std::string_view kHoldingColumns = "SELECT id, home, account, tenant, role, person, since FROM holding ";

std::string holdings_where(std::string_view where) { return std::string(kHoldingColumns) + std::string(where); }

}  // namespace

Result<std::optional<AccountPlace>> find_account_place(const Scope& scope, const std::string& name) {
  SEGELL_TRY(const base::Bytes tag, login_name_tag(scope, name));
  SEGELL_TRY(Statement * row, query(scope.session, "SELECT tenant, id FROM account WHERE name_tag = ?1", tag));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<AccountPlace>();
  AccountPlace place;
  SEGELL_TRY(place.tenant, id_column<TenantId>(*row, 0));
  SEGELL_TRY(place.account, id_column<AccountId>(*row, 1));
  return std::optional(place);
}

Result<AccountRecord> Accounts::get(const AccountId& id) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT state, sealed, created FROM account WHERE tenant = ?1 AND id = ?2",
                   m_scope->tenant, id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "account.unknown", "there is no such account");
  return read_row(*m_scope, id, *row, 0);
}

Result<std::optional<AccountId>> Accounts::find(const std::string& name) const {
  SEGELL_TRY(const auto place, find_account_place(*m_scope, name));
  if (!place || place->tenant != m_scope->tenant) return std::optional<AccountId>();
  return std::optional(place->account);
}

Result<std::vector<AccountRecord>> Accounts::all() const {
  return read_accounts(
      *m_scope, query(m_scope->session, "SELECT id, state, sealed, created FROM account WHERE tenant = ?1 ORDER BY id",
                      m_scope->tenant));
}

Result<std::vector<AccountRecord>> Accounts::list(const std::vector<std::string>& roles,
                                                  const std::optional<Place>& after, std::size_t limit) const {
  if (roles.size() > kMostRoles) return fail(Code::invalid_argument, "account.filter", "too many roles at one time");
  std::array<std::string, kMostRoles> wanted;
  std::copy(roles.begin(), roles.end(), wanted.begin());
  return read_accounts(
      *m_scope,
      query(
          m_scope->session,
          "SELECT id, state, sealed, created FROM account WHERE tenant = ?1 AND "
          "(created < ?2 OR (created = ?2 AND id < ?3)) AND (?4 = 1 OR id IN (SELECT account FROM holding WHERE "
          "tenant = ?1 AND home = ?1 AND role IN (?5, ?6, ?7, ?8, ?9, ?10))) ORDER BY created DESC, id DESC LIMIT ?11",
          m_scope->tenant, after ? after->created : base::Instant::max(), after ? after->id : AccountId(),
          roles.empty(), wanted[0], wanted[1], wanted[2], wanted[3], wanted[4], wanted[5],
          static_cast<std::int64_t>(limit)));
}

Result<void> Accounts::add(const AccountRecord& account) {
  SEGELL_TRY(const auto taken, find_account_place(*m_scope, account.name));
  if (taken) return fail(Code::already_exists, "account.name-taken", "there is an account with this name");
  const KeyOwner owner = m_scope->account_key(account.id);
  // A run of this use case that did not commit may have left the key behind: it is as good as a new one.
  SEGELL_TRY(const bool there, m_scope->keys.exists(owner));
  if (!there) {
    SEGELL_TRY(NewKey key, m_scope->keys.make(owner));
    m_scope->pending->keys.push_back(std::move(key));
  }
  SEGELL_TRY(const base::Bytes tag, login_name_tag(*m_scope, account.name));
  SEGELL_TRY(const base::Bytes sealed, sealed_part(*m_scope, account));
  return run(m_scope->session,
             "INSERT INTO account (tenant, id, name_tag, state, sealed, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
             m_scope->tenant, account.id, tag, account.state, sealed, account.created);
}

Result<void> Accounts::update(const AccountRecord& account) {
  SEGELL_TRY(const base::Bytes sealed, sealed_part(*m_scope, account));
  return run(m_scope->session, "UPDATE account SET state = ?3, sealed = ?4 WHERE tenant = ?1 AND id = ?2",
             m_scope->tenant, account.id, account.state, sealed);
}

Result<void> Accounts::claim_passkey(const AccountId& id, base::BytesView credential) {
  SEGELL_TRY(const base::Bytes tag, passkey_tag(*m_scope, credential));
  SEGELL_TRY(Statement * row, query(m_scope->session, "SELECT 1 FROM passkey WHERE tag = ?1", tag));
  SEGELL_TRY(const bool taken, row->step());
  row->reset();
  if (taken) return fail(Code::already_exists, "passkey.known", "that passkey belongs to a login already");
  return run(m_scope->session, "INSERT INTO passkey (tag, tenant, account) VALUES (?1, ?2, ?3)", tag, m_scope->tenant,
             id);
}

Result<void> Accounts::release_passkey(base::BytesView credential) {
  SEGELL_TRY(const base::Bytes tag, passkey_tag(*m_scope, credential));
  return run(m_scope->session, "DELETE FROM passkey WHERE tag = ?1 AND tenant = ?2", tag, m_scope->tenant);
}

Result<void> Accounts::release_passkeys(const AccountId& id) {
  return run(m_scope->session, "DELETE FROM passkey WHERE tenant = ?1 AND account = ?2", m_scope->tenant, id);
}

Result<void> Accounts::close(const AccountId& id) {
  SEGELL_CHECK(get(id));
  for (const char* remove :
       {"DELETE FROM passkey WHERE tenant = ?1 AND account = ?2",
        "DELETE FROM session WHERE home = ?1 AND account = ?2", "DELETE FROM holding WHERE home = ?1 AND account = ?2",
        "DELETE FROM assignment WHERE tenant = ?1 AND account = ?2",
        "DELETE FROM account WHERE tenant = ?1 AND id = ?2"})
    SEGELL_CHECK(run(m_scope->session, remove, m_scope->tenant, id));
  SEGELL_CHECK(
      run(m_scope->session, "INSERT INTO closed_account (tenant, account) VALUES (?1, ?2)", m_scope->tenant, id));
  m_scope->pending->destroy.push_back(m_scope->account_key(id));
  return base::ok();
}

Result<HoldingRecord> Holdings::get(const HoldingId& id) const {
  SEGELL_TRY(const auto found, read_holdings(query(m_scope->session, holdings_where("WHERE tenant = ?1 AND id = ?2"),
                                                   m_scope->tenant, id)));
  if (found.empty()) return fail(Code::not_found, "holding.unknown", "there is no such role of an account");
  return found.front();
}

Result<std::vector<HoldingRecord>> Holdings::of_account(const TenantId& home, const AccountId& account) const {
  return read_holdings(
      query(m_scope->session, holdings_where("WHERE home = ?1 AND account = ?2 ORDER BY since, id"), home, account));
}

Result<std::vector<HoldingRecord>> Holdings::of_person(const PersonId& person) const {
  return read_holdings(query(m_scope->session, holdings_where("WHERE tenant = ?1 AND person = ?2 ORDER BY since, id"),
                             m_scope->tenant, person));
}

Result<std::vector<HoldingRecord>> Holdings::of_role(const std::string& role) const {
  return read_holdings(query(m_scope->session, holdings_where("WHERE tenant = ?1 AND role = ?2 ORDER BY since, id"),
                             m_scope->tenant, role));
}

Result<void> Holdings::add(const HoldingRecord& holding) {
  return run(m_scope->session,
             "INSERT INTO holding (tenant, id, home, account, role, person, since) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             m_scope->tenant, holding.id, holding.home, holding.account, holding.role, holding.person, holding.since);
}

Result<void> Holdings::remove(const HoldingId& id) {
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM session WHERE tenant = ?1 AND holding = ?2", m_scope->tenant, id));
  return run(m_scope->session, "DELETE FROM holding WHERE tenant = ?1 AND id = ?2", m_scope->tenant, id);
}

Result<bool> Assignments::has(const PersonId& person, const AccountId& account) const {
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT 1 FROM assignment WHERE tenant = ?1 AND person = ?2 AND account = ?3",
                   m_scope->tenant, person, account));
  const Reset reset(row);
  return row->step();
}

Result<std::vector<PersonId>> Assignments::of_account(const AccountId& account) const {
  return read_ids<PersonId>(
      query(m_scope->session, "SELECT person FROM assignment WHERE tenant = ?1 AND account = ?2 ORDER BY since, person",
            m_scope->tenant, account));
}

Result<std::vector<AccountId>> Assignments::of_person(const PersonId& person) const {
  return read_ids<AccountId>(query(
      m_scope->session, "SELECT account FROM assignment WHERE tenant = ?1 AND person = ?2 ORDER BY since, account",
      m_scope->tenant, person));
}

Result<void> Assignments::add(const PersonId& person, const AccountId& account, base::Instant since) {
  return run(m_scope->session,
             "INSERT INTO assignment (tenant, person, account, since) VALUES (?1, ?2, ?3, ?4) "
             "ON CONFLICT (tenant, person, account) DO NOTHING",
             m_scope->tenant, person, account, since);
}

Result<bool> Assignments::remove(const PersonId& person, const AccountId& account) {
  SEGELL_TRY(const bool there, has(person, account));
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM assignment WHERE tenant = ?1 AND person = ?2 AND account = ?3",
                   m_scope->tenant, person, account));
  return there;
}

}  // namespace segell::storage
