// Suites of algorithms: any text ends in a suite or an error, and a suite answers every question.
#include "signer/ades/suite.h"

using namespace segell::signer::ades;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto suite = AlgorithmSuite::parse({reinterpret_cast<const char*>(data), size});
  if (!suite) return 0;
  (void)suite->find("2.16.840.1.101.3.4.2.1", "SHA-256");
  (void)suite->find("1.2.840.113549.1.1.11", {}, {{"moduluslength", 3072}});
  return 0;
}
