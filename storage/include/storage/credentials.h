#pragma once

#include "base/digest.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// A bearer credential: only its SHA-256 is kept. This directory is the one table whose key does not start with the
/// tenant, since it is what tells the tenant.
struct CredentialRecord {
  base::Sha256 hash{};
  TenantId tenant;
  std::string label;                 ///< neutral name for logs: never a person's name
  std::string scopes;                ///< the app's closed words, separated by spaces; "visit" for a tablet capability
  std::optional<RequestId> request;  ///< what a tablet capability is limited to
  std::optional<base::Instant> expires;
  bool revoked = false;
};

class Credentials {
 public:
  explicit Credentials(Scope& scope) : m_scope(&scope) {}
  base::Result<void> add(const CredentialRecord& credential);
  base::Result<void> revoke(const base::Sha256& hash);
  /// The tenant's credentials that are neither revoked nor limited to a request.
  [[nodiscard]] base::Result<std::vector<CredentialRecord>> tokens() const;

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
