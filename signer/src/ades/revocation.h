#pragma once

#include "base/bytes.h"
#include "base/certificate.h"

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct X509_crl_st;  // OpenSSL's X509_CRL

namespace segell::signer::ades {

/// One CRL (RFC 5280 section 5), read and not yet believed. Shared, thread-safe.
class RevocationList {
 public:
  /// Nothing when the octets are no CRL, or one of a kind that is not used here: indirect, delta, for attribute
  /// certificates only, or with a critical extension that is not known.
  static std::shared_ptr<const RevocationList> parse(base::BytesView der);
  ~RevocationList();

  struct Answer {
    bool speaks = false;  ///< issued and signed by that issuer, for certificates of that kind
    std::optional<base::Instant> revoked_at;
    std::string reason;
  };
  [[nodiscard]] Answer ask(const base::Certificate& certificate, const base::Certificate& issuer) const;

  [[nodiscard]] base::Instant this_update() const { return m_this_update; }
  [[nodiscard]] const std::optional<base::Instant>& next_update() const { return m_next_update; }

 private:
  RevocationList() = default;
  [[nodiscard]] bool signed_by(const base::Certificate& issuer) const;

  X509_crl_st* m_native = nullptr;
  base::Instant m_this_update;
  std::optional<base::Instant> m_next_update;
  bool m_only_users = false, m_only_authorities = false;
  mutable std::mutex m_mutex;  // guards m_verified
  mutable std::vector<std::pair<base::Sha256, bool>> m_verified;
};

using RevocationLists = std::vector<std::shared_ptr<const RevocationList>>;

/// What the lists at hand say about one certificate.
struct RevocationStatus {
  enum class State { good, revoked, unknown };
  State state = State::unknown;
  std::optional<base::Instant> revoked_at;
  std::string reason;  ///< of the revocation, or why nothing is known
};

/// A list answers "good" when it is in force at `now`, or was issued at or after `proven` (the best signature time).
/// A revocation counts whatever the list's age.
RevocationStatus check_revocation(const base::Certificate& certificate, const base::Certificate& issuer,
                                  std::span<const std::shared_ptr<const RevocationList>> lists, base::Instant now,
                                  std::optional<base::Instant> proven);

}  // namespace segell::signer::ades
