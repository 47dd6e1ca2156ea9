#pragma once

#include "base/certificate.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace segell::signer::ades {

/// Certificates by their complete DER, so that the key of one that was seen before is not decoded again (OpenSSL 3.0
/// spends most of a small verdict there). Bounded: emptied when full, and long ones are not kept. Thread-safe.
class CertificateCache {
 public:
  base::Result<base::Certificate> get(base::BytesView der) {
    if (der.size() > kMaxLength) return base::Certificate::parse_der(der);
    const std::string key(base::as_text(der));
    {
      const std::lock_guard lock(m_mutex);
      const auto hit = m_known.find(key);
      if (hit != m_known.end()) return hit->second;
    }
    SEGELL_TRY(auto certificate, base::Certificate::parse_der(der));
    const std::lock_guard lock(m_mutex);
    if (m_known.size() >= kMaxKnown) m_known.clear();
    m_known.emplace(key, certificate);
    return certificate;
  }

  void forget() {
    const std::lock_guard lock(m_mutex);
    m_known.clear();
  }

 private:
  static constexpr std::size_t kMaxKnown = 2048;
  static constexpr std::size_t kMaxLength = 8U << 10U;
  std::mutex m_mutex;  // guards m_known
  std::unordered_map<std::string, base::Certificate> m_known;
};

}  // namespace segell::signer::ades
