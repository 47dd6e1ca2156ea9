#include "http/socket_transport.h"

#include <Poco/Exception.h>
#include <poll.h>

#include <limits>

namespace segell::http {
namespace {

int as_count(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

bool SocketTransport::rests() {
  constexpr int kMoment = 200;  // ms: whoever comes again sooner is answered by the same thread
  return !has_octets(kMoment);
}

bool SocketTransport::has_octets(int milliseconds) const {
  if (m_socket.secure() && m_socket.available() > 0) return true;  // read from the socket already, not yet from TLS
  pollfd waited{m_socket.impl()->sockfd(), POLLIN, 0};
  return ::poll(&waited, 1, milliseconds) != 0;
}

std::size_t SocketTransport::receive(std::span<std::byte> into) {
  try {
    if (m_slot.idle) {
      has_octets(-1);  // not in a read, which would hold TLS buffers; the watch's shutdown ends this too
      // Over TLS, a read into the side that the watch has shut would tell the peer of an error instead of the end.
      if (deadline_passed()) return 0;
    }
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

std::string SocketTransport::peer_address() const {
  try {
    return m_socket.peerAddress().host().toString();
  } catch (const Poco::Exception&) {
    return {};  // gone already: what it sent is answered to nobody
  }
}

bool SocketTransport::finish_sending() {
  if (m_socket.secure()) return false;  // after its close_notify Poco shuts the socket's receiving side as well
  try {
    m_socket.shutdownSend();
    return true;
  } catch (const Poco::Exception&) {
    return false;  // the peer has gone already
  }
}

void SocketTransport::say_goodbye() {
  try {
    if (m_socket.secure()) m_socket.shutdown();
  } catch (const Poco::Exception&) {
    return;
  }
}

}  // namespace segell::http
