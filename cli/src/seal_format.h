#pragma once

#include "seal_identity.h"

#include "signer/ades/asic.h"
#include "signer/ades/verdict.h"

#include <optional>
#include <string>

namespace segell::cli {

enum class SealFormat { pades, cades_detached, cades_enveloping, asic_s, asic_e };

/// What `--format` says, else the ending of the output's name, else the octets of the file: PAdES for a PDF, ASiC-E for
/// anything else. Errors: invalid_argument "cli.usage"; those of open_document.
base::Result<SealFormat> choose_format(const SealOptions& options);

/// Seals in any form but PAdES, writes the output and says so. Errors: those of the library.
base::Result<void> seal_other(const SealOptions& options, const Context& context, SealFormat format,
                              signer::ades::Level level);

/// What a file that comes signed is, by its first octets.
enum class SignedKind { pdf, container, signature };
/// Errors: those of open_document.
base::Result<SignedKind> kind_of_file(const std::string& path);

/// The name of a format as `--format` takes it, and in words.
std::string_view name_of_format(SealFormat format);
std::string_view words_of_format(SealFormat format);

// What the library calls the same; the inputs as files of a container, by their own names.
signer::ades::ContentPlace content_place(SealFormat format);
signer::ades::ContainerKind container_kind(SealFormat format);
base::Result<std::vector<signer::ades::ContainerFile>> container_files(const SealOptions& options);

/// "B-T, time 2026-…" with the level that was made, or "B-B, no timestamp".
std::string words_of_time(const std::optional<signer::ades::TimestampToken>& timestamp,
                          signer::ades::Level level = signer::ades::Level::b_t);

}  // namespace segell::cli
