#include "base/json.h"
#include "signer/ades/verify.h"

#include <cstdint>
#include <cstdlib>

// Seeds: tests/containers/make_seeds.mjs (containers with short certificates' signatures, whole and damaged; CMS
// files). Any octets give a verdict that can be written down, and never one that passes: no anchor is given.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  static const signer::ades::Verifier kVerifier{signer::ades::TrustMaterial{}};
  const base::BytesView octets{reinterpret_cast<const std::byte*>(data), size};
  signer::ades::VerifyOptions options{.at = base::Instant(std::chrono::hours(24 * 365 * 57)), .disclosures = {}};
  options.content = signer::pdf::borrow_source(octets.first(size / 2));
  const auto verdict = kVerifier.verify(signer::pdf::borrow_source(octets), "fuzz", options);
  if (verdict.indication == signer::ades::Indication::total_passed) std::abort();
  if (base::write_json(to_json(verdict, "0")).empty()) std::abort();
  return 0;
}
