#pragma once

#include "signer/pdf/source.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// One file of a ZIP archive (PKWARE APPNOTE 6.3), as its central directory has it.
struct ZipEntry {
  std::string name;
  std::uint64_t header = 0;  ///< where its local header begins
  pdf::Range data;           ///< the octets as stored
  std::uint64_t size = 0;    ///< of the file itself
  std::uint32_t crc = 0;
  bool deflated = false;
  bool unreadable = false;  ///< encrypted, or packed by a method other than stored and deflated
  bool has_extra = false;   ///< in its local header
  [[nodiscard]] bool is_folder() const { return name.ends_with('/'); }
};

/// Something about an archive that an honest writer does not do: two readers could see different files in it.
struct ZipFault {
  std::string words;
  bool forged = true;  ///< false: it was only not possible to look
};

/// The directory of an archive, read strictly: every octet of the file belongs to exactly one local header, its data,
/// its descriptor, the central directory or its end, and both headers of a file say the same. What is otherwise is a
/// fault; the entries of the central directory stand all the same.
class ZipArchive {
 public:
  static constexpr std::size_t kMaxEntries = 10'000;
  static constexpr std::size_t kMaxName = 1'024;
  static constexpr std::size_t kMaxDirectory = 16U << 20U;
  /// What the deflated files of one archive may grow to together.
  static constexpr std::uint64_t kMaxInflated = 1U << 30U;

  /// Errors: malformed "zip.malformed" (no central directory can be read); unsupported "zip.zip64", "zip.volumes";
  /// limit_exceeded "zip.too-large"; the source's.
  static base::Result<ZipArchive> read(pdf::SourcePtr file);

  [[nodiscard]] const std::vector<ZipEntry>& entries() const { return m_entries; }
  [[nodiscard]] const std::vector<ZipFault>& faults() const { return m_faults; }
  /// What the archive tells people beside its files, and nobody signed: comments, names that others spell otherwise.
  [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }
  /// The first of that name; null where there is none.
  [[nodiscard]] const ZipEntry* find(std::string_view name) const;

  /// The file itself, piece by piece. Errors: malformed "zip.damaged" (size or CRC is another, or what is deflated does
  /// not inflate); unsupported "zip.method"; the source's.
  base::Result<void> extract(const ZipEntry& entry, const std::function<void(base::BytesView)>& take) const;
  /// The whole file; limit_exceeded "zip.too-large" above max_bytes.
  [[nodiscard]] base::Result<base::Bytes> extract(const ZipEntry& entry, std::size_t max_bytes) const;

 private:
  pdf::SourcePtr m_file;
  std::vector<ZipEntry> m_entries;
  std::vector<ZipFault> m_faults;
  std::vector<std::string> m_notes;
  std::map<std::string, std::size_t, std::less<>> m_places;  // by name, in m_entries
};

}  // namespace segell::signer::ades
