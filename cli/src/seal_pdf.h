#pragma once

#include "seal_identity.h"

#include "signer/pdf/document.h"

namespace segell::cli {

/// What the options ask of a seal on this document at this time.
base::Result<signer::ades::SealRequest> pdf_request(const SealOptions& options, const signer::pdf::Document& document,
                                                    base::Instant time);

/// The document with one more revision, as the output.
base::Result<void> write_sealed_pdf(const SealOptions& options, const signer::pdf::ByteSource& source,
                                    base::BytesView revision);

}  // namespace segell::cli
