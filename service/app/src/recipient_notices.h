#pragma once

#include "decision_record.h"
#include "state.h"
#include "storage/reviews.h"
#include "storage/transaction.h"

#include <set>
#include <vector>

// A "no" works at once for every question that recipients ask from then on. What they hold already they have to be told
// of by somebody (domain J2; GDPR article 19 of a restriction): a review of the kind "recipient-notice" waits for that,
// as long as nobody says who was told, and how.

namespace segell::app {

/// The uses of a person's data that are permitted: purpose, category and recipient of each item that stands.
using PermittedUses = std::set<consent::Scope>;
base::Result<PermittedUses> permitted_uses(const storage::View& view, const TenantSettings& settings,
                                           const base::PersonId& person, base::Instant now);

/// Whether a decision of that kind can end a use. What was entered in error is no "no": its recipients are told in the
/// matter of the wrong signer (misattribution_uses.h).
bool ends_uses(consent::DecisionKind kind) noexcept;

/// Compares with what was permitted `before` the last steps of the transaction. Where a use ended, its recipients are
/// to be told: the person's open review takes it in, or else a new one with that id, with an event either way. A use
/// that nobody was permitted any more (it ran out, it was withdrawn before) ends by nothing. What ended.
base::Result<PermittedUses> raise_recipient_notice(storage::Transaction& transaction, const TenantSettings& settings,
                                                   const EventHead& head, const base::PersonId& person,
                                                   const PermittedUses& before, const storage::ReviewId& id);

/// record_fact(), and raise_recipient_notice() where the fact ended a use. `head.time` is now.
base::Result<RecordedFact> record_ending_fact(storage::Transaction& transaction, const TenantSettings& settings,
                                              const EventHead& head, const NewFact& what, const storage::ReviewId& id);

/// The entry that brought the review in or, of this kind, added to it last: who answers says up to where they saw it.
std::uint64_t newest_entry_of(const storage::ReviewRecord& review);

/// What professionals read of it; null for the other kinds:
/// [{purpose,purposeNames,category,categoryNames,recipient,recipientNames}].
base::Json ended_uses_json(const TenantSettings& settings, const storage::ReviewRecord& review);

/// What the person reads of an item that ended: {state,at}, "open" since then or "answered" then, of the newest such
/// review; null where there is none.
base::Json recipients_told_json(const std::vector<storage::ReviewRecord>& reviews, const consent::Scope& scope);

}  // namespace segell::app
