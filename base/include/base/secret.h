#pragma once

#include "base/bytes.h"

#include <utility>

namespace segell::base {

/// Overwrites octets in a way that the compiler may not remove.
void wipe(std::span<std::byte> bytes) noexcept;

/// Secret octets: wiped when they go, never copied by accident (use clone()).
class Secret {
 public:
  Secret() = default;
  explicit Secret(Bytes bytes) : m_bytes(std::move(bytes)) {}
  ~Secret() { wipe(m_bytes); }
  Secret(Secret&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe(m_bytes);
      m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  [[nodiscard]] Secret clone() const { return Secret(m_bytes); }
  [[nodiscard]] BytesView view() const { return m_bytes; }
  [[nodiscard]] std::string_view text() const { return as_text(m_bytes); }
  [[nodiscard]] bool empty() const { return m_bytes.empty(); }

 private:
  Bytes m_bytes;
};

}  // namespace segell::base
