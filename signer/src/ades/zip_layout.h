#pragma once

#include "zip_archive.h"

namespace segell::signer::ades {

// Records of PKWARE APPNOTE 6.3 section 4.3, all little-endian.
inline constexpr std::uint32_t kZipLocal = 0x04034B50, kZipDescriptor = 0x08074B50, kZipCentral = 0x02014B50,
                               kZipEnd = 0x06054B50, kZipEnd64Locator = 0x07064B50;
inline constexpr std::size_t kZipLocalSize = 30, kZipCentralSize = 46, kZipEndSize = 22;
inline constexpr std::uint16_t kZipStored = 0, kZipDeflated = 8;
// General purpose flags, 4.4.4.
inline constexpr std::uint16_t kZipEncrypted = 1U << 0U, kZipHasDescriptor = 1U << 3U, kZipStrongEncryption = 1U << 6U,
                               kZipUtf8 = 1U << 11U, kZipPatch = 1U << 5U, kZipHiddenHeaders = 1U << 13U;
/// All that have a meaning for a file that is stored or deflated; how hard it was packed are bits 1 and 2.
inline constexpr std::uint16_t kZipKnownFlags = kZipEncrypted | 1U << 1U | 1U << 2U | kZipHasDescriptor | kZipPatch |
                                                kZipStrongEncryption | kZipUtf8 | kZipHiddenHeaders;

struct ZipLayout {
  std::vector<ZipEntry> entries;  ///< in the order of the central directory
  std::vector<ZipFault> faults;
  std::vector<std::string> notes;  ///< see ZipArchive::notes
};

/// Central directory, local headers and what lies between them. Errors: see ZipArchive::read.
base::Result<ZipLayout> read_zip_layout(const pdf::ByteSource& file);

}  // namespace segell::signer::ades
