#include "cli/verb.h"

#include <exception>
#include <iostream>

int main(int count, char** values) {
  const segell::base::SystemClock clock;
  const segell::cli::Context context{.out = std::cout, .err = std::cerr, .clock = clock, .ends_with_it = true};
  try {
    const auto code =
        segell::cli::run({const_cast<const char* const*>(values), static_cast<std::size_t>(count)}, context);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "segell: cannot write the result\n";
      return segell::cli::to_int(segell::cli::ExitCode::could_not_run);
    }
    return segell::cli::to_int(code);
  } catch (const std::exception& error) {
    std::cerr << "segell: internal error: " << error.what() << '\n';
    return segell::cli::to_int(segell::cli::ExitCode::could_not_run);
  }
}
