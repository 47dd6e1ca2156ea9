#include "connection.h"
#include "file_lock.h"
#include "sqlite/database.h"

#include <sqlite3.h>

#include <mutex>

namespace segell::sqlite {

namespace {

using base::Code;
using base::fail;
using base::Result;
using storage::KeyOwner;

constexpr std::string_view kSchema = R"(
CREATE TABLE IF NOT EXISTS wrapped_key (tenant {blob} NOT NULL, kind {int} NOT NULL, owner {blob} NOT NULL,
  wrapped {blob} NOT NULL, PRIMARY KEY (tenant, kind, owner)) {keyed};
CREATE TABLE IF NOT EXISTS served_head (tenant {blob} NOT NULL PRIMARY KEY, size {int} NOT NULL, root {blob} NOT NULL)
  {keyed};
CREATE TABLE IF NOT EXISTS generation (id {int} NOT NULL PRIMARY KEY, value {int} NOT NULL) {keyed};
INSERT INTO generation (id, value) VALUES (1, 0) ON CONFLICT DO NOTHING;
)";

class SqliteKeyStore final : public storage::KeyStore {
 public:
  SqliteKeyStore(sqlite3* connection, FileLock lock)
      : m_lock(std::move(lock)), m_connection(connection), m_session(connection, nullptr) {}

  Result<void> prepare_schema() { return m_session.execute(kSchema); }

  Result<void> put(std::span<const storage::WrappedKey> keys) override {
    if (keys.empty()) return base::ok();
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    return in_transaction([&]() -> Result<void> {
      for (const storage::WrappedKey& key : keys) {
        SEGELL_TRY(storage::Statement * insert,
                   m_session.prepare("INSERT INTO wrapped_key (tenant, kind, owner, wrapped) VALUES (?1, ?2, ?3, ?4)"));
        bind_owner(*insert, key.owner).bind(4, base::BytesView(key.wrapped));
        SEGELL_CHECK(insert->step());
      }
      SEGELL_TRY(storage::Statement * count, m_session.prepare("UPDATE generation SET value = value + ?1"));
      count->bind(1, static_cast<std::int64_t>(keys.size()));
      SEGELL_CHECK(count->step());
      return base::ok();
    });
  }

  Result<std::optional<base::Bytes>> get(const KeyOwner& owner) override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    SEGELL_TRY(storage::Statement * select,
               m_session.prepare("SELECT wrapped FROM wrapped_key WHERE tenant = ?1 AND kind = ?2 AND owner = ?3"));
    SEGELL_TRY(const bool found, bind_owner(*select, owner).step());
    if (!found) return std::optional<base::Bytes>();
    std::optional<base::Bytes> wrapped = base::to_bytes(select->bytes(0));
    select->reset();
    return wrapped;
  }

  Result<void> destroy(std::span<const KeyOwner> owners) override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    bool any = false;
    SEGELL_CHECK(in_transaction([&]() -> Result<void> {
      for (const KeyOwner& owner : owners) {
        SEGELL_TRY(storage::Statement * drop, m_session.prepare("DELETE FROM wrapped_key WHERE tenant = ?1 AND kind = "
                                                                "?2 AND owner = ?3"));
        SEGELL_CHECK(bind_owner(*drop, owner).step());
        any = any || sqlite3_changes(m_connection) > 0;
      }
      return base::ok();
    }));
    if (!any) return base::ok();
    // The write-ahead log still holds the page with the key: copy it back and cut the log.
    const int code = sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(to_error(code, m_connection));
    return base::ok();
  }

  Result<void> list(const std::function<void(const KeyOwner&)>& each) override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    SEGELL_TRY(storage::Statement * select, m_session.prepare("SELECT tenant, kind, owner FROM wrapped_key"));
    while (true) {
      SEGELL_TRY(const bool row, select->step());
      if (!row) return base::ok();
      KeyOwner owner;
      SEGELL_TRY(owner.tenant, storage::TenantId::from_bytes(select->bytes(0)));
      owner.kind = static_cast<storage::KeyKind>(select->integer(1));
      const base::BytesView bits = select->bytes(2);
      if (bits.size() != owner.owner.size()) return fail(Code::corrupt, "storage.database-corrupt", "a key's owner");
      std::copy(bits.begin(), bits.end(), owner.owner.begin());
      each(owner);
    }
  }

  Result<std::uint64_t> generation() override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    SEGELL_TRY(storage::Statement * select, m_session.prepare("SELECT value FROM generation"));
    SEGELL_TRY(const bool row, select->step());
    const auto value = row ? static_cast<std::uint64_t>(select->integer(0)) : 0;
    select->reset();
    return value;
  }

  Result<void> put_served(const storage::TenantId& tenant, const storage::ServedHead& head) override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    return in_transaction([&]() -> Result<void> {
      SEGELL_TRY(
          storage::Statement * put,
          m_session.prepare("INSERT INTO served_head (tenant, size, root) VALUES (?1, ?2, ?3) ON CONFLICT (tenant) "
                            "DO UPDATE SET size = excluded.size, root = excluded.root"));
      put->bind(1, tenant.bytes()).bind(2, static_cast<std::int64_t>(head.size)).bind(3, base::BytesView(head.root));
      SEGELL_CHECK(put->step());
      return base::ok();
    });
  }

  Result<std::optional<storage::ServedHead>> served(const storage::TenantId& tenant) override {
    const std::scoped_lock lock(m_mutex);
    SEGELL_CHECK(require_known());
    SEGELL_TRY(storage::Statement * select, m_session.prepare("SELECT size, root FROM served_head WHERE tenant = ?1"));
    SEGELL_TRY(const bool row, select->bind(1, tenant.bytes()).step());
    if (!row) return std::optional<storage::ServedHead>();
    storage::ServedHead head;
    head.size = static_cast<std::uint64_t>(select->integer(0));
    const base::BytesView root = select->bytes(1);
    if (root.size() != head.root.size()) return fail(Code::corrupt, "storage.database-corrupt", "a served head's root");
    std::copy(root.begin(), root.end(), head.root.begin());
    select->reset();
    return std::optional(head);
  }

 private:
  static storage::Statement& bind_owner(storage::Statement& statement, const KeyOwner& owner) {
    return statement.bind(1, owner.tenant.bytes())
        .bind(2, static_cast<std::int64_t>(owner.kind))
        .bind(3, base::BytesView(owner.owner));
  }

  Result<void> require_known() const {
    if (m_unknown.empty()) return base::ok();
    return fail(Code::io, "keys.durability-unknown", m_unknown);
  }

  Result<void> in_transaction(const std::function<Result<void>()>& work) {
    SEGELL_CHECK(m_session.begin(storage::Access::write));
    if (auto done = work(); !done) {
      m_session.rollback();
      return done;
    }
    const storage::CommitOutcome outcome = m_session.commit();
    if (outcome.state == storage::CommitState::committed) return base::ok();
    if (outcome.state == storage::CommitState::refused) return fail(outcome.error);
    // Whether the keys are durable is unknown: the caller must not commit what needs them, nor go on. The process ends,
    // and until it has, no other thread writes, syncs or believes anything here.
    m_unknown = "the key store failed: " + outcome.error.message;
    return require_known();
  }

  FileLock m_lock;
  std::mutex m_mutex;  // guards all below
  sqlite3* m_connection;
  SqliteSession m_session;
  std::string m_unknown;  ///< why nobody knows any more what is durable here; empty while that is known
};

}  // namespace

Result<std::unique_ptr<storage::KeyStore>> open_key_store(const std::string& path, OpenMode mode) {
  const bool serve = mode == OpenMode::serve;
  FileLock lock;
  if (serve) {
    SEGELL_TRY(lock, FileLock::take(path + ".lock"));
  }
  SEGELL_TRY(sqlite3 * connection, open_connection(path, serve));
  auto store = std::make_unique<SqliteKeyStore>(connection, std::move(lock));
  if (serve) {
    // Few small commits: copying back at every thousandth frame costs nothing here.
    sqlite3_wal_autocheckpoint(connection, 1000);
    SEGELL_CHECK(store->prepare_schema());
  }
  return std::unique_ptr<storage::KeyStore>(std::move(store));
}

}  // namespace segell::sqlite
