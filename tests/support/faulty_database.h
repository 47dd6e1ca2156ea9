#pragma once

#include "storage/database.h"

#include <atomic>
#include <utility>

namespace segell::test {

/// Wraps a database and lets one commit, or a group too large, go wrong.
class FaultyDatabase final : public storage::Database {
 public:
  enum class Fault { none, full, fsync_failed, lost_after_commit, lost_before_commit };

  explicit FaultyDatabase(storage::Database& inner) : m_inner(inner) {}

  std::atomic<Fault> next_commit{Fault::none};
  std::atomic<int> full_after_members{1 << 30};

  base::Result<std::unique_ptr<storage::Session>> open_session(storage::Access access) override {
    SEGELL_TRY(auto inner, m_inner.open_session(access));
    return std::unique_ptr<storage::Session>(std::make_unique<FaultySession>(*this, std::move(inner)));
  }
  storage::CommitOutcome maintain() override { return m_inner.maintain(); }

 private:
  class FaultySession final : public storage::Session {
   public:
    FaultySession(FaultyDatabase& owner, std::unique_ptr<storage::Session> inner)
        : m_owner(owner), m_inner(std::move(inner)) {}

    base::Result<storage::Statement*> prepare(std::string_view sql) override {
      if (sql.starts_with("INSERT INTO opening") && m_members > m_owner.full_after_members)
        return base::fail(base::Code::storage_full, "storage.full", "the disk is full");
      return m_inner->prepare(sql);
    }
    base::Result<void> execute(std::string_view script) override { return m_inner->execute(script); }
    base::Result<void> begin(storage::Access access) override {
      m_members = 0;
      m_writes = access == storage::Access::write;
      return m_inner->begin(access);
    }
    storage::CommitOutcome commit() override {
      using storage::CommitState;
      const Fault fault = m_writes ? m_owner.next_commit.exchange(Fault::none) : Fault::none;
      switch (fault) {
        case Fault::none:
          return m_inner->commit();
        case Fault::full:
          m_inner->rollback();
          return {CommitState::refused, {base::Code::storage_full, "storage.full", "the disk is full", ""}};
        case Fault::fsync_failed:
          m_inner->rollback();
          return {CommitState::fatal, {base::Code::io, "storage.io", "fsync failed", ""}};
        case Fault::lost_after_commit:
          if (auto done = m_inner->commit(); done.state != CommitState::committed) return done;
          return {CommitState::unknown, {base::Code::unavailable, "storage.lost", "connection lost", ""}};
        case Fault::lost_before_commit:
          m_inner->rollback();
          return {CommitState::unknown, {base::Code::unavailable, "storage.lost", "connection lost", ""}};
      }
      return {};
    }
    void rollback() override { m_inner->rollback(); }
    base::Result<void> savepoint() override {
      ++m_members;
      return m_inner->savepoint();
    }
    base::Result<void> release_savepoint() override { return m_inner->release_savepoint(); }
    bool rollback_to_savepoint() override { return m_inner->rollback_to_savepoint(); }
    [[nodiscard]] std::string_view row_lock() const override { return m_inner->row_lock(); }

   private:
    FaultyDatabase& m_owner;
    std::unique_ptr<storage::Session> m_inner;
    int m_members = 0;
    bool m_writes = false;
  };

  storage::Database& m_inner;
};

}  // namespace segell::test
