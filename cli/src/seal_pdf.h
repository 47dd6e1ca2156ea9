#pragma once

#include "seal_identity.h"

#include "signer/pdf/document.h"

#include <span>

namespace segell::cli {

/// What the options ask of a seal on this document at this time.
base::Result<signer::ades::SealRequest> pdf_request(const SealOptions& options, const signer::pdf::Document& document,
                                                    base::Instant time);

/// The document with further revisions, as the output.
base::Result<void> write_sealed_pdf(const SealOptions& options, const signer::pdf::ByteSource& source,
                                    std::span<const base::Bytes> revisions);

}  // namespace segell::cli
