#include "zip_layout.h"

#include "zip_names.h"

#include <algorithm>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kMaxComment = 65'535;
constexpr std::uint16_t kAll16 = 0xFFFF;
constexpr std::uint32_t kAll32 = 0xFFFFFFFF;
constexpr std::size_t kMaxFaults = 16;

std::uint16_t u16(BytesView octets, std::size_t at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(octets[at]) | std::to_integer<unsigned>(octets[at + 1])
                                                                                << 8U);
}
std::uint32_t u32(BytesView octets, std::size_t at) {
  return static_cast<std::uint32_t>(u16(octets, at)) | static_cast<std::uint32_t>(u16(octets, at + 2)) << 16U;
}

base::Failure malformed_zip(std::string words) { return fail(Code::malformed, "zip.malformed", std::move(words)); }
base::Failure zip64() {
  return fail(Code::unsupported, "zip.zip64",
              "the archive is in the form for more than 4 GiB (ZIP64), which is not read");
}

/// The end of the central directory (4.3.16).
struct End {
  std::uint64_t at = 0;
  std::uint16_t entries = 0;
  std::uint64_t directory = 0, directory_size = 0;
};

/// One record of the central directory (4.3.12) with what its local header must repeat.
struct Record {
  ZipEntry entry;
  std::uint16_t flags = 0, method = 0;
  std::uint64_t end = 0;  // where its data and descriptor end
};

class LayoutReader {
 public:
  explicit LayoutReader(const pdf::ByteSource& file) : m_file(file) {}

  Result<ZipLayout> read() {
    SEGELL_TRY(const End end, find_end());
    SEGELL_CHECK(read_directory(end));
    for (Record& record : m_records) SEGELL_CHECK(read_local(record, end.directory));
    check_contiguous(end.directory);
    ZipLayout out;
    for (Record& record : m_records) out.entries.push_back(std::move(record.entry));
    out.faults = std::move(m_faults);
    out.notes = std::move(m_notes);
    return out;
  }

 private:
  void fault(std::string words, bool forged = true) {
    if (m_faults.size() < kMaxFaults) m_faults.push_back({std::move(words), forged});
  }
  void note(std::string words) {
    if (m_notes.size() < kMaxFaults) m_notes.push_back(std::move(words));
  }

  Result<End> find_end() {
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(m_file.size(), kZipEndSize + kMaxComment));
    if (length < kZipEndSize) return malformed_zip("the archive ends before its directory does");
    const std::uint64_t from = m_file.size() - length;
    SEGELL_TRY(const Bytes tail, pdf::read_range(m_file, {from, length}, length));
    for (std::size_t at = length - kZipEndSize + 1; at-- > 0;) {
      if (u32(tail, at) != kZipEnd || at + kZipEndSize + u16(tail, at + 20) > length) continue;
      return read_end(tail, at, from);
    }
    return malformed_zip("the archive has no directory");
  }

  Result<End> read_end(BytesView tail, std::size_t at, std::uint64_t from) {
    const BytesView record = tail.subspan(at);
    if (at + kZipEndSize + u16(tail, at + 20) != tail.size()) fault("octets follow the end of the archive");
    note_comment(record.subspan(kZipEndSize, u16(record, 20)));
    for (std::size_t other = at; other-- > 0;)
      // a second end whose comment would hold the first: readers that search forwards see another archive
      if (u32(tail, other) == kZipEnd && other + kZipEndSize + u16(tail, other + 20) == tail.size()) {
        fault("the archive has two ends");
        break;
      }
    if (at >= 20 && u32(tail, at - 20) == kZipEnd64Locator) return zip64();
    End end{
        .at = from + at, .entries = u16(record, 10), .directory = u32(record, 16), .directory_size = u32(record, 12)};
    if (end.entries == kAll16 || end.directory == kAll32 || end.directory_size == kAll32) return zip64();
    if (u16(record, 4) != 0 || u16(record, 6) != 0 || u16(record, 8) != end.entries)
      return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
    if (end.entries > ZipArchive::kMaxEntries || end.directory_size > ZipArchive::kMaxDirectory)
      return fail(Code::limit_exceeded, "zip.too-large", "the archive holds more files than this program reads");
    if (end.directory > end.at || end.directory_size > end.at - end.directory)
      return malformed_zip("the directory of the archive lies outside of it");
    if (end.directory + end.directory_size != end.at) fault("octets stand between the directory and its end");
    return end;
  }

  // EN 319 162-1 A.1 puts the container's type there.
  void note_comment(BytesView comment) {
    const std::string_view text = base::as_text(comment);
    if (!text.empty() && text != "mimetype=application/vnd.etsi.asic-s+zip" &&
        text != "mimetype=application/vnd.etsi.asic-e+zip")
      note("the archive has a comment, which nobody signed");
  }

  Result<void> read_directory(const End& end) {
    SEGELL_TRY(m_directory, pdf::read_range(m_file, {end.directory, end.directory_size}, ZipArchive::kMaxDirectory));
    BytesView rest = m_directory;
    for (std::uint16_t i = 0; i < end.entries; ++i) {
      if (rest.size() < kZipCentralSize || u32(rest, 0) != kZipCentral)
        return malformed_zip("the directory of the archive cannot be read");
      const std::size_t name = u16(rest, 28), extra = u16(rest, 30), comment = u16(rest, 32);
      if (rest.size() < kZipCentralSize + name + extra + comment)
        return malformed_zip("the directory of the archive cannot be read");
      if (u16(rest, 34) != 0) return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
      SEGELL_CHECK(add_record(rest, name, extra));
      if (comment != 0)
        note("the file " + quoted_name(m_records.back().entry.name) + " has a comment, which nobody signed");
      rest = rest.subspan(kZipCentralSize + name + extra + comment);
    }
    if (!rest.empty()) fault("the directory holds more than the files that it counts");
    return base::ok();
  }

  Result<void> add_record(BytesView at, std::size_t name, std::size_t extra) {
    if (name > ZipArchive::kMaxName)
      return fail(Code::limit_exceeded, "zip.too-large", "a file of the archive has a very long name");
    Record record;
    record.flags = u16(at, 8);
    record.method = u16(at, 10);
    ZipEntry& entry = record.entry;
    entry.name = base::to_text(at.subspan(kZipCentralSize, name));
    entry.crc = u32(at, 16);
    entry.data.length = u32(at, 20);
    entry.size = u32(at, 24);
    entry.header = u32(at, 42);
    if (entry.data.length == kAll32 || entry.size == kAll32 || entry.header == kAll32) return zip64();
    entry.deflated = record.method == kZipDeflated;
    entry.unreadable = (record.flags & (kZipEncrypted | kZipStrongEncryption | kZipPatch | kZipHiddenHeaders)) != 0 ||
                       (record.method != kZipStored && record.method != kZipDeflated);
    if ((record.flags & ~kZipKnownFlags) != 0)
      fault("the file " + quoted_name(entry.name) + " has a flag that is not known here", false);
    const bool plain = std::ranges::all_of(entry.name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!plain && (record.flags & kZipUtf8) == 0)
      note("the name of the file " + quoted_name(entry.name) + " is not marked as UTF-8: others may show another one");
    if (!entry.deflated && !entry.unreadable && entry.size != entry.data.length)
      fault("the file " + quoted_name(entry.name) + " has two sizes");
    check_kind(at, entry);
    check_extra(at.subspan(kZipCentralSize + name, extra), entry);
    m_records.push_back(std::move(record));
    return base::ok();
  }

  // Links and devices of Unix (4.4.15, the upper half of the external attributes): never data of a document. Whatever
  // system the archive names: readers make links for several of them, and some do not look.
  void check_kind(BytesView at, const ZipEntry& entry) {
    constexpr unsigned kTypeMask = 0170000, kRegular = 0100000, kFolder = 0040000;
    const unsigned type = u32(at, 38) >> 16U & kTypeMask;
    if (type != 0 && type != kRegular && type != kFolder)
      fault("the file " + quoted_name(entry.name) + " is a link or a device");
  }

  // Extra fields (4.5): well-formed, and none that gives the file another name for some readers.
  void check_extra(BytesView extra, const ZipEntry& entry) {
    constexpr std::uint16_t kUnicodePath = 0x7075;
    while (!extra.empty()) {
      if (extra.size() < 4 || extra.size() - 4 < u16(extra, 2))
        return fault("the extra fields of the file " + quoted_name(entry.name) + " cannot be read");
      const BytesView data = extra.subspan(4, u16(extra, 2));
      if (u16(extra, 0) == kUnicodePath && (data.size() < 5 || base::as_text(data.subspan(5)) != entry.name))
        fault("the file " + quoted_name(entry.name) + " has a second name");
      extra = extra.subspan(4 + data.size());
    }
  }

  // The local header (4.3.7) must say what the central directory says.
  Result<void> read_local(Record& record, std::uint64_t directory) {
    ZipEntry& entry = record.entry;
    const std::string name = quoted_name(entry.name);
    if (entry.header > directory || directory - entry.header < kZipLocalSize)
      return malformed_zip("the file " + name + " lies outside of the archive");
    SEGELL_TRY(const Bytes head, pdf::read_range(m_file, {entry.header, kZipLocalSize}, kZipLocalSize));
    const std::size_t name_size = u16(head, 26), extra_size = u16(head, 28);
    entry.data.offset = entry.header + kZipLocalSize + name_size + extra_size;
    if (u32(head, 0) != kZipLocal || entry.data.offset > directory || entry.data.length > directory - entry.data.offset)
      return malformed_zip("the file " + name + " lies outside of the archive");
    SEGELL_TRY(const Bytes names,
               pdf::read_range(m_file, {entry.header + kZipLocalSize, name_size + extra_size}, name_size + extra_size));
    if (base::as_text(BytesView(names).first(name_size)) != entry.name)
      fault("the file " + name + " has another name in its own header");
    check_extra(BytesView(names).subspan(name_size), entry);
    entry.has_extra = extra_size != 0;
    if (u16(head, 6) != record.flags || u16(head, 8) != record.method)
      fault("the file " + name + " is packed in another way by its own header");
    SEGELL_TRY(const bool agree, sizes_agree(record, head));
    if (!agree) fault("the file " + name + " has another size or check sum in its own header");
    return base::ok();
  }

  // Sizes and CRC stand in the local header, or behind the data in a descriptor (4.3.9).
  Result<bool> sizes_agree(Record& record, BytesView head) {
    const ZipEntry& entry = record.entry;
    record.end = entry.data.end();
    const bool same = u32(head, 14) == entry.crc && u32(head, 18) == entry.data.length && u32(head, 22) == entry.size;
    if ((record.flags & kZipHasDescriptor) == 0) return same;
    const bool blank = u32(head, 14) == 0 && u32(head, 18) == 0 && u32(head, 22) == 0;
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(16, m_file.size() - record.end));
    SEGELL_TRY(const Bytes found, pdf::read_range(m_file, {record.end, room}, 16));
    if (room < 16) return false;
    const std::size_t at = u32(found, 0) == kZipDescriptor ? 4 : 0;  // its mark is customary and may be missing
    record.end += at + 12;
    return (same || blank) && u32(found, at) == entry.crc && u32(found, at + 4) == entry.data.length &&
           u32(found, at + 8) == entry.size;
  }

  void check_contiguous(std::uint64_t directory) {
    std::vector<const Record*> order;
    for (const Record& record : m_records) order.push_back(&record);
    std::ranges::sort(order, {}, [](const Record* record) { return record->entry.header; });
    std::uint64_t at = 0;
    for (const Record* record : order) {
      if (record->entry.header < at)
        fault("the file " + quoted_name(record->entry.name) + " lies over another one");
      else if (record->entry.header > at)
        fault(at == 0 ? "octets stand before the first file of the archive"
                      : "octets stand before the file " + quoted_name(record->entry.name) + " that belong to no file");
      at = std::max(at, record->end);
    }
    if (at != directory) fault("octets stand before the directory that belong to no file");
  }

  const pdf::ByteSource& m_file;
  Bytes m_directory;
  std::vector<Record> m_records;
  std::vector<ZipFault> m_faults;
  std::vector<std::string> m_notes;
};

}  // namespace

Result<ZipLayout> read_zip_layout(const pdf::ByteSource& file) { return LayoutReader(file).read(); }

}  // namespace segell::signer::ades
