#include "cli/exit_code.h"

namespace segell::cli {
namespace {

int weight(ExitCode code) noexcept {
  switch (code) {
    case ExitCode::proven_bad:
      return 4;
    case ExitCode::could_not_run:
      return 3;
    case ExitCode::indeterminate:
      return 2;
    case ExitCode::nothing_to_verify:
      return 1;
    case ExitCode::passed:
      return 0;
  }
  return 3;
}

}  // namespace

ExitCode worse(ExitCode a, ExitCode b) noexcept { return weight(a) >= weight(b) ? a : b; }

}  // namespace segell::cli
