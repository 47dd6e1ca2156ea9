#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// One entry of the register of officials who may sign on behalf of people (Llei 39/2015, art. 12.2).
struct OfficialRecord {
  OfficialId id;
  AccountId account;  ///< of the official
  std::string state;  ///< the app's closed words: registered, withdrawn
  base::Instant since{};
  base::Instant until{};  ///< exclusive
  base::Instant created{};
  std::uint64_t log_index = 0;  ///< the event that registered it: the order of lists
  base::Json
      details;  ///< name, resolution, procedures, certificate, why it ended; at rest sealed under the tenant's key
};

class Officials {
 public:
  explicit Officials(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "official.unknown".
  [[nodiscard]] base::Result<OfficialRecord> get(const OfficialId& id) const;
  /// Of the tenant, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<OfficialRecord>> list(std::optional<std::uint64_t> before,
                                                               std::size_t limit) const;
  /// Every entry of one account, newest first.
  [[nodiscard]] base::Result<std::vector<OfficialRecord>> of_account(const AccountId& account) const;
  base::Result<void> add(const OfficialRecord& official);
  /// Changes state and details. Error: not_found "official.unknown".
  base::Result<void> update(const OfficialRecord& official);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
