#pragma once

#include "signer/ades/cms.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

inline constexpr std::size_t kMaxAsicManifest = 1U << 20U;
inline constexpr std::size_t kMaxAsicReferences = 10'000;

/// DataObjectReference: a file and its digest.
struct AsicReference {
  std::string name;              ///< of the file in the container; decoded
  std::optional<Digest> digest;  ///< nothing: an algorithm that is not known here
  base::Bytes value;
  bool critical_extension = false;  ///< one of its own that must be understood, and is not
};

/// An ASiCManifest (EN 319 162-1 annex A.4): what one signature or timestamp is over. ASiCArchiveManifest has the same
/// form.
struct AsicManifest {
  std::string signature;  ///< SigReference: the file in the container
  std::vector<AsicReference> references;
  bool critical_extension = false;  ///< one that must be understood, and is not
};

/// Untrusted octets. Nothing is fetched, no document type is accepted, so no entity stands for anything. Errors:
/// malformed "asic.manifest"; unsupported "asic.manifest-form" for a namespace that is not known; limit_exceeded
/// "asic.manifest-size"; unavailable "asic.xml" where libxml2 is missing.
base::Result<AsicManifest> parse_asic_manifest(base::BytesView octets);

/// The manifest of a container that is made here: SHA-256 references in their order. Names are file names, not yet
/// encoded.
struct AsicEntry {
  std::string name;
  base::Bytes sha256;
};
inline constexpr std::string_view kSignatureMime = "application/pkcs7-signature",
                                  kTokenMime = "application/vnd.etsi.timestamp-token";
std::string write_asic_manifest(std::string_view signature, std::string_view mime,
                                const std::vector<AsicEntry>& objects);

}  // namespace segell::signer::ades
