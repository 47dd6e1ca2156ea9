#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// The paper that a person takes home, as far as it can be used again: its code changes what stands on it. Issued free
/// (for visits without a network) or bound at once.
struct SlipRecord {
  SlipId id;
  std::string state;                 ///< the app's closed list
  std::optional<PersonId> person;    ///< once bound
  std::optional<RequestId> request;  ///< whose end it tells; none for a decision told by voice
  base::Instant created;
  base::Instant expires;
  base::Json content;  ///< what stands on it; at rest sealed under the person's key; null while free and once erased
};

/// Where a code leads. This directory tells the tenant, like that of credentials: its key is the hash alone.
struct SlipPlace {
  TenantId tenant;
  SlipId slip;
};

class Slips {
 public:
  explicit Slips(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "slip.unknown".
  [[nodiscard]] base::Result<SlipRecord> get(const SlipId& id) const;
  /// In the order in which they were made.
  [[nodiscard]] base::Result<std::vector<SlipRecord>> of_request(const RequestId& request) const;

  /// `code_hash` is all that is kept of its code. Errors: already_exists "storage.unique"; not_found "key.missing" (the
  /// person is erased).
  base::Result<void> add(const SlipRecord& slip, const base::Sha256& code_hash);
  /// Changes everything but id and creation.
  base::Result<void> update(const SlipRecord& slip);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
