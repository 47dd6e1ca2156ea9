#pragma once

#include <string_view>

namespace segell::app {

/// The closed words of a review's kind ("kind" of ReviewRecord::words) and state (ReviewRecord::state).
namespace review_kind {
inline constexpr std::string_view kTurned14 = "turned-14";  ///< decides on their data: others' grants count no more
inline constexpr std::string_view kTurned18 = "turned-18";  ///< of age: nobody represents them by that any more
inline constexpr std::string_view kObjection = "objection";
inline constexpr std::string_view kRecipientNotice = "recipient-notice";  ///< recipients are to be told of an end
}  // namespace review_kind
namespace review_state {
inline constexpr std::string_view kOpen = "open";
inline constexpr std::string_view kAnswered = "answered";
inline constexpr std::string_view kOutdated = "outdated";  ///< the date of birth was another one
}  // namespace review_state

}  // namespace segell::app
