#pragma once

#include "signer/ades/asic.h"

#include <cstdint>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// Files of an archive, and the archive itself, stay below what its 32-bit fields hold.
inline constexpr std::uint64_t kMaxZipOctets = 0xFFFFFFFE;

/// CRC-32 of octets that come by in pieces; begin with 0.
std::uint32_t zip_crc(std::uint32_t crc, base::BytesView piece);

/// Writes an archive of stored files (APPNOTE 6.3), one behind the other and nothing else: the form that ZipArchive
/// reads without a fault.
class ZipWriter {
 public:
  /// `time` is what the headers say, in UTC.
  ZipWriter(const ContainerSink& sink, base::Instant time);

  /// Errors: stale "asic.changed" (the octets have another CRC); limit_exceeded "asic.too-large"; the source's and the
  /// sink's.
  base::Result<void> add(const std::string& name, const pdf::ByteSource& content, std::uint32_t crc);
  base::Result<void> add(const std::string& name, base::BytesView content);
  /// The central directory. Once, at last.
  base::Result<void> finish();

 private:
  struct Written {
    std::string name;
    std::uint32_t crc, size, header;
  };
  base::Result<void> put(base::BytesView octets);

  const ContainerSink& m_sink;
  std::uint16_t m_date = 0, m_clock = 0;
  std::uint64_t m_at = 0;
  std::vector<Written> m_written;
};

}  // namespace segell::signer::ades
