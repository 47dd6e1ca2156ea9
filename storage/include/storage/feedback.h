#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

using FeedbackId = base::Id<struct FeedbackTag>;

/// What somebody, who need not be known, says about the use of the pages.
struct FeedbackRecord {
  FeedbackId id;
  std::string state;  ///< the app's closed words: open, answered
  base::Instant created{};
  std::uint64_t log_index = 0;  ///< the event that brought it in: the order of lists
  base::Json words;             ///< what was said, how to answer, the answer; at rest sealed under the tenant's key
};

class Feedback {
 public:
  explicit Feedback(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "feedback.unknown".
  [[nodiscard]] base::Result<FeedbackRecord> get(const FeedbackId& id) const;
  /// Newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<FeedbackRecord>> list(std::optional<std::uint64_t> before,
                                                               std::size_t limit) const;
  [[nodiscard]] base::Result<std::uint64_t> count(std::string_view state) const;

  base::Result<void> add(const FeedbackRecord& feedback);
  /// Changes state and words. Error: not_found "feedback.unknown".
  base::Result<void> update(const FeedbackRecord& feedback);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
