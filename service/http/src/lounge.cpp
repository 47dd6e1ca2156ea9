#include "http/lounge.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace segell::http {
namespace {

bool listen_for(int events, int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP;
  event.data.fd = descriptor;
  return ::epoll_ctl(events, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Lounge::Lounge(Wake wake)
    : m_wake(std::move(wake)), m_events(::epoll_create1(EPOLL_CLOEXEC)), m_end(::eventfd(0, EFD_CLOEXEC)) {
  if (m_events < 0 || m_end < 0 || !listen_for(m_events, m_end)) {
    const int why = errno;
    ::close(m_events);
    ::close(m_end);
    throw std::system_error(why, std::generic_category(), "cannot wait for connections");
  }
  m_thread = std::thread([this] { run(); });
}

Lounge::~Lounge() {
  ::eventfd_write(m_end, 1);
  m_thread.join();
  ::close(m_events);
  ::close(m_end);
}

void Lounge::rest(std::unique_ptr<Guest> guest) {
  const int descriptor = guest->descriptor();
  // Kept before it is listened for: what comes at once must find it.
  {
    const std::scoped_lock lock(m_mutex);
    m_guests.insert_or_assign(descriptor, std::move(guest));
  }
  if (!listen_for(m_events, descriptor)) take(descriptor);
}

std::unique_ptr<Lounge::Guest> Lounge::take(int descriptor) {
  const std::scoped_lock lock(m_mutex);
  auto found = m_guests.extract(descriptor);
  return found.empty() ? nullptr : std::move(found.mapped());
}

void Lounge::run() {
  std::array<epoll_event, 64> events{};
  while (true) {
    const int count = ::epoll_wait(m_events, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
      if (descriptor == m_end) return;
      ::epoll_ctl(m_events, EPOLL_CTL_DEL, descriptor, nullptr);
      if (auto guest = take(descriptor)) m_wake(std::move(guest));
    }
  }
}

}  // namespace segell::http
