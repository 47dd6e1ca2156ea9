#pragma once

#include "events.h"
#include "storage/transaction.h"

namespace segell::app {

/// `signed_one` was signed: the turn of those comes that waited for it. Each is an event.
base::Result<void> reach_turns(storage::Transaction& transaction, const EventHead& head,
                               const base::DocumentId& document, const RequestId& signed_one);

}  // namespace segell::app
