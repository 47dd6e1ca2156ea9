#include "seal_pdf.h"

#include "output_file.h"

#include "signer/pdf/fields.h"

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Result;

namespace {

// An existing field of that name, else a new invisible one.
Result<pdf::SignaturePlace> choose_place(const pdf::Document& document, const std::string& name) {
  if (name.empty()) return pdf::SignaturePlace(pdf::InvisibleField{});
  SEGELL_TRY(const pdf::Form form, pdf::read_form(document));
  for (const pdf::Field& field : form.fields)
    if (field.name == name) return pdf::SignaturePlace(pdf::ExistingField{name});
  return pdf::SignaturePlace(pdf::InvisibleField{name});
}

}  // namespace

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
  SEGELL_TRY(request.place, choose_place(document, options.field));
  request.reason = options.reason;
  request.claimed_time = time;
  return request;
}

}  // namespace segell::cli
