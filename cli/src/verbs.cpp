#include "verbs.h"

#include <vector>

namespace segell::cli {

std::span<const Verb> verbs() {
  static const std::vector<Verb> kVerbs{};
  return kVerbs;
}

}  // namespace segell::cli
