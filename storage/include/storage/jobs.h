#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::storage {

/// Work to be done after the act that asked for it, for example a late timestamp.
struct JobRecord {
  JobId id;
  std::string kind;
  base::Json payload;  ///< Segell's own ids only; at rest sealed under the tenant's key
  base::Instant due;
  std::int64_t attempts = 0;
};

class Jobs {
 public:
  explicit Jobs(Scope& scope) : m_scope(&scope) {}
  /// Of one kind, in order of their due time.
  [[nodiscard]] base::Result<std::vector<JobRecord>> due(std::string_view kind, base::Instant now,
                                                         std::size_t limit) const;
  base::Result<void> add(const JobRecord& job);
  /// Sets due time and attempts. Error: not_found "job.unknown".
  base::Result<void> reschedule(const JobId& id, base::Instant due, std::int64_t attempts);
  base::Result<void> remove(const JobId& id);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
