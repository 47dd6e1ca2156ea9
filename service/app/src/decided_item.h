#pragma once

#include "consent/decide.h"
#include "state.h"
#include "storage/transaction.h"

#include <map>
#include <optional>
#include <vector>

namespace segell::app {

/// One item (purpose × category × recipient) with everything that a person decided about exactly it, in log order.
struct DecidedItem {
  consent::Scope scope;
  std::vector<storage::ConsentFact> history;  ///< never empty
  consent::ItemState state = consent::ItemState::offered;
  consent::Answer stands;  ///< what an evaluation would say now

  /// The undoing that is open to the person, if any: `withdraw` for a consent that stands, `object` for a use on a
  /// basis that leaves an objection.
  [[nodiscard]] bool can_withdraw() const;
  [[nodiscard]] bool can_object() const;
};

/// All items of a person, by scope.
base::Result<std::map<consent::Scope, DecidedItem>> decided_items(const storage::View& view,
                                                                  const TenantSettings& settings,
                                                                  const base::PersonId& person, base::Instant now);

/// What the newest paper among those decisions asked about the item, in its words; empty where no paper shows it.
base::Result<std::string> asked_text(const storage::View& view, const std::vector<storage::ConsentFact>& history,
                                     const consent::Scope& scope);

}  // namespace segell::app
