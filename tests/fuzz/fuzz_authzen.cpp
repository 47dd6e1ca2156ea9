#include "consent/mappings/authzen.h"

#include <cstdint>

// Seeds: an evaluation request with everything in it, and the least one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  const auto body = base::parse_json({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  const auto request = consent::mappings::parse_evaluation_request(*body);
  if (request) (void)consent::mappings::to_question(*request);
  return 0;
}
