#pragma once

#include "key_ring.h"
#include "log_writer.h"
#include "pending.h"
#include "storage/store.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace segell::storage {

/// The one writer. Use cases of a tenant that wait together run under savepoints in one database transaction with one
/// signed checkpoint and one fsync; a refused one undoes only itself. Completions are called after the commit.
class Committer {
 public:
  struct Parts {
    Database& database;
    KeyRing& keys;
    Fatal& fatal;
    std::size_t max_group;
    std::function<void(std::string_view)> at_point;
    std::function<void(const std::vector<BlobName>&)> blobs_named;  ///< by a commit that is durable
  };
  explicit Committer(Parts parts);
  ~Committer();  ///< finishes what waits

  base::Result<void> start();
  void submit(const TenantId& tenant, UseCase use_case, Completion completion);
  [[nodiscard]] bool stopped() const;
  /// After a failure of another part that leaves durability unknown.
  void stop_for_good(const base::Error& error);

  /// Tenants whose log grew since the last call.
  std::set<TenantId> take_grown();

 private:
  struct Work {
    UseCase use_case;
    Completion completion;
  };
  enum class Progress { done, run_singly };

  void loop();
  void run_group(const TenantId& tenant, std::vector<Work>& group);
  Progress try_group(const TenantId& tenant, std::vector<Work>& group);
  base::Result<void> begin_on_head(const TenantId& tenant);
  base::Result<bool> run_members(const TenantId& tenant, std::vector<Work>& group,
                                 std::vector<base::Result<void>>& results);
  base::Result<LogState> write_log(const TenantId& tenant);
  base::Result<void> store_keys();
  CommitState commit(const TenantId& tenant, const LogState& next, base::Error& error);
  void at_point(std::string_view name) const {
    if (m_parts.at_point) m_parts.at_point(name);
  }

  Parts m_parts;
  std::unique_ptr<Session> m_session;   // the loop's own
  std::map<TenantId, LogState> m_logs;  // the loop's own: each log as the last commit left it
  PendingGroup m_pending;               // the loop's own: of the group that runs
  mutable std::mutex m_mutex;
  std::condition_variable m_wake;
  std::map<TenantId, std::deque<Work>> m_waiting;  // guarded by m_mutex
  std::deque<TenantId> m_turns;                    // guarded by m_mutex: tenants with work, first come first
  std::set<TenantId> m_grown;                      // guarded by m_mutex
  bool m_idle = false;                             // guarded by m_mutex: the loop waits to be woken
  bool m_ending = false;                           // guarded by m_mutex
  bool m_stopped = false;                          // guarded by m_mutex
  std::thread m_thread;
};

}  // namespace segell::storage
