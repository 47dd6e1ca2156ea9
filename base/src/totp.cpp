#include "base/totp.h"

#include "base/openssl_ptr.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace segell::base {
namespace {

constexpr std::int64_t kStepSeconds = 30;

using Sha1 = std::array<std::byte, 20>;

/// SHA-1 lives here alone: RFC 6238 asks for it, and its weakness (collisions) does not touch HMAC.
Sha1 hmac_sha1(BytesView key, BytesView message) {
  Sha1 out{};
  unsigned length = 0;
  require_openssl(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), as_u8(message), message.size(), as_u8(out),
                       &length) != nullptr,
                  "hmac");
  return out;
}

}  // namespace

std::uint64_t totp_step(Instant time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return seconds <= 0 ? 0 : static_cast<std::uint64_t>(seconds / kStepSeconds);
}

std::string totp_code(BytesView secret, std::uint64_t step, int digits) {
  std::array<std::byte, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) counter[7 - i] = static_cast<std::byte>(step >> (8 * i));
  const Sha1 mac = hmac_sha1(secret, counter);
  const auto at = std::to_integer<std::size_t>(mac[19] & std::byte{0x0f});
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) bits = bits << 8 | std::to_integer<std::uint32_t>(mac[at + i]);
  bits &= 0x7fffffff;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, bits /= 10)
    *digit = static_cast<char>('0' + bits % 10);
  return code;
}

std::string to_base32(BytesView bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::byte octet : bytes) {
    bits = bits << 8 | std::to_integer<std::uint32_t>(octet);
    held += 8;
    for (; held >= 5; held -= 5) out += kDigits[bits >> (held - 5) & 31];
  }
  if (held > 0) out += kDigits[bits << (5 - held) & 31];
  return out;
}

std::optional<std::uint64_t> match_totp(BytesView secret, std::string_view code, Instant now,
                                        std::optional<std::uint64_t> last_used) {
  const std::uint64_t middle = totp_step(now);
  std::optional<std::uint64_t> found;
  for (std::uint64_t step = middle == 0 ? 0 : middle - 1; step <= middle + 1; ++step) {
    const bool same = equal_constant_time(as_bytes(totp_code(secret, step)), as_bytes(code));
    if (same && !found && (!last_used || step > *last_used)) found = step;
  }
  return found;
}

}  // namespace segell::base
