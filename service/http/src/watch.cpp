#include "http/watch.h"

#include <sys/socket.h>

namespace segell::http {

Watch::Watch(std::size_t slots) {
  for (std::size_t i = 0; i < slots; ++i) m_free.push_back(m_slots.emplace_back(std::make_unique<Slot>()).get());
  m_thread = std::thread([this] { run(); });
}

Watch::~Watch() {
  {
    const std::lock_guard lock(m_mutex);
    m_end = true;
  }
  m_changed.notify_all();
  m_thread.join();
}

Watch::Slot* Watch::enter(int fd) {
  Slot* slot = nullptr;
  {
    const std::lock_guard lock(m_mutex);
    if (m_free.empty()) return nullptr;
    slot = m_free.back();
    m_free.pop_back();
    ++m_count;
  }
  const std::lock_guard lock(slot->mutex);
  slot->fd = fd;
  slot->deadline = kNoDeadline.time_since_epoch().count();
  slot->idle = false;
  slot->sending = false;
  return slot;
}

void Watch::leave(Slot& slot) {
  {
    const std::lock_guard lock(slot.mutex);
    slot.fd = -1;
  }
  {
    const std::lock_guard lock(m_mutex);
    m_free.push_back(&slot);
    --m_count;
  }
  m_changed.notify_all();
}

void Watch::cut_all() {
  for (const auto& slot : m_slots) {
    const std::lock_guard lock(slot->mutex);
    if (slot->fd >= 0) ::shutdown(slot->fd, SHUT_RDWR);
  }
}

bool Watch::wait_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(m_mutex);
  return m_changed.wait_for(lock, time, [this] { return m_count == 0; });
}

void Watch::run() {
  std::unique_lock lock(m_mutex);
  while (!m_end) {
    m_changed.wait_for(lock, std::chrono::milliseconds(100), [this] { return m_end; });
    lock.unlock();
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    for (const auto& slot : m_slots) look(*slot, now);
    lock.lock();
  }
}

void Watch::look(Slot& slot, Deadline::rep now) {
  const bool end_idle = m_stopping && slot.idle;
  if (slot.deadline > now && !end_idle) return;
  const std::lock_guard lock(slot.mutex);
  if (slot.fd < 0) return;
  // A reader that is late may still be told so: only its receiving side ends. A writer that is late has a peer that
  // does not read.
  ::shutdown(slot.fd, slot.sending || end_idle ? SHUT_RDWR : SHUT_RD);
}

}  // namespace segell::http
