#pragma once

#include "containers/octet_map.h"

#include <zlib.h>

#include <array>
#include <utility>

// A ZIP archive (APPNOTE 6.3) octet by octet, and changes that an attacker makes: both headers of a file at once, and
// check sums that fit again.

namespace segell::tests {

/// One file of an archive.
struct ZipPart {
  std::string name;
  std::size_t local = 0, central = 0;  ///< where its headers begin
  std::size_t data = 0, size = 0;      ///< its octets as stored
  bool stored = true;
};

class ZipMap {
 public:
  explicit ZipMap(base::BytesView octets) : m_octets(octets) { read(); }

  [[nodiscard]] const OctetMap& octets() const { return m_map; }
  [[nodiscard]] const std::vector<ZipPart>& parts() const { return m_parts; }

  /// The other header's copy of an octet of a header, or its own place.
  [[nodiscard]] std::size_t twin(std::size_t at) const {
    for (const ZipPart& part : m_parts) {
      if (at >= part.local + 4 && at < part.local + 30) return part.central + 2 + (at - part.local);
      if (at >= part.local + 30 && at < part.local + 30 + part.name.size())
        return part.central + 46 + (at - part.local - 30);
    }
    return at;
  }

  /// What a deflated file holds; empty where it is none.
  static base::Bytes inflated(base::BytesView octets, const ZipPart& part) {
    base::Bytes out(std::size_t{1} << 16U);
    z_stream stream{};
    if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(octets.data() + part.data));
    stream.avail_in = static_cast<uInt>(part.size);
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool ended = ::inflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(ended ? stream.total_out : 0);
    ::inflateEnd(&stream);
    return out;
  }

  /// The file whose octets these are; null for headers.
  [[nodiscard]] const ZipPart* part_at(std::size_t at) const {
    for (const ZipPart& part : m_parts)
      if (at >= part.data && at < part.data + part.size) return &part;
    return nullptr;
  }

  /// Writes the check sum of a stored file anew, into both headers.
  static void fit_check_sum(base::Bytes& octets, const ZipPart& part) {
    const auto* data = reinterpret_cast<const Bytef*>(octets.data() + part.data);
    const auto sum = static_cast<std::uint32_t>(::crc32_z(0, data, part.size));
    for (unsigned i = 0; i < 4; ++i)
      octets[part.local + 14 + i] = octets[part.central + 16 + i] = static_cast<std::byte>(sum >> (8 * i) & 0xFFU);
  }

 private:
  [[nodiscard]] std::size_t number(std::size_t at, unsigned length) const {
    std::size_t out = 0;
    for (unsigned i = length; i-- > 0;) out = out << 8U | std::to_integer<std::size_t>(m_octets[at + i]);
    return out;
  }

  struct Field {
    std::size_t from, to;
    std::string_view what;
  };
  void add_fields(std::size_t at, std::initializer_list<Field> fields) {
    for (const Field& field : fields) m_map.add(at + field.from, at + field.to, std::string(field.what));
  }

  void read() {
    std::size_t end = base::as_text(m_octets).rfind("PK\x05\x06");
    m_map.add(end, m_octets.size(), "end of the directory");
    m_map.add(end + 22, m_octets.size(), "comment of the archive");
    std::size_t at = number(end + 16, 4);
    const bool wide = base::as_text(m_octets).substr(end - 20, 4) == "PK\x06\x07";
    if (wide) {
      const std::size_t begin = number(end - 12, 8);
      m_map.add(begin, end, "ZIP64 end of the directory");
      m_map.add(begin + 12, begin + 14, "version that made the ZIP64 end");
      m_map.add(begin + 14, begin + 16, "version needed");
      at = number(begin + 48, 8);
    }
    for (std::size_t left = number(end + 10, 2); left > 0; --left) at = read_record(at);
  }

  std::size_t read_record(std::size_t at) {
    const std::size_t name = number(at + 28, 2), extra = number(at + 30, 2), comment = number(at + 32, 2);
    ZipPart part{.name = base::to_text(m_octets.subspan(at + 46, name)), .local = number(at + 42, 4), .central = at};
    part.stored = number(at + 10, 2) == 0;
    part.size = number(at + 20, 4);
    read_wide_numbers(at, at + 46 + name, part);
    const std::size_t local_extra = number(part.local + 28, 2);
    part.data = part.local + 30 + name + local_extra;
    add_fields(at, {{0, 46, "header in the directory"},
                    {4, 6, "version that made a file"},
                    {6, 8, "version needed"},
                    {8, 10, "flags of a file"},
                    {12, 16, "time of a file"},
                    {36, 38, "attributes of a file"},
                    {38, 42, "attributes of a file"},
                    {46, 46 + name, "name of a file"},
                    {46 + name, 46 + name + extra, "extra fields"},
                    {46 + name + extra, 46 + name + extra + comment, "comment of a file"}});
    add_fields(part.local, {{0, 30, "header of a file"},
                            {4, 6, "version needed"},
                            {6, 8, "flags of a file"},
                            {10, 14, "time of a file"},
                            {30, 30 + name, "name of a file"},
                            {30 + name, 30 + name + local_extra, "extra fields"}});
    map_wide_field(at + 46 + name, extra);
    map_wide_field(part.local + 30 + name, local_extra);
    m_map.add(part.data, part.data + part.size, part.stored ? "file" : "deflated file");
    if (part.stored && (part.name.ends_with(".p7s") || part.name.ends_with(".tst")))
      map_message(m_map, m_octets, part.data, part.data + part.size, "");
    m_parts.push_back(std::move(part));
    return at + 46 + name + extra + comment;
  }

  // The ZIP64 field of a record of the directory (4.5.3): what the record leaves out, in this order.
  void read_wide_numbers(std::size_t record, std::size_t extra, ZipPart& part) const {
    constexpr std::size_t kAll = 0xFFFFFFFF;
    std::size_t at = extra + 4;
    if (number(record + 24, 4) == kAll) at += 8;
    if (part.size == kAll) part.size = number(std::exchange(at, at + 8), 8);
    if (part.local == kAll) part.local = number(at, 8);
  }

  void map_wide_field(std::size_t at, std::size_t length) {
    for (const std::size_t end = at + length; at + 4 <= end; at += 4 + number(at + 2, 2))
      if (number(at, 2) == 1) {
        m_map.add(at, at + 4 + number(at + 2, 2), "ZIP64 field");
        m_map.add(at, at + 2, "identifier of a ZIP64 field");
      }
  }

  base::BytesView m_octets;
  OctetMap m_map;
  std::vector<ZipPart> m_parts;
};

}  // namespace segell::tests
