#pragma once

#include "zip_archive.h"

#include <cstdint>
#include <optional>

// ZIP64 (APPNOTE 6.3, 4.3.14, 4.3.15 and 4.5.3): sizes and places of eight octets. Many writers use them for files of
// any size, where they do not know the size beforehand. Whoever reads the four octets alone and whoever reads the eight
// must find the same: what stands twice is compared, and nothing is preferred.

namespace segell::signer::ades {

inline constexpr std::uint16_t kZipAll16 = 0xFFFF;
inline constexpr std::uint32_t kZipAll32 = 0xFFFFFFFF;

std::uint16_t zip_u16(base::BytesView octets, std::size_t at);
std::uint32_t zip_u32(base::BytesView octets, std::size_t at);
std::uint64_t zip_u64(base::BytesView octets, std::size_t at);

/// The ZIP64 field among extra fields.
struct ZipWideField {
  std::optional<base::BytesView> data;
  bool twice = false;
};
ZipWideField find_wide_field(base::BytesView extra);

/// What a header says of a file: four octets each, or all bits set where the ZIP64 field has the value.
struct ZipNumbers {
  std::uint64_t size = 0, packed = 0, header = 0;
  std::uint32_t volume = 0;
};

/// Puts the values of the field of a central directory record in their places. False where the field is too short or
/// too long for what the record leaves to it, or says something else than the record does.
bool widen_central(ZipNumbers& numbers, const ZipWideField& field);

/// The same for a local header, whose field holds both sizes (4.5.3).
bool widen_local(ZipNumbers& numbers, const ZipWideField& field);

/// The end of the central directory (4.3.16, with 4.3.14 where there is one).
struct ZipEndRecord {
  std::uint64_t at = 0;  ///< where the first record of the end stands: the directory ends there
  std::uint64_t entries = 0, directory = 0, directory_size = 0;
};

/// Reads a ZIP64 end whose locator is `locator`, 20 octets at `at`, into `end`, which holds what the plain end says:
/// the two must agree. Errors: malformed "zip.malformed"; unsupported "zip.volumes"; the source's.
base::Result<void> read_wide_end(const pdf::ByteSource& file, base::BytesView locator, std::uint64_t at,
                                 ZipEndRecord& end);

}  // namespace segell::signer::ades
