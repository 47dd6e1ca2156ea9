#pragma once

#include <cstddef>
#include <string>

namespace segell::app {

/// Which part of a list a caller wants. The body of the answer names the cursor of the next part in "next", null at the
/// end. Error of every list: invalid_argument "page.bad-cursor" for a cursor that no answer gave.
struct Page {
  static constexpr std::size_t kMost = 100;
  std::string cursor;      ///< empty: from the beginning
  std::size_t limit = 50;  ///< 1 to kMost
};

}  // namespace segell::app
