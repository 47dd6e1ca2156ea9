#include "seal_pdf.h"

#include "output_file.h"

#include "signer/pdf/signature_revision.h"

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Result;

Result<void> write_sealed_pdf(const SealOptions& options, const pdf::ByteSource& source,
                              std::span<const base::Bytes> revisions) {
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  Result<void> copied = base::ok();
  SEGELL_CHECK(pdf::for_each_piece(source, {0, source.size()}, [&](base::BytesView piece) {
    if (copied) copied = file.write(piece);
  }));
  SEGELL_CHECK(std::move(copied));
  for (const base::Bytes& revision : revisions) SEGELL_CHECK(file.write(revision));
  return file.commit();
}

Result<ades::SealRequest> pdf_request(const SealOptions& options, const pdf::Document& document, base::Instant time) {
  ades::SealRequest request;
  SEGELL_TRY(request.place, pdf::place_named(document, options.field));
  request.reason = options.reason;
  request.claimed_time = time;
  return request;
}

}  // namespace segell::cli
