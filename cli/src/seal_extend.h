#pragma once

#include "seal_identity.h"

#include "signer/ades/long_term.h"

namespace segell::cli {

/// The further revisions that give the document's signatures this level, B-LT or B-LTA.
base::Result<signer::ades::ExtendedDocument> extend_source(const SealOptions& options, const Context& context,
                                                           const signer::pdf::SourcePtr& source,
                                                           signer::ades::Level level);

/// The same for a CAdES signature; `content` is null where it is inside.
base::Result<signer::ades::ExtendedCades> extend_signature(const SealOptions& options, const Context& context,
                                                           const signer::pdf::SourcePtr& signature,
                                                           const signer::pdf::SourcePtr& content,
                                                           signer::ades::Level level);

/// The same for a container.
base::Result<signer::ades::ExtendedContainer> extend_archive(const SealOptions& options, const Context& context,
                                                             const signer::pdf::SourcePtr& container,
                                                             signer::ades::Level level);

/// `segell seal --extend`: extends the input, writes the output and says so.
base::Result<void> extend_file(const SealOptions& options, const Context& context, signer::ades::Level level);

}  // namespace segell::cli
