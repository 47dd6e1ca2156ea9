#include "verbs.h"

#include <array>

namespace segell::cli {

Action declare_ink(CLI::App& app) {
  constexpr std::array kVerbs{
      Verb{"open", "open a custody envelope, two people together, and write what was recorded", &declare_ink_open},
      Verb{"openings", "show the register of openings and check its chain", &declare_ink_openings},
      Verb{"half", "make one person's half of a passphrase", &declare_ink_half},
      Verb{"key", "make a key that opens with two halves only", &declare_ink_key},
  };
  return declare_group(app, kVerbs);
}

}  // namespace segell::cli
