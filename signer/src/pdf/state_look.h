#pragma once

#include "pdf/revision_pair.h"

#include <optional>
#include <set>

namespace segell::signer::pdf {

/// What a state says.
enum class Says { nothing, mark, other };

/// What the states of one widget may be drawn with.
struct StateRules {
  Rect box;                                        ///< of the widget, from its own corner
  std::optional<double> ground;                    ///< luminance of one of its own
  bool signed_already = false;                     ///< whatever a single letter looks like
  const std::set<std::uint32_t>* fonts = nullptr;  ///< that its states were drawn with
};

/// Follows the drawing (a form object, or null) of one state of a check box or a radio button. `other` where it may
/// show anything else than one mark that is seen, on a frame and a ground, and where it cannot be read without doubt.
Says state_says(const RevisionPair& pair, const Object& look, RevisionIndex as_of, const StateRules& rules);

}  // namespace segell::signer::pdf
