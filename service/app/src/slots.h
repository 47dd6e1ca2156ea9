#pragma once

#include <atomic>
#include <cstddef>

namespace segell::app {

/// A bounded number of things at one time; nobody waits. Thread-safe.
class Slots {
 public:
  explicit Slots(std::size_t count) : m_free(static_cast<std::ptrdiff_t>(count)) {}

  /// One slot, given back at the end of its scope; false when there was none.
  class Held {
   public:
    explicit Held(Slots& owner) : m_owner(owner), m_has(owner.m_free.fetch_sub(1) > 0) {}
    ~Held() { m_owner.m_free.fetch_add(1); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    explicit operator bool() const noexcept { return m_has; }

   private:
    Slots& m_owner;
    bool m_has;
  };

 private:
  std::atomic<std::ptrdiff_t> m_free;
};

}  // namespace segell::app
