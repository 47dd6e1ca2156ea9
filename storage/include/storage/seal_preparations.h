#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <string>

namespace segell::storage {

/// A seal whose signature is made elsewhere: what was laid out on which revision, until the signature comes in.
struct SealPreparationRecord {
  SealPreparationId id;
  DocumentId document;
  std::uint32_t revision = 0;  ///< the document's newest when it was prepared
  std::string state;           ///< the app's closed words: open, used
  base::Instant expires{};
  base::Json layout;  ///< what makes the same octets again; at rest sealed under the document's key
};

class SealPreparations {
 public:
  explicit SealPreparations(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "seal-preparation.unknown".
  [[nodiscard]] base::Result<SealPreparationRecord> get(const SealPreparationId& id) const;

  base::Result<void> add(const SealPreparationRecord& preparation);
  /// Changes the state, provided that it is still `expected`. Error: conflict "seal-preparation.state".
  base::Result<void> set_state(const SealPreparationId& id, std::string_view state, std::string_view expected);
  /// Removes those that ended before that time.
  base::Result<void> purge(base::Instant before);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
