#include "storage/sessions.h"

#include "query.h"
#include "read_session.h"

namespace segell::storage {

namespace {
using base::Result;
}

Result<FoundSession> read_session(Session& session, const base::Sha256& hash) {
  SEGELL_TRY(
      Statement * row,
      query(session,
            "SELECT s.id, s.home, s.account, s.tenant, s.holding, s.step, s.level, s.created, s.seen, s.expires, "
            "a.state, h.role, h.person FROM session s "
            "JOIN account a ON a.tenant = s.home AND a.id = s.account "
            "LEFT JOIN holding h ON h.tenant = s.tenant AND h.id = s.holding WHERE s.hash = ?1",
            hash));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return base::fail(base::Code::unauthenticated, "session.unknown", "there is no such session");
  FoundSession out;
  out.session.hash = hash;
  SEGELL_TRY(out.session.id, id_column<SessionId>(*row, 0));
  SEGELL_TRY(out.session.home, id_column<TenantId>(*row, 1));
  SEGELL_TRY(out.session.account, id_column<AccountId>(*row, 2));
  if (!row->is_null(3)) {
    SEGELL_TRY(out.session.tenant, id_column<TenantId>(*row, 3));
  }
  if (!row->is_null(4)) {
    SEGELL_TRY(out.session.holding, id_column<HoldingId>(*row, 4));
  }
  out.session.step = std::string(row->text(5));
  out.session.level = std::string(row->text(6));
  out.session.created = instant_column(*row, 7);
  out.session.seen = instant_column(*row, 8);
  out.session.expires = instant_column(*row, 9);
  out.account_state = std::string(row->text(10));
  if (!row->is_null(11)) out.role = std::string(row->text(11));
  if (!row->is_null(12)) {
    SEGELL_TRY(out.person, id_column<PersonId>(*row, 12));
  }
  return out;
}

Result<LoginFailures> read_login_failures(Session& session, const base::Bytes& tag) {
  SEGELL_TRY(Statement * row, query(session, "SELECT failures, last FROM login_failure WHERE tag = ?1", tag));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return LoginFailures{};
  return LoginFailures{static_cast<std::uint32_t>(row->integer(0)), instant_column(*row, 1)};
}

Result<FoundSession> Sessions::get(const base::Sha256& hash) const { return read_session(m_scope->session, hash); }

Result<void> Sessions::add(const SessionRecord& s) {
  return run(m_scope->session,
             "INSERT INTO session (hash, id, home, account, tenant, holding, step, level, created, seen, expires) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
             s.hash, s.id, s.home, s.account, s.tenant, s.holding, s.step, s.level, s.created, s.seen, s.expires);
}

Result<void> Sessions::remove(const base::Sha256& hash) {
  return run(m_scope->session, "DELETE FROM session WHERE hash = ?1", hash);
}

Result<void> Sessions::touch(const base::Sha256& hash, base::Instant seen) {
  return run(m_scope->session, "UPDATE session SET seen = ?2 WHERE hash = ?1 AND seen < ?2", hash, seen);
}

Result<std::uint64_t> Sessions::remove_of_account(const TenantId& home, const AccountId& account,
                                                  const std::optional<base::Sha256>& but) {
  // A hash that no session has, where none is to stay.
  const base::Sha256 kept = but.value_or(base::Sha256{});
  SEGELL_TRY(Statement * row,
             query(m_scope->session, "SELECT count(*) FROM session WHERE home = ?1 AND account = ?2 AND hash <> ?3",
                   home, account, kept));
  SEGELL_TRY(const bool counted, row->step());
  const std::uint64_t gone = counted ? unsigned_column(*row, 0) : 0;
  row->reset();
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM session WHERE home = ?1 AND account = ?2 AND hash <> ?3", home,
                   account, kept));
  return gone;
}

Result<void> Sessions::purge(base::Instant now) {
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM login_challenge WHERE expires <= ?1", now));
  return run(m_scope->session, "DELETE FROM session WHERE expires <= ?1", now);
}

Result<void> Sessions::keep_challenge(const LoginChallenge& c) {
  return run(m_scope->session,
             "INSERT INTO login_challenge (session, purpose, challenge, expires) VALUES (?1, ?2, ?3, ?4) "
             "ON CONFLICT (session) DO UPDATE SET purpose = excluded.purpose, challenge = excluded.challenge, "
             "expires = excluded.expires",
             c.session, c.purpose, c.challenge, c.expires);
}

Result<std::optional<base::Bytes>> Sessions::take_challenge(const base::Sha256& session, std::string_view purpose,
                                                            base::Instant now) {
  SEGELL_TRY(Statement * row,
             query(m_scope->session,
                   "SELECT challenge FROM login_challenge WHERE session = ?1 AND purpose = ?2 AND expires > ?3",
                   session, purpose, now));
  SEGELL_TRY(const bool found, row->step());
  std::optional<base::Bytes> challenge;
  if (found) challenge = base::to_bytes(row->bytes(0));
  row->reset();
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM login_challenge WHERE session = ?1", session));
  return challenge;
}

Result<void> Sessions::note_failure(const base::Bytes& tag, base::Instant now, base::Microseconds memory) {
  SEGELL_CHECK(run(m_scope->session, "DELETE FROM login_failure WHERE last <= ?1", now - memory));
  return run(m_scope->session,
             "INSERT INTO login_failure (tag, failures, last) VALUES (?1, 1, ?2) "
             "ON CONFLICT (tag) DO UPDATE SET failures = login_failure.failures + 1, last = excluded.last",
             tag, now);
}

Result<void> Sessions::forget_failures(const base::Bytes& tag) {
  return run(m_scope->session, "DELETE FROM login_failure WHERE tag = ?1", tag);
}

}  // namespace segell::storage
