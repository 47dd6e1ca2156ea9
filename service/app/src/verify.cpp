#include "app/verify.h"

#include "signer/ades/verdict.h"
#include "state.h"

#include <vector>

namespace segell::app {

base::Result<std::string> verify(Service& service, base::BytesView file, std::optional<base::BytesView> disclosure) {
  Service::State& state = service.state();
  signer::ades::VerifyOptions options;
  options.at = state.clock.now();
  if (disclosure) options.disclosures.push_back(base::to_bytes(*disclosure));
  const auto verdict = state.verifier.verify_pdf(signer::pdf::borrow_source(file), "document.pdf", options);
  return base::write_json(signer::ades::to_json(verdict, SEGELL_VERSION));
}

}  // namespace segell::app
