#include "seal_extend.h"

#include "inputs.h"
#include "output_file.h"
#include "seal_format.h"
#include "seal_pdf.h"

#include "net/curl_exchange.h"

#include <ostream>
#include <utility>

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Result;

namespace {

ades::LongTermLevel long_term_level(ades::Level level) {
  return level == ades::Level::b_lta ? ades::LongTermLevel::b_lta : ades::LongTermLevel::b_lt;
}

// Makes something with anchors and sources that are open for as long as it takes.
template <class Make>
auto with_sources(const SealOptions& options, const Context& context, const Make& make)
    -> decltype(make(std::declval<const ades::TrustMaterial&>(), std::declval<const ades::LongTermSources&>())) {
  SEGELL_TRY(const ades::TrustMaterial trust, load_roots(options));
  SEGELL_TRY(
      const OpenAuthority authority,
      open_authority(options, context, options.tsa.empty() ? ades::TimeDemand::none : ades::TimeDemand::required));
  const auto http = net::make_curl_exchange();
  return make(trust, {.http = *http, .clock = context.clock, .tsa = authority.client.get()});
}

Result<void> extend_pdf(const SealOptions& options, const Context& context, ades::Level level) {
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const ades::ExtendedDocument made, extend_source(options, context, source, level));
  SEGELL_CHECK(write_sealed_pdf(options, *source, made.revisions));
  context.out << options.output << ": extended to " << to_string(level) << ", " << made.revisions.size()
              << (made.revisions.size() == 1 ? " revision, " : " revisions, ") << made.added() << " octets added\n";
  return base::ok();
}

Result<void> write_extended(const SealOptions& options, const Context& context, base::BytesView octets,
                            ades::Level level) {
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  SEGELL_CHECK(file.write(octets));
  SEGELL_CHECK(file.commit());
  context.out << options.output << ": extended to " << to_string(level) << ", " << octets.size() << " octets\n";
  return base::ok();
}

Result<void> extend_cades_file(const SealOptions& options, const Context& context, ades::Level level) {
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  const std::string beside = options.content.empty() ? content_beside(options.inputs.front()) : options.content;
  pdf::SourcePtr content;
  if (!beside.empty()) {
    SEGELL_TRY(content, open_document(beside));
  }
  SEGELL_TRY(const ades::ExtendedCades made, extend_signature(options, context, source, content, level));
  return write_extended(options, context, made.der, level);
}

Result<void> extend_container_file(const SealOptions& options, const Context& context, ades::Level level) {
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const ades::ExtendedContainer made, extend_archive(options, context, source, level));
  return write_extended(options, context, made.octets, level);
}

}  // namespace

Result<ades::ExtendedDocument> extend_source(const SealOptions& options, const Context& context,
                                             const pdf::SourcePtr& source, ades::Level level) {
  return with_sources(options, context, [&](const ades::TrustMaterial& trust, const ades::LongTermSources& sources) {
    return ades::extend_document(source, long_term_level(level), trust, sources);
  });
}

Result<ades::ExtendedCades> extend_signature(const SealOptions& options, const Context& context,
                                             const pdf::SourcePtr& signature, const pdf::SourcePtr& content,
                                             ades::Level level) {
  return with_sources(options, context, [&](const ades::TrustMaterial& trust, const ades::LongTermSources& sources) {
    return ades::extend_cades(signature, content, long_term_level(level), trust, sources);
  });
}

Result<ades::ExtendedContainer> extend_archive(const SealOptions& options, const Context& context,
                                               const pdf::SourcePtr& container, ades::Level level) {
  return with_sources(options, context, [&](const ades::TrustMaterial& trust, const ades::LongTermSources& sources) {
    return ades::extend_container(container, long_term_level(level), trust, sources);
  });
}

Result<void> extend_file(const SealOptions& options, const Context& context, ades::Level level) {
  SEGELL_TRY(const SignedKind kind, kind_of_file(options.inputs.front()));
  switch (kind) {
    case SignedKind::pdf:
      return extend_pdf(options, context, level);
    case SignedKind::container:
      return extend_container_file(options, context, level);
    case SignedKind::signature:
      break;
  }
  return extend_cades_file(options, context, level);
}

}  // namespace segell::cli
