#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

using MisattributionId = base::Id<struct MisattributionTag>;

/// What made a signature void: nothing personal, it outlives the person.
struct VoidMark {
  base::Instant at;             ///< from when on
  std::uint32_t revision = 0;   ///< the one that the signature made
  std::uint64_t log_index = 0;  ///< the event that says so
};

/// Somebody says that another person signed than the one who was asked, and what became of it.
struct MisattributionRecord {
  MisattributionId id;
  RequestId request;
  DocumentId document;
  PersonId person;       ///< who was asked: the person whose words and papers these are
  std::string state;     ///< the app's closed words
  std::string incident;  ///< the app's closed words; empty: none was opened
  base::Instant raised;
  std::optional<base::Instant> due;  ///< until when the supervisory authority is told of the incident
  std::optional<VoidMark> voided;    ///< once confirmed
  std::uint64_t log_index = 0;       ///< the event that brought it in: the order of lists
  base::Json words;                  ///< at rest sealed under the person's key; null once erased
};

class Misattributions {
 public:
  explicit Misattributions(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "misattribution.unknown".
  [[nodiscard]] base::Result<MisattributionRecord> get(const MisattributionId& id) const;
  /// Of the whole tenant, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<MisattributionRecord>> list(std::optional<std::uint64_t> before,
                                                                     std::size_t limit) const;
  /// In the order in which they were raised.
  [[nodiscard]] base::Result<std::vector<MisattributionRecord>> of_document(const DocumentId& document) const;

  base::Result<void> add(const MisattributionRecord& record);
  /// Changes state, incident, due time, mark and words. Error: not_found "misattribution.unknown".
  base::Result<void> update(const MisattributionRecord& record);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
