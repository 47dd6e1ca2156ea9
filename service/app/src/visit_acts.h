#pragma once

#include "base/json.h"
#include "storage/transaction.h"

#include <optional>
#include <string_view>
#include <vector>

namespace segell::app {

/// What becomes of what a device captured.
namespace captured_state {
inline constexpr std::string_view kWaiting = "waiting";          ///< nothing came yet
inline constexpr std::string_view kUnfulfilled = "unfulfilled";  ///< nothing came, and nothing can any more
inline constexpr std::string_view kReceived = "received";        ///< on disk
inline constexpr std::string_view kSealed = "sealed";            ///< part of the document
inline constexpr std::string_view kRecorded = "recorded";        ///< a refusal or a deferral, in the log
inline constexpr std::string_view kSetAside = "set-aside";  ///< kept, and shown to the professional with the reason
}  // namespace captured_state

/// What is to be said beside the state.
namespace captured_flag {
inline constexpr std::string_view kSuperseded = "superseded";   ///< signed on the version shown; another took its place
inline constexpr std::string_view kCopyFailed = "copy-failed";  ///< the slip that the person took opens nothing
}  // namespace captured_flag

/// Every nonce of a visit in the order of the packages and, in each, of the requests; with the act that came for it.
struct NonceStanding {
  storage::NonceRecord nonce;
  std::optional<storage::CapturedActRecord> act;
};
base::Result<std::vector<NonceStanding>> standings_of(const storage::View& view, const storage::VisitRecord& visit);

/// The flags of an act, one by one.
base::Json flags_json(std::string_view words);

/// {request,nonce,state,reason?,receivedAt?,sealedAt?,flags?}; "waiting" where nothing came.
base::Json standing_json(const NonceStanding& standing);

}  // namespace segell::app
