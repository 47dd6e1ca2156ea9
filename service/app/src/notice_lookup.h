#pragma once

#include "app/persons.h"
#include "consent/item.h"
#include "storage/transaction.h"

#include <string>
#include <vector>

namespace segell::app {

/// The published notice, in the first of the languages that has that version; version 0: the newest of the first
/// language that has any. Error: not_found "notice.unknown".
base::Result<consent::NoticeReference> find_notice(const storage::View& view, const NoticeInput& wanted,
                                                   const std::vector<std::string>& languages);

}  // namespace segell::app
