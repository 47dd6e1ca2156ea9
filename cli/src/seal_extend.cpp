#include "seal_extend.h"

#include "inputs.h"
#include "seal_pdf.h"

#include "net/curl_exchange.h"

#include <ostream>

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Result;

Result<ades::ExtendedDocument> extend_source(const SealOptions& options, const Context& context,
                                             const pdf::SourcePtr& source, ades::Level level) {
  SEGELL_TRY(const ades::TrustMaterial trust, load_roots(options));
  SEGELL_TRY(
      const OpenAuthority authority,
      open_authority(options, context, options.tsa.empty() ? ades::TimeDemand::none : ades::TimeDemand::required));
  const auto http = net::make_curl_exchange();
  return ades::extend_document(source,
                               level == ades::Level::b_lta ? ades::LongTermLevel::b_lta : ades::LongTermLevel::b_lt,
                               trust, {.http = *http, .clock = context.clock, .tsa = authority.client.get()});
}

Result<void> extend_file(const SealOptions& options, const Context& context, ades::Level level) {
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const ades::ExtendedDocument made, extend_source(options, context, source, level));
  SEGELL_CHECK(write_sealed_pdf(options, *source, made.revisions));
  context.out << options.output << ": extended to " << to_string(level) << ", " << made.revisions.size()
              << (made.revisions.size() == 1 ? " revision, " : " revisions, ") << made.added() << " octets added\n";
  return base::ok();
}

}  // namespace segell::cli
