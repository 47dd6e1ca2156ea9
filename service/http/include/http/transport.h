#pragma once

#include "base/bytes.h"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

namespace segell::http {

using Deadline = std::chrono::steady_clock::time_point;
inline constexpr Deadline kNoDeadline = Deadline::max();

/// One connection's octets in and out, over TCP or TLS. Used by one thread at a time.
class Transport {
 public:
  virtual ~Transport() = default;

  /// From now on, receive() and send() end when this time passes, wherever they wait.
  virtual void set_deadline(Deadline deadline) = 0;
  [[nodiscard]] virtual bool deadline_passed() const = 0;
  /// True between two requests: a stopping server ends such a connection at once.
  virtual void set_idle(bool idle) = 0;
  [[nodiscard]] virtual bool stopping() const = 0;
  /// Between two requests: waits a moment for octets. True when none came, so that the thread may be given to others
  /// until some do.
  virtual bool rests() { return false; }

  /// At least one octet, or 0 at the end of the stream, at a broken connection and past the deadline.
  virtual std::size_t receive(std::span<std::byte> into) = 0;
  /// All octets, or false.
  virtual bool send(base::BytesView octets) = 0;
  /// The address of the other end, without its port; empty where there is none.
  [[nodiscard]] virtual std::string peer_address() const { return {}; }
  /// Tells the peer that nothing more comes while receive() may still be called. False where that cannot be told before
  /// the connection ends.
  virtual bool finish_sending() = 0;
};

}  // namespace segell::http
