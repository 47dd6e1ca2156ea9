#pragma once

#include "http/transport.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

namespace segell::http {

/// Octets that have come in and that nobody has used yet. It takes memory only while some are there, so that an idle
/// connection costs next to nothing.
class Inbox {
 public:
  static constexpr std::size_t kRead = 16 * 1024;

  explicit Inbox(Transport& transport) : m_transport(transport) {}

  /// Waits for more; false at the end of the stream or past the deadline.
  bool fill() {
    if (m_begin > 0) {
      std::memmove(m_octets.data(), m_octets.data() + m_begin, m_end - m_begin);
      m_end -= m_begin;
      m_begin = 0;
    }
    if (m_octets.empty()) {
      // The first octets of an idle connection come into a small buffer on the stack: no memory is held while waiting.
      std::byte first[2048];
      const auto count = m_transport.receive(first);
      if (count == 0) return false;
      m_octets.resize(kRead);
      std::memcpy(m_octets.data(), first, count);
      m_end = count;
      return true;
    }
    if (m_end == m_octets.size()) m_octets.resize(m_octets.size() + kRead);
    const auto count = m_transport.receive(std::span(m_octets).subspan(m_end));
    m_end += count;
    return count > 0;
  }

  [[nodiscard]] base::BytesView view() const { return std::span(m_octets).subspan(m_begin, m_end - m_begin); }
  [[nodiscard]] std::string_view text() const { return base::as_text(view()); }
  [[nodiscard]] bool empty() const { return m_begin == m_end; }

  void use(std::size_t count) { m_begin += std::min(count, m_end - m_begin); }

  /// Gives the memory back when nothing is held.
  void release() {
    if (!empty()) return;
    std::vector<std::byte>().swap(m_octets);  // assigning {} would keep the room
    m_begin = m_end = 0;
  }

 private:
  Transport& m_transport;
  std::vector<std::byte> m_octets;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
};

}  // namespace segell::http
