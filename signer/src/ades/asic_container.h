#pragma once

#include "asic_manifest.h"
#include "digest_stream.h"
#include "zip_archive.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segell::signer::ades {

inline constexpr std::string_view kAsicFolder = "META-INF/";
inline constexpr std::string_view kAsicMimeName = "mimetype";
inline constexpr std::string_view kAsicSMime = "application/vnd.etsi.asic-s+zip";
inline constexpr std::string_view kAsicEMime = "application/vnd.etsi.asic-e+zip";

/// A manifest of the container, read or not.
struct ContainerManifest {
  std::string name;
  base::Bytes octets;
  std::optional<AsicManifest> read;
  std::string fault;          ///< why not read
  bool unknown_form = false;  ///< it may be well made, by rules that are not known here
};

/// What stands in a ZIP file, by its role (EN 319 162-1 4.3 and 4.4, annex A.7 for the names).
struct AsicContainer {
  std::string mime_type;                    ///< content of the file mimetype; empty without one
  std::vector<const ZipEntry*> objects;     ///< what signatures are over: files outside of META-INF
  std::vector<const ZipEntry*> signatures;  ///< META-INF/*signature*.p7s
  std::vector<const ZipEntry*> tokens;      ///< META-INF/*timestamp*.tst
  std::vector<const ZipEntry*> others;      ///< XAdES signatures and evidence records: named, not judged
  std::vector<const ZipEntry*> strangers;   ///< further files in META-INF
  std::vector<ContainerManifest> manifests;
  std::vector<ZipFault> faults;  ///< of the form of a container, beyond those of the archive

  [[nodiscard]] bool is_signed() const {
    return !signatures.empty() || !tokens.empty() || !others.empty() || !manifests.empty();
  }
  [[nodiscard]] bool is_simple() const { return mime_type == kAsicSMime; }
};

/// Sorts the files and reads the manifests. Errors: the source's.
base::Result<AsicContainer> read_asic_container(const ZipArchive& archive);

}  // namespace segell::signer::ades
