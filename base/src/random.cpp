#include "base/random.h"

#include "base/openssl_ptr.h"

#include <openssl/rand.h>

#include <algorithm>
#include <limits>

namespace segell::base {

void fill_random(std::span<std::byte> out) {
  while (!out.empty()) {
    const std::size_t step = std::min<std::size_t>(out.size(), std::numeric_limits<int>::max());
    require_openssl(RAND_bytes(as_u8(out), static_cast<int>(step)) == 1, "random generator");
    out = out.subspan(step);
  }
}

}  // namespace segell::base
