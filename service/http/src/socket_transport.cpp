#include "http/socket_transport.h"

#include <Poco/Exception.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>

#include <cstdint>
#include <limits>

namespace segell::http {
namespace {

int as_count(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

/// Gives the kernel back what a request has used of this thread's stack and nobody needs until the next one: with a
/// thread a connection, a thousand idle ones would hold tens of MiB of it.
void release_unused_stack() {
  constexpr std::uintptr_t kPage = 4096;
  constexpr std::uintptr_t kKept = 1024;  // for the frames of the calls below, which are all that still use it
  pthread_attr_t attributes;
  if (::pthread_getattr_np(::pthread_self(), &attributes) != 0) return;
  void* low = nullptr;
  std::size_t size = 0;
  const bool known = ::pthread_attr_getstack(&attributes, &low, &size) == 0;
  ::pthread_attr_destroy(&attributes);
  if (!known) return;
  const auto here = reinterpret_cast<std::uintptr_t>(&attributes);
  const auto begin = reinterpret_cast<std::uintptr_t>(low);
  const auto end = (here - kKept) & ~(kPage - 1);
  if (end > begin && end - begin < size) ::madvise(low, end - begin, MADV_DONTNEED);
}

}  // namespace

void SocketTransport::wait_lightly() {
  constexpr int kBusy = 200;  // ms: whoever comes again sooner finds the pages still there
  if (m_socket.secure() && m_socket.available() > 0) return;  // read from the socket already, not yet from TLS
  pollfd waited{m_socket.impl()->sockfd(), POLLIN, 0};
  if (::poll(&waited, 1, kBusy) != 0) return;
  release_unused_stack();
  ::poll(&waited, 1, -1);  // not in a read, which would hold TLS buffers; the watch's shutdown ends this too
}

std::size_t SocketTransport::receive(std::span<std::byte> into) {
  try {
    if (m_slot.idle) {
      wait_lightly();
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
