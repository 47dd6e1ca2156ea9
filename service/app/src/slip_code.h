#pragma once

#include "base/digest.h"
#include "signer/ades/verification_code.h"
#include "state.h"
#include "storage/slips.h"

#include <string>
#include <string_view>

namespace segell::app {

/// The one-purpose code on a slip: written like a verification code (130 random bits and a check character), and of
/// another kind: neither is ever taken for the other.
using SlipCode = signer::ades::VerificationCode;

/// All that is stored of a code.
base::Sha256 slip_code_digest(const SlipCode& code);

/// Where a QR code leads: the code stands in the fragment, which no server sees.
std::string slip_link(std::string_view public_url, const SlipCode& code);

/// The one answer to every code that opens nothing.
base::Failure no_such_slip();

/// Where a code leads, whatever the slip's state. Error: not_found "slip.unknown", the same for every cause.
base::Result<storage::SlipPlace> find_slip(Service::State& state, std::string_view code);

/// The states of a slip.
namespace slip_state {
inline constexpr std::string_view kFree = "free";
inline constexpr std::string_view kBound = "bound";
inline constexpr std::string_view kRevoked = "revoked";
}  // namespace slip_state

/// The name under which a slip stands as actor in events: its holder acts, whoever that is.
ActorId slip_actor(const storage::SlipId& slip);

}  // namespace segell::app
