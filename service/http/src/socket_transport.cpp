#include "http/socket_transport.h"

#include <Poco/Exception.h>

#include <limits>

namespace segell::http {
namespace {

int as_count(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

std::size_t SocketTransport::receive(std::span<std::byte> into) {
  try {
    const int count = m_socket.receiveBytes(into.data(), as_count(into.size()));
    // After the watch has shut the receiving side, the kernel still hands out octets that trickle in: they are late.
    return count <= 0 || deadline_passed() ? 0 : static_cast<std::size_t>(count);
  } catch (const Poco::Exception&) {
    return 0;  // reset, or TLS ended without a word: for us the end of the stream
  }
}

bool SocketTransport::send(base::BytesView octets) {
  m_slot.sending = true;
  bool sent = true;
  try {
    while (sent && !octets.empty()) {
      const int count = m_socket.sendBytes(octets.data(), as_count(octets.size()));
      sent = count > 0;
      if (sent) octets = octets.subspan(static_cast<std::size_t>(count));
    }
  } catch (const Poco::Exception&) {
    sent = false;
  }
  m_slot.sending = false;
  return sent;
}

void SocketTransport::finish_sending() {
  try {
    if (m_socket.secure())
      m_socket.shutdown();  // close_notify
    else
      m_socket.shutdownSend();
  } catch (const Poco::Exception&) {
    return;  // the peer has gone already
  }
}

}  // namespace segell::http
