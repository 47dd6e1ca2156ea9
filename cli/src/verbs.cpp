#include "verbs.h"

#include <vector>

namespace segell::cli {

std::span<const Verb> verbs() {
  static const std::vector<Verb> kVerbs{
      // Verb{"name", "one lower-case line", &declare_name},
  };
  return kVerbs;
}

}  // namespace segell::cli
