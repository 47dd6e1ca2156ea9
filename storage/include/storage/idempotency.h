#pragma once

#include "base/digest.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>

namespace segell::storage {

/// The answer given to a creating call, kept so that the same call repeated gets the same answer. Written in the act's
/// own transaction: an act and its answer exist together or not at all.
struct IdempotencyRecord {
  std::string caller;  ///< the credential's label or hash
  std::string route;
  std::string key;  ///< the header's value; at rest a keyed blind index
  base::Sha256 body_hash{};
  int status = 0;
  std::string response;  ///< at rest sealed under the tenant's key
  base::Instant expires;
};

class Idempotency {
 public:
  explicit Idempotency(Scope& scope) : m_scope(&scope) {}
  /// Also finds expired ones until they are purged.
  [[nodiscard]] base::Result<std::optional<IdempotencyRecord>> find(const std::string& caller, const std::string& route,
                                                                    const std::string& key) const;
  /// Error: already_exists "storage.unique".
  base::Result<void> add(const IdempotencyRecord& record);
  /// How many went.
  base::Result<std::uint64_t> purge_expired(base::Instant now);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
