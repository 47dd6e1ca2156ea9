#include "storage/fatal.h"

#include <cstdio>
#include <cstdlib>

namespace segell::storage {

void ExitOnFatal::fatal(const base::Error& error) noexcept {
  std::fprintf(stderr, "segell: fatal: %s (%.*s)\n", error.message.c_str(), static_cast<int>(error.reason.size()),
               error.reason.data());
  std::_Exit(70);
}

}  // namespace segell::storage
