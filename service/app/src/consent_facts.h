#pragma once

#include "consent/decide.h"
#include "state.h"
#include "storage/transaction.h"

namespace segell::app {

/// How a recorded decision is stored, and what of it the rules need.
storage::ConsentFact to_record(const base::PersonId& person, const consent::DecisionFact& fact,
                               const consent::NoticeReference& notice, std::string_view channel,
                               std::uint64_t log_index);
base::Result<consent::DecisionFact> from_record(const storage::ConsentFact& record);
base::Result<std::vector<consent::DecisionFact>> from_records(const std::vector<storage::ConsentFact>& records);

/// What the tenant's catalogue says of a category.
consent::CategoryKind category_kind(const TenantSettings& settings, std::string_view category);

/// Everything that a question about this person and category can rest on, in one snapshot. Birth date, representations
/// and objections are looked for only where `standing` says that there are some.
base::Result<consent::Facts> load_facts(const storage::View& view, const TenantSettings& settings,
                                        const base::PersonId& person, const storage::PersonStanding& standing,
                                        std::string_view category);

/// Whether the person is under a protection that runs now: then nothing that they carry may name anything.
base::Result<bool> is_protected(const storage::View& view, const base::PersonId& person, base::Instant now);

/// Whose "yes" a signature in that capacity is. Powers of representation are not checked against a register here, so
/// that a representative's grant does not count by itself.
consent::Voice voice_of(std::string_view capacity) noexcept;

template <class To, class From>
To same_bits(const From& id) {
  auto made = To::from_bytes(id.bytes());
  return std::move(made).value();
}

}  // namespace segell::app
