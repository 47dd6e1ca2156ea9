#pragma once

#include "app/caller.h"
#include "base/json.h"
#include "events.h"
#include "storage/transaction.h"

#include <string_view>

namespace segell::app {

/// What becomes of the word that somebody else signed.
namespace misattribution_state {
inline constexpr std::string_view kRaised = "raised";        ///< a second person's word is awaited
inline constexpr std::string_view kRejected = "rejected";    ///< the signature stays what it is
inline constexpr std::string_view kConfirmed = "confirmed";  ///< the signature is void
}  // namespace misattribution_state

/// What becomes of the incident that a confirmed one opens.
namespace incident_state {
inline constexpr std::string_view kOpen = "open";
inline constexpr std::string_view kReported = "reported";     ///< to the supervisory authority
inline constexpr std::string_view kNotNeeded = "not-needed";  ///< no risk to anybody's rights (GDPR article 33.1)
}  // namespace incident_state

/// The longest reason that is given for a decision.
inline constexpr std::size_t kLongestReasonGiven = 1000;
/// Error: invalid_argument "misattribution.bad-reason".
base::Result<void> check_reason_given(const std::string& reason);

/// {role,actor,at}: who did a step, kept for those who follow the matter.
base::Json step_json(const EventHead& head);
/// Whether the caller did the step of that name.
bool is_own_step(const Caller& caller, const base::Json& words, const char* step);

/// The record, for whoever follows matters of that person. Error: not_found "misattribution.unknown", also for one
/// whose person was erased.
base::Result<storage::MisattributionRecord> followed_misattribution(const storage::View& view, const Caller& caller,
                                                                    const storage::MisattributionId& id);
base::Failure unknown_misattribution();

/// {"misattribution":{id,state,logIndex}}
base::Json misattribution_answer(const storage::MisattributionRecord& record, std::uint64_t index);

/// {state,dueAt}; null where none was opened.
base::Json incident_outline(const storage::MisattributionRecord& record);

}  // namespace segell::app
