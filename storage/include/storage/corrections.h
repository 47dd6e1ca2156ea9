#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

using CorrectionId = base::Id<struct CorrectionTag>;

/// Somebody asked that what is kept about them be put right (GDPR article 16).
struct CorrectionRecord {
  CorrectionId id;
  PersonId person;
  std::optional<DocumentId> document;  ///< the one that it is about, if it is about one
  std::string state;                   ///< the app's closed words: open, accepted, refused
  base::Instant created;
  std::uint64_t log_index = 0;  ///< the event that brought it in: the order of lists
  base::Json words;             ///< what was asked and answered; at rest sealed under the person's key
};

class Corrections {
 public:
  explicit Corrections(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "correction.unknown".
  [[nodiscard]] base::Result<CorrectionRecord> get(const CorrectionId& id) const;
  /// Of one person, or of the whole tenant; newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<CorrectionRecord>> list(const std::optional<PersonId>& person,
                                                                 std::optional<std::uint64_t> before,
                                                                 std::size_t limit) const;

  base::Result<void> add(const CorrectionRecord& correction);
  /// Changes state and words. Error: not_found "correction.unknown".
  base::Result<void> update(const CorrectionRecord& correction);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
