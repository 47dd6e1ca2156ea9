#pragma once

#include "http/transport.h"
#include "http/watch.h"

#include <Poco/Net/StreamSocket.h>

namespace segell::http {

/// A Poco socket, plain or TLS, under the watch.
class SocketTransport final : public Transport {
 public:
  SocketTransport(Poco::Net::StreamSocket socket, const Watch& watch, Watch::Slot& slot)
      : m_socket(std::move(socket)), m_watch(watch), m_slot(slot) {}

  void set_deadline(Deadline deadline) override { m_slot.deadline = deadline.time_since_epoch().count(); }
  [[nodiscard]] bool deadline_passed() const override {
    return std::chrono::steady_clock::now().time_since_epoch().count() >= m_slot.deadline;
  }
  void set_idle(bool idle) override { m_slot.idle = idle; }
  [[nodiscard]] bool stopping() const override { return m_watch.stopping(); }
  bool rests() override;

  std::size_t receive(std::span<std::byte> into) override;
  bool send(base::BytesView octets) override;
  bool finish_sending() override;
  [[nodiscard]] std::string peer_address() const override;
  /// The end of a TLS connection, told to the peer; both directions are over.
  void say_goodbye();

 private:
  /// Whether octets, or the end, are there within that time; for ever if it is negative.
  bool has_octets(int milliseconds) const;

  Poco::Net::StreamSocket m_socket;
  const Watch& m_watch;
  Watch::Slot& m_slot;
};

}  // namespace segell::http
