#include "app/verify.h"

#include "signer/ades/verdict.h"
#include "spool_source.h"
#include "state.h"

#include <vector>

namespace segell::app {

namespace {

base::Result<std::string> judge_file(const Service::State& state, const signer::pdf::SourcePtr& file,
                                     signer::ades::VerifyOptions options) {
  options.at = state.clock.now();
  options.max_message_bytes = state.settings.max_document_bytes;
  const auto verdict = state.verifier.verify(file, "document.pdf", options);
  return base::write_json(signer::ades::to_json(verdict, SEGELL_VERSION));
}

base::Failure busy() {
  return base::fail(base::Code::unavailable, "verify.busy", "too many files are being verified at this moment",
                    "come again in a moment, or verify where you are with the program segell");
}

}  // namespace

base::Result<std::string> verify(Service& service, base::BytesView file, std::optional<base::BytesView> disclosure,
                                 std::optional<base::BytesView> content) {
  Service::State& state = service.state();
  const Slots::Held slot(state.verifications);
  if (!slot) return busy();
  signer::ades::VerifyOptions options;
  if (disclosure) options.disclosures.push_back(base::to_bytes(*disclosure));
  if (content) options.content = signer::pdf::borrow_source(*content);
  return judge_file(state, signer::pdf::borrow_source(file), std::move(options));
}

base::Result<std::string> verify_spooled(Service& service, const std::shared_ptr<const base::Spool>& octets,
                                         std::optional<std::uint64_t> signature_length) {
  Service::State& state = service.state();
  const std::uint64_t all = octets->size();
  const std::uint64_t first = signature_length.value_or(all);
  if (signature_length && first >= all) return bad_split();
  const Slots::Held slot(state.verifications);
  if (!slot) return busy();
  signer::ades::VerifyOptions options;
  if (signature_length) options.content = std::make_shared<SpoolSource>(octets, signer::pdf::Range{first, all - first});
  return judge_file(state, std::make_shared<SpoolSource>(octets, signer::pdf::Range{0, first}), std::move(options));
}

}  // namespace segell::app
