#include "zip_layout.h"

#include "zip_names.h"
#include "zip_wide.h"

#include <algorithm>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kMaxComment = 65'535, kLocatorSize = 20;
constexpr std::size_t kMaxFaults = 16;

base::Failure malformed_zip(std::string words) { return fail(Code::malformed, "zip.malformed", std::move(words)); }
base::Failure wide_end_missing() {
  return fail(Code::unsupported, "zip.zip64", "the archive's end points to a second one (ZIP64) that it does not have");
}

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
    SEGELL_TRY(const ZipEndRecord end, find_end());
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

  Result<ZipEndRecord> find_end() {
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>(m_file.size(), kLocatorSize + kZipEndSize + kMaxComment));
    if (length < kZipEndSize) return malformed_zip("the archive ends before its directory does");
    const std::uint64_t from = m_file.size() - length;
    SEGELL_TRY(const Bytes tail, pdf::read_range(m_file, {from, length}, length));
    for (std::size_t at = length - kZipEndSize + 1; at-- > 0;) {
      if (zip_u32(tail, at) != kZipEnd || at + kZipEndSize + zip_u16(tail, at + 20) > length) continue;
      return read_end(tail, at, from);
    }
    return malformed_zip("the archive has no directory");
  }

  Result<ZipEndRecord> read_end(BytesView tail, std::size_t at, std::uint64_t from) {
    const BytesView record = tail.subspan(at);
    if (at + kZipEndSize + zip_u16(tail, at + 20) != tail.size()) fault("octets follow the end of the archive");
    note_comment(record.subspan(kZipEndSize, zip_u16(record, 20)));
    for (std::size_t other = at; other-- > 0;)
      // a second end whose comment would hold the first: readers that search forwards see another archive
      if (zip_u32(tail, other) == kZipEnd && other + kZipEndSize + zip_u16(tail, other + 20) == tail.size()) {
        fault("the archive has two ends");
        break;
      }
    const bool wide = at >= kLocatorSize && zip_u32(tail, at - kLocatorSize) == kZipEnd64Locator;
    const auto on_this_volume = [&](std::size_t field) {
      return zip_u16(record, field) == 0 || (wide && zip_u16(record, field) == kZipAll16);
    };
    if (!on_this_volume(4) || !on_this_volume(6) || zip_u16(record, 8) != zip_u16(record, 10))
      return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
    ZipEndRecord end{.at = from + at,
                     .entries = zip_u16(record, 10),
                     .directory = zip_u32(record, 16),
                     .directory_size = zip_u32(record, 12)};
    if (wide) {
      SEGELL_CHECK(read_wide_end(m_file, tail.subspan(at - kLocatorSize, kLocatorSize), end.at - kLocatorSize, end));
    } else if (end.entries == kZipAll16 || end.directory == kZipAll32 || end.directory_size == kZipAll32) {
      return wide_end_missing();
    }
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

  Result<void> read_directory(const ZipEndRecord& end) {
    SEGELL_TRY(m_directory, pdf::read_range(m_file, {end.directory, end.directory_size}, ZipArchive::kMaxDirectory));
    BytesView rest = m_directory;
    for (std::uint64_t i = 0; i < end.entries; ++i) {
      if (rest.size() < kZipCentralSize || zip_u32(rest, 0) != kZipCentral)
        return malformed_zip("the directory of the archive cannot be read");
      const std::size_t name = zip_u16(rest, 28), extra = zip_u16(rest, 30), comment = zip_u16(rest, 32);
      if (rest.size() < kZipCentralSize + name + extra + comment)
        return malformed_zip("the directory of the archive cannot be read");
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
    record.flags = zip_u16(at, 8);
    record.method = zip_u16(at, 10);
    ZipEntry& entry = record.entry;
    entry.name = base::to_text(at.subspan(kZipCentralSize, name));
    entry.crc = zip_u32(at, 16);
    ZipNumbers numbers{
        .size = zip_u32(at, 24), .packed = zip_u32(at, 20), .header = zip_u32(at, 42), .volume = zip_u16(at, 34)};
    if (!widen_central(numbers, find_wide_field(at.subspan(kZipCentralSize + name, extra))))
      return malformed_zip("the file " + quoted_name(entry.name) + " has two sizes or places, or none (ZIP64)");
    if (numbers.volume != 0) return fail(Code::unsupported, "zip.volumes", "the archive is one of several parts");
    entry.data.length = numbers.packed;
    entry.size = numbers.size;
    entry.header = numbers.header;
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
  // system the archive names: readers make links for several of them, and some do not look. 7-Zip calls what it read
  // from a pipe a pipe, and only few unpackers make one of it.
  void check_kind(BytesView at, const ZipEntry& entry) {
    constexpr unsigned kTypeMask = 0170000, kRegular = 0100000, kFolder = 0040000, kPipe = 0010000, kSocket = 0140000;
    const unsigned type = zip_u32(at, 38) >> 16U & kTypeMask;
    if (type == kPipe || type == kSocket)
      fault("the file " + quoted_name(entry.name) +
                " is a pipe or a socket by its attributes: some unpackers find no file there",
            false);
    else if (type != 0 && type != kRegular && type != kFolder)
      fault("the file " + quoted_name(entry.name) + " is a link or a device");
  }

  // Extra fields (4.5): well-formed, and none that gives the file another name for some readers.
  void check_extra(BytesView extra, const ZipEntry& entry) {
    constexpr std::uint16_t kUnicodePath = 0x7075;
    while (!extra.empty()) {
      if (extra.size() < 4 || extra.size() - 4 < zip_u16(extra, 2))
        return fault("the extra fields of the file " + quoted_name(entry.name) + " cannot be read");
      const BytesView data = extra.subspan(4, zip_u16(extra, 2));
      if (zip_u16(extra, 0) == kUnicodePath && (data.size() < 5 || base::as_text(data.subspan(5)) != entry.name))
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
    const std::size_t name_size = zip_u16(head, 26), extra_size = zip_u16(head, 28);
    entry.data.offset = entry.header + kZipLocalSize + name_size + extra_size;
    if (zip_u32(head, 0) != kZipLocal || entry.data.offset > directory ||
        entry.data.length > directory - entry.data.offset)
      return malformed_zip("the file " + name + " lies outside of the archive");
    SEGELL_TRY(const Bytes names,
               pdf::read_range(m_file, {entry.header + kZipLocalSize, name_size + extra_size}, name_size + extra_size));
    if (base::as_text(BytesView(names).first(name_size)) != entry.name)
      fault("the file " + name + " has another name in its own header");
    check_extra(BytesView(names).subspan(name_size), entry);
    entry.has_extra = extra_size != 0;
    if (zip_u16(head, 6) != record.flags || zip_u16(head, 8) != record.method)
      fault("the file " + name + " is packed in another way by its own header");
    const ZipWideField wide = find_wide_field(BytesView(names).subspan(name_size));
    SEGELL_TRY(const bool agree, sizes_agree(record, head, wide));
    if (!agree) fault("the file " + name + " has another size or check sum in its own header");
    return base::ok();
  }

  // Sizes and CRC stand in the local header, or behind the data in a descriptor (4.3.9). Where a descriptor follows,
  // the header says of each what it knew beforehand, or 0.
  Result<bool> sizes_agree(Record& record, BytesView head, const ZipWideField& wide) {
    const ZipEntry& entry = record.entry;
    record.end = entry.data.end();
    ZipNumbers numbers{.size = zip_u32(head, 22), .packed = zip_u32(head, 18)};
    const bool later = (record.flags & kZipHasDescriptor) != 0;
    const auto is = [&](std::uint64_t said, std::uint64_t real) { return said == real || (later && said == 0); };
    const bool same = widen_local(numbers, wide) && is(zip_u32(head, 14), entry.crc) &&
                      is(numbers.packed, entry.data.length) && is(numbers.size, entry.size);
    if (!later) return same;
    // 4.3.9.2: eight octets each where the header has the ZIP64 field; where it was not foreseen, by need
    const bool wide_descriptor = wide.data || entry.data.length >= kZipAll32 || entry.size >= kZipAll32;
    const std::size_t each = wide_descriptor ? 8 : 4, length = 4 + 2 * each;  // behind its mark
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(4 + length, m_file.size() - record.end));
    SEGELL_TRY(const Bytes found, pdf::read_range(m_file, {record.end, room}, 4 + length));
    if (room < 4 + length) return false;
    const std::size_t at = zip_u32(found, 0) == kZipDescriptor ? 4 : 0;  // its mark is customary and may be missing
    record.end += at + length;
    const auto number = [&](std::size_t place) { return each == 8 ? zip_u64(found, place) : zip_u32(found, place); };
    return same && zip_u32(found, at) == entry.crc && number(at + 4) == entry.data.length &&
           number(at + 4 + each) == entry.size;
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
