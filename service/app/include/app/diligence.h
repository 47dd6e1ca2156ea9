#pragma once

#include "app/picture.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// The record of an act of a person who can neither draw nor press: they said what they want in front of two witnesses,
/// who confirm it. Never a fingerprint.
struct Diligence {
  struct Witness {
    std::string name;
    std::string identity;                 ///< how it was seen who they are: "id-seen", "known"
    bool adult = false;                   ///< they say that they are of age; nobody else is a witness
    std::string answer;                   ///< how they confirm: "drawn", "button"
    std::optional<PictureInput> picture;  ///< exactly with "drawn"
  };
  std::string reason;  ///< why the person can do neither; personal, in a salted fact only
  std::vector<Witness> witnesses;
};

}  // namespace segell::app
