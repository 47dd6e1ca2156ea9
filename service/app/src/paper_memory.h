#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace segell::app {

/// What was set a moment ago and is needed again: the statement of an act that is about to come, the line with this
/// minute's time. Setting type costs as much as a signature, and an act that waits for it keeps a person waiting. In
/// memory only, bounded in number and time; whoever finds nothing here sets it again.
class PaperMemory {
 public:
  static constexpr std::size_t kMost = 512;  ///< of about 10 KiB each
  static constexpr std::chrono::hours kLife{1};

  /// What stands under the key, or what `make` gives, which is then kept. A failure is not.
  template <class Make>
  base::Result<base::Bytes> get(const std::string& key, Make make) {
    const base::Sha256 digest = base::sha256(base::as_bytes(key));
    {
      const std::lock_guard lock(m_mutex);
      if (const auto found = m_known.find(digest); found != m_known.end()) return found->second.pdf;
    }
    SEGELL_TRY(base::Bytes made, make());
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_known, [&](const auto& entry) { return now - entry.second.made > kLife; });
    if (m_known.size() >= kMost) m_known.clear();
    m_known.insert_or_assign(digest, Entry{made, now});
    return made;
  }

  /// A person is erased, whose name may stand in what is kept.
  void forget() {
    const std::lock_guard lock(m_mutex);
    m_known.clear();
  }

 private:
  struct Entry {
    base::Bytes pdf;
    std::chrono::steady_clock::time_point made;
  };
  std::mutex m_mutex;
  std::map<base::Sha256, Entry> m_known;  // guarded by m_mutex
};

/// SHA-512 states by the SHA-256 of what they have absorbed, so that a document that grows by a revision is not hashed
/// from its first octet again. Bounded; whoever finds none hashes.
class WideDigests {
 public:
  static constexpr std::size_t kMost = 4096;

  /// A state that has absorbed `bytes`, whose SHA-256 this is.
  base::Hasher find(const base::Sha256& sha256, base::BytesView bytes) {
    {
      const std::lock_guard lock(m_mutex);
      if (const auto found = m_known.find(sha256); found != m_known.end()) return found->second.clone();
    }
    base::Hasher hasher(base::HashAlgorithm::sha512);
    hasher.update(bytes);
    return hasher;
  }
  void keep(const base::Sha256& sha256, base::Hasher hasher) {
    const std::lock_guard lock(m_mutex);
    if (m_known.size() >= kMost) m_known.clear();
    m_known.insert_or_assign(sha256, std::move(hasher));
  }

 private:
  std::mutex m_mutex;
  std::map<base::Sha256, base::Hasher> m_known;  // guarded by m_mutex
};

}  // namespace segell::app
