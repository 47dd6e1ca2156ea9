// What an authenticator and a browser say of a passkey: never a crash, whatever the octets.
#include "webauthn.h"

#include <cstddef>
#include <cstdint>
#include <span>

using namespace segell;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const app::RelyingParty party{"http://localhost:18099", "localhost"};
  const base::Bytes challenge(32);
  const auto octets = std::as_bytes(std::span(data, size));
  // The client data that fits, so that the binary part is reached; then the octets in its place too.
  const base::Bytes fitting = base::to_bytes(
      R"({"type":"webauthn.create","challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","origin":"http://localhost:18099"})");
  (void)app::check_created(party, challenge, {fitting, base::to_bytes(octets)});
  (void)app::check_created(party, challenge, {base::to_bytes(octets), base::to_bytes(octets)});
  const base::Bytes used = base::to_bytes(
      R"({"type":"webauthn.get","challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","origin":"http://localhost:18099"})");
  const std::size_t half = size / 2;
  for (const int algorithm : app::kPasskeyAlgorithms) {
    const app::PasskeyKey key{{}, algorithm, base::Bytes(algorithm == -8 ? 32 : algorithm == -7 ? 64 : 259), 0};
    (void)app::check_used(party, challenge, key,
                          {{}, used, base::to_bytes(octets.first(half)), base::to_bytes(octets.subspan(half))});
  }
  return 0;
}
