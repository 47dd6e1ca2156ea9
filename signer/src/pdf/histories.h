#pragma once

#include "signer/pdf/document.h"

#include <algorithm>
#include <span>

namespace segell::signer::pdf {

/// Calls take(history) for each object that has entries, by number; their numbers may lie millions apart. Ends with the
/// first error.
template <class Take>
base::Result<void> each_history(const Document& document, Take take) {
  for (auto rest = document.all_entries(); !rest.empty();) {
    const std::uint32_t number = rest.front().number;
    const auto other = std::ranges::find_if(rest, [&](const XrefEntry& entry) { return entry.number != number; });
    const auto history = rest.first(static_cast<std::size_t>(other - rest.begin()));
    rest = rest.subspan(history.size());
    SEGELL_CHECK(take(history));
  }
  return base::ok();
}

}  // namespace segell::signer::pdf
