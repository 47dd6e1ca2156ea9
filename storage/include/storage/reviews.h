#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// Something about one person that somebody has to look at again, for example because they decide for themselves now.
struct ReviewRecord {
  ReviewId id;
  PersonId person;
  std::string state;            ///< the app's closed words
  bool open = true;             ///< whether it waits for somebody
  std::uint64_t log_index = 0;  ///< the event that brought it in: the order of lists
  /// Why, since when, and what was done: at rest sealed under the person's key, because the day on which it came up may
  /// be their birthday.
  base::Json words;
};

class Reviews {
 public:
  explicit Reviews(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "review.unknown".
  [[nodiscard]] base::Result<ReviewRecord> get(const ReviewId& id) const;
  /// Those of the whole tenant that wait, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<ReviewRecord>> list_open(std::optional<std::uint64_t> before,
                                                                  std::size_t limit) const;
  /// All of a person's, in log order.
  [[nodiscard]] base::Result<std::vector<ReviewRecord>> of_person(const PersonId& person) const;

  base::Result<void> add(const ReviewRecord& review);
  /// Changes state, whether it waits, and words. Error: not_found "review.unknown".
  base::Result<void> update(const ReviewRecord& review);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
