#include "verbs.h"

#include <vector>

namespace segell::cli {

std::span<const Verb> verbs() {
  static const std::vector<Verb> kVerbs{
      Verb{"log", "check and prove tamper-evident logs", &declare_log},
  };
  return kVerbs;
}

}  // namespace segell::cli
