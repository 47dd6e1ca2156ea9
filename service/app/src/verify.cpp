#include "app/verify.h"

#include "signer/ades/verdict.h"
#include "state.h"

#include <vector>

namespace segell::app {

base::Result<std::string> verify(Service& service, base::BytesView file, std::optional<base::BytesView> disclosure,
                                 std::optional<base::BytesView> content) {
  Service::State& state = service.state();
  const Slots::Held slot(state.verifications);
  if (!slot) {
    return base::fail(base::Code::unavailable, "verify.busy", "too many files are being verified at this moment",
                      "come again in a moment, or verify where you are with the program segell");
  }
  signer::ades::VerifyOptions options;
  options.at = state.clock.now();
  if (disclosure) options.disclosures.push_back(base::to_bytes(*disclosure));
  if (content) options.content = signer::pdf::borrow_source(*content);
  const auto verdict = state.verifier.verify(signer::pdf::borrow_source(file), "document.pdf", options);
  return base::write_json(signer::ades::to_json(verdict, SEGELL_VERSION));
}

}  // namespace segell::app
