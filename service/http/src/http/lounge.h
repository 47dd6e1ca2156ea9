#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace segell::http {

/// Where connections are between two requests. One thread waits for all of them, so that a thread, its stack and its
/// share of the allocator are held by work alone.
class Lounge {
 public:
  class Guest {
   public:
    virtual ~Guest() = default;
    /// The guest's socket; the same as long as it lives.
    [[nodiscard]] virtual int descriptor() const = 0;
  };
  /// Called by the lounge's thread when octets, or the end, have come for a guest. Must not block for long.
  using Wake = std::function<void(std::unique_ptr<Guest>)>;

  explicit Lounge(Wake wake);
  /// Guests that are still there end with it.
  ~Lounge();

  /// From now on the guest is the lounge's. One for which the kernel has no room ends.
  void rest(std::unique_ptr<Guest> guest);

 private:
  void run();
  std::unique_ptr<Guest> take(int descriptor);

  Wake m_wake;
  int m_events = -1;  ///< epoll(7)
  int m_end = -1;     ///< eventfd(2), written when the lounge closes
  std::mutex m_mutex;
  std::unordered_map<int, std::unique_ptr<Guest>> m_guests;  ///< by descriptor; guarded by m_mutex
  std::thread m_thread;
};

}  // namespace segell::http
