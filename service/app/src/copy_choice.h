#pragma once

#include "app/visit.h"
#include "slip_issue.h"

#include <optional>
#include <string_view>

namespace segell::app {

/// A code is given where the person takes it along; post goes out later, with a slip of its own.
bool takes_slip(std::string_view kind) noexcept;

/// Errors: invalid_argument "copy.bad-kind", "copy.code-unexpected".
base::Result<void> check_copy(const CopyChoice& choice);

/// The one way in which the choice of a copy is recorded: choose_copy(), by a link or from what a device captured.
/// Gives the slip that was made or bound. Errors of choose_copy().
base::Result<std::optional<IssuedSlip>> record_copy(storage::Transaction& transaction, const VisitCaller& caller,
                                                    std::string_view kind, const SlipWish& wish, base::Instant now);

}  // namespace segell::app
