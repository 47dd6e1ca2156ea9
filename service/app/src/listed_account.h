#pragma once

#include "app/caller.h"
#include "events.h"
#include "storage/transaction.h"

namespace segell::app {

/// An account as its administrator sees it; for each person whose matters it holds, the look is an event.
base::Result<base::Json> listed_account_json(storage::Transaction& transaction, const Caller& caller,
                                             const storage::AccountRecord& account, const EventHead& head);

}  // namespace segell::app
