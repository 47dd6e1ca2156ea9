#include "base/random.h"

#include "base/openssl_ptr.h"
#include "base/secret.h"

#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>

namespace segell::base {

namespace {

/// A child process must not hand out what its parent hands out too.
std::atomic<unsigned> forks{0};

/// A call of OpenSSL's generator costs about as much as hashing a kilobyte, whether for 12 octets or for 512: a thread
/// draws a block and gives small pieces of it, each wiped once given.
class Block {
 public:
  ~Block() { wipe(m_octets); }
  void take(std::span<std::byte> out) {
    if (m_left < out.size() || m_forks != forks.load(std::memory_order_relaxed)) draw();
    const auto piece = std::span(m_octets).subspan(m_octets.size() - m_left, out.size());
    std::copy(piece.begin(), piece.end(), out.begin());
    wipe(piece);
    m_left -= out.size();
  }

 private:
  void draw() {
    m_forks = forks.load(std::memory_order_relaxed);
    m_left = 0;
    require_openssl(RAND_bytes(as_u8(m_octets), static_cast<int>(m_octets.size())) == 1, "random generator");
    m_left = m_octets.size();
  }

  std::array<std::byte, 512> m_octets{};
  std::size_t m_left = 0;
  unsigned m_forks = 0;
};

constexpr std::size_t kSmall = 64;

}  // namespace

void fill_random(std::span<std::byte> out) {
  static const int kWatched = ::pthread_atfork(nullptr, nullptr, [] { ++forks; });
  if (out.size() <= kSmall && kWatched == 0) {
    thread_local Block block;
    return block.take(out);
  }
  while (!out.empty()) {
    const std::size_t step = std::min<std::size_t>(out.size(), std::numeric_limits<int>::max());
    require_openssl(RAND_bytes(as_u8(out), static_cast<int>(step)) == 1, "random generator");
    out = out.subspan(step);
  }
}

}  // namespace segell::base
