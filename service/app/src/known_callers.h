#pragma once

#include "app/caller.h"
#include "base/digest.h"
#include "base/time.h"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace segell::app {

/// Tokens that were found valid a moment ago, by their digest, so that a busy caller does not cost a look-up and a
/// reading of its rights a request. Bounded in number and in time: a token that is revoked in the store ends within
/// kLife, and one that expires ends at its instant. Only valid ones are kept, so that guessing fills nothing.
class KnownCallers {
 public:
  static constexpr std::chrono::seconds kLife{1};
  static constexpr std::size_t kMost = 1024;

  [[nodiscard]] std::optional<Caller> find(const base::Sha256& digest, base::Instant now) {
    const std::lock_guard lock(m_mutex);
    const auto known = m_known.find(digest);
    if (known == m_known.end()) return {};
    const auto& entry = known->second;
    // A clock that was put back makes an entry old too.
    if (now >= entry.seen && now < entry.seen + kLife && (!entry.expires || now < *entry.expires)) return entry.caller;
    m_known.erase(known);
    return {};
  }

  void keep(const base::Sha256& digest, const Caller& caller, std::optional<base::Instant> expires, base::Instant now) {
    const std::lock_guard lock(m_mutex);
    if (m_known.size() >= kMost) m_known.clear();
    m_known.insert_or_assign(digest, Entry{caller, expires, now});
  }

 private:
  struct Entry {
    Caller caller;
    std::optional<base::Instant> expires;
    base::Instant seen;
  };
  std::mutex m_mutex;
  std::map<base::Sha256, Entry> m_known;  // guarded by m_mutex
};

}  // namespace segell::app
