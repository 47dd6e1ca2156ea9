#include "zip_archive.h"

#include "zip_layout.h"
#include "zip_names.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

base::Failure damaged(const ZipEntry& entry, std::string_view why) {
  return fail(Code::malformed, "zip.damaged", "the file " + quoted_name(entry.name) + " " + std::string(why));
}

// Checks size and CRC of what passes by, and hands it on.
class Intake {
 public:
  Intake(const ZipEntry& entry, const std::function<void(BytesView)>& take) : m_entry(entry), m_take(take) {}

  Result<void> feed(BytesView piece) {
    m_size += piece.size();
    if (m_size > m_entry.size) return damaged(m_entry, "is longer than the archive says");
    m_crc = static_cast<std::uint32_t>(::crc32_z(m_crc, base::as_u8(piece), piece.size()));
    m_take(piece);
    return base::ok();
  }
  Result<void> finish() const {
    if (m_size != m_entry.size) return damaged(m_entry, "is shorter than the archive says");
    if (m_crc != m_entry.crc) return damaged(m_entry, "does not fit its check sum");
    return base::ok();
  }

 private:
  const ZipEntry& m_entry;
  const std::function<void(BytesView)>& m_take;
  std::uint64_t m_size = 0;
  std::uint32_t m_crc = 0;
};

// Raw DEFLATE (RFC 1951), as archives have it.
class Inflater {
 public:
  Inflater() { m_ready = ::inflateInit2(&m_stream, -MAX_WBITS) == Z_OK; }
  ~Inflater() {
    if (m_ready) ::inflateEnd(&m_stream);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// False when the octets are no DEFLATE, or go on behind its end.
  Result<bool> feed(BytesView piece, Intake& intake) {
    if (!m_ready || (m_ended && !piece.empty())) return false;
    m_stream.next_in = const_cast<Bytef*>(base::as_u8(piece));  // zlib reads it and has no const
    m_stream.avail_in = static_cast<uInt>(piece.size());
    while (m_stream.avail_in != 0 && !m_ended) {
      m_stream.next_out = base::as_u8(m_out);
      m_stream.avail_out = static_cast<uInt>(m_out.size());
      const int outcome = ::inflate(&m_stream, Z_NO_FLUSH);
      if (outcome != Z_OK && outcome != Z_STREAM_END) return false;
      m_ended = outcome == Z_STREAM_END;
      SEGELL_CHECK(intake.feed(BytesView(m_out).first(m_out.size() - m_stream.avail_out)));
    }
    return m_stream.avail_in == 0;
  }
  [[nodiscard]] bool ended() const { return m_ended; }

 private:
  z_stream m_stream{};
  bool m_ready = false, m_ended = false;
  Bytes m_out = Bytes(std::size_t{64} << 10U);
};

}  // namespace

const ZipEntry* ZipArchive::find(std::string_view name) const {
  const auto found = m_places.find(name);
  return found == m_places.end() ? nullptr : &m_entries[found->second];
}

Result<ZipArchive> ZipArchive::read(pdf::SourcePtr file) {
  ZipArchive out;
  SEGELL_TRY(ZipLayout layout, read_zip_layout(*file));
  out.m_file = std::move(file);
  out.m_entries = std::move(layout.entries);
  out.m_faults = std::move(layout.faults);
  out.m_notes = std::move(layout.notes);
  for (std::string& words : faults_of_names(out.m_entries)) out.m_faults.push_back({std::move(words)});
  for (std::size_t i = 0; i < out.m_entries.size(); ++i) out.m_places.emplace(out.m_entries[i].name, i);
  std::uint64_t inflated = 0;
  for (const ZipEntry& entry : out.m_entries) {
    if (entry.unreadable)
      out.m_faults.push_back(
          {"the file " + quoted_name(entry.name) + " is encrypted or packed in a way that is not read", false});
    if (!entry.deflated) continue;
    inflated += std::min(entry.size, kMaxInflated + 1);
    if (inflated > kMaxInflated)
      return fail(Code::limit_exceeded, "zip.too-large",
                  "the files of the archive are larger than this program unpacks (" +
                      std::to_string(kMaxInflated >> 20U) + " MiB)");
  }
  return out;
}

Result<void> ZipArchive::extract(const ZipEntry& entry, const std::function<void(BytesView)>& take) const {
  if (entry.unreadable)
    return fail(Code::unsupported, "zip.method",
                "the file " + quoted_name(entry.name) + " is encrypted or packed in a way that is not read");
  Intake intake(entry, take);
  Result<void> fed = base::ok();
  if (!entry.deflated) {
    SEGELL_CHECK(pdf::for_each_piece(*m_file, entry.data, [&](BytesView piece) {
      if (fed) fed = intake.feed(piece);
    }));
    SEGELL_CHECK(std::move(fed));
    return intake.finish();
  }
  Inflater inflater;
  bool sound = true;
  SEGELL_CHECK(pdf::for_each_piece(*m_file, entry.data, [&](BytesView whole) {
    constexpr std::size_t kStep = std::size_t{1} << 20U;  // zlib counts in 32 bits
    for (; sound && fed && !whole.empty(); whole = whole.subspan(std::min(kStep, whole.size()))) {
      auto took = inflater.feed(whole.first(std::min(kStep, whole.size())), intake);
      if (!took)
        fed = fail(std::move(took).error());
      else
        sound = *took;
    }
  }));
  SEGELL_CHECK(std::move(fed));
  if (!sound || !inflater.ended()) return damaged(entry, "cannot be unpacked");
  return intake.finish();
}

Result<Bytes> ZipArchive::extract(const ZipEntry& entry, std::size_t max_bytes) const {
  if (entry.size > max_bytes)
    return fail(Code::limit_exceeded, "zip.too-large",
                "the file " + quoted_name(entry.name) + " is longer than " + std::to_string(max_bytes) + " octets");
  Bytes out;
  SEGELL_CHECK(extract(entry, [&](BytesView piece) { base::append(out, piece); }));
  return out;
}

}  // namespace segell::signer::ades
