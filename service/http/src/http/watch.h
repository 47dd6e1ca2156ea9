#pragma once

#include "http/transport.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace segell::http {

/// Ends what takes too long. Threads block in plain reads and writes; one thread looks at all deadlines ten times a
/// second and shuts down the sockets that are late, which ends the blocked call. So a deadline holds for a whole
/// request and for a TLS handshake too, which a time-out per read cannot do, and costs the fast path one store.
class Watch {
 public:
  /// One connection's entry.
  struct Slot {
    std::mutex mutex;  ///< guards fd against its close
    int fd = -1;
    std::atomic<Deadline::rep> deadline{kNoDeadline.time_since_epoch().count()};
    std::atomic<bool> idle{false};
    std::atomic<bool> sending{false};
  };

  explicit Watch(std::size_t slots);
  ~Watch();

  /// An empty slot, now of that socket; null when all are taken.
  Slot* enter(int fd);
  /// Before the socket closes.
  void leave(Slot& slot);
  [[nodiscard]] int count() const { return m_count; }

  /// From now on idle connections are ended.
  void begin_stop() { m_stopping = true; }
  [[nodiscard]] bool stopping() const { return m_stopping; }
  /// Shuts every socket down.
  void cut_all();
  /// True when no connection is left within that time.
  bool wait_empty(std::chrono::milliseconds time);

 private:
  void run();
  void look(Slot& slot, Deadline::rep now);

  std::vector<std::unique_ptr<Slot>> m_slots;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<Slot*> m_free;  ///< guarded by m_mutex
  bool m_end = false;         ///< guarded by m_mutex
  std::atomic<int> m_count{0};
  std::atomic<bool> m_stopping{false};
  std::thread m_thread;
};

}  // namespace segell::http
