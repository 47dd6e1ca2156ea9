#pragma once

#include "slip_code.h"
#include "slip_content.h"
#include "storage/transaction.h"

#include <vector>

namespace segell::app {

/// A slip as it stands in a snapshot.
struct OpenSlip {
  storage::SlipRecord record;
  SlipContent content;
  std::vector<consent::ItemState> states;  ///< of each line, now
};

/// Error: not_found "slip.unknown" for one that is not bound, expired, revoked or of an erased person.
base::Result<OpenSlip> open_slip(const storage::View& view, const storage::SlipId& id, base::Instant now);

}  // namespace segell::app
