#pragma once

#include "base/result.h"
#include "signer/ades/trust.h"
#include "signer/pdf/source.h"

#include <filesystem>
#include <string>
#include <vector>

namespace segell::cli {

/// A document named on the command line. Files up to 16 MiB are loaded; larger ones are read piece by piece with
/// pread, so that memory stays flat. Errors: not_found "file.not-found", io "file.unreadable".
base::Result<signer::pdf::SourcePtr> open_document(const std::filesystem::path& path);

/// What a detached signature was made over, which lies beside it by custom: "letter.pdf" of "letter.pdf.p7s" or
/// "letter.pdf.tst". Empty where there is no such file.
std::string content_beside(const std::string& path);

/// Anchors and revocation lists of files (PEM or DER) and of folders (every file there that holds any). Errors: those
/// of load_file; malformed "trust.nothing-found" for a file or folder without any.
base::Result<signer::ades::TrustMaterial> load_trust(const std::vector<std::string>& paths);

}  // namespace segell::cli
