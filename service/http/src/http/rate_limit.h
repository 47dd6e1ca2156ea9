#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace segell::http {

/// How often one address (browser.h) may try: a bucket of `burst` tries that gets one back every `refill`. Bounded in
/// memory: an address that has all its tries again is forgotten, and when too many are known at one time, all are.
/// Thread-safe.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMost = 16 * 1024;  ///< addresses

  RateLimit(int burst, Clock::duration refill) : m_burst(burst), m_refill(refill) {}

  /// False when the address has no try left.
  bool take(std::string_view address, Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() >= kMost) forget(now);
    Bucket& bucket = m_buckets.try_emplace(std::string(address), Bucket{m_burst, now}).first->second;
    refill(bucket, now);
    if (bucket.left == 0) return false;
    --bucket.left;
    return true;
  }

  /// What was tried was right: it does not count.
  void give_back(std::string_view address) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_buckets.find(std::string(address)); found != m_buckets.end())
      found->second.left = std::min(found->second.left + 1, m_burst);
  }

 private:
  struct Bucket {
    int left = 0;
    Clock::time_point since;  ///< the last refill
  };

  void refill(Bucket& bucket, Clock::time_point now) const {
    const auto back = (now - bucket.since) / m_refill;
    if (back <= 0) return;
    bucket.left = back >= m_burst ? m_burst : std::min(bucket.left + static_cast<int>(back), m_burst);
    bucket.since += back * m_refill;
  }

  void forget(Clock::time_point now) {
    for (auto it = m_buckets.begin(); it != m_buckets.end();) {
      refill(it->second, now);
      it = it->second.left == m_burst ? m_buckets.erase(it) : std::next(it);
    }
    if (m_buckets.size() >= kMost) m_buckets.clear();
  }

  int m_burst;
  Clock::duration m_refill;
  std::mutex m_mutex;
  std::map<std::string, Bucket, std::less<>> m_buckets;  // guarded by m_mutex
};

}  // namespace segell::http
