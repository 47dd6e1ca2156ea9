// Timestamp tokens and the answers of authorities: any octets end in a value or an error.
#include "signer/ades/timestamp_client.h"

using namespace segell;
using namespace segell::signer::ades;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 * 1024) return 0;
  const base::BytesView octets(reinterpret_cast<const std::byte*>(data), size);
  if (const auto token = TimestampToken::parse(octets)) check_timestamp_signature(*token);
  static const TimestampQuestion kQuestion =
      make_timestamp_question(base::HashAlgorithm::sha256, base::sha256(base::as_bytes("covered")), {});
  const auto accepted =
      accept_timestamp_response(octets, kQuestion, {.url = {}, .anchors = {}, .intermediates = {}, .policy = {}},
                                base::Instant(std::chrono::seconds(1'800'000'000)), std::chrono::seconds(300));
  if (accepted) __builtin_trap();  // nobody is trusted here
  return 0;
}
