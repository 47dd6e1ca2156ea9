#include "zip_writer.h"

#include "zip_layout.h"
#include "zip_names.h"

#include <zlib.h>

#include <algorithm>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::uint16_t kVersionNeeded = 20, kMadeByUnix = 3U << 8U | 20U;
constexpr std::uint32_t kOrdinaryFile = 0100644U << 16U;

// Fields of an archive are little-endian.
struct Fields {
  Bytes octets;
  Fields& two(std::uint32_t value) {
    for (unsigned i = 0; i < 2; ++i) octets.push_back(static_cast<std::byte>(value >> 8U * i));
    return *this;
  }
  Fields& four(std::uint32_t value) { return two(value & 0xFFFFU).two(value >> 16U); }
};

std::uint16_t flags_of(std::string_view name) {
  const bool ascii = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? 0 : kZipUtf8;
}

}  // namespace

std::uint32_t zip_crc(std::uint32_t crc, BytesView piece) {
  return static_cast<std::uint32_t>(::crc32_z(crc, base::as_u8(piece), piece.size()));
}

ZipWriter::ZipWriter(const ContainerSink& sink, base::Instant time) : m_sink(sink) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  // MS-DOS has years from 1980 to 2107 and counts seconds by twos
  const int year = std::clamp(static_cast<int>(date.year()), 1980, 2107) - 1980;
  m_date = static_cast<std::uint16_t>(static_cast<unsigned>(year) << 9U | static_cast<unsigned>(date.month()) << 5U |
                                      static_cast<unsigned>(date.day()));
  m_clock = static_cast<std::uint16_t>(static_cast<unsigned>(clock.hours().count()) << 11U |
                                       static_cast<unsigned>(clock.minutes().count()) << 5U |
                                       static_cast<unsigned>(clock.seconds().count()) / 2U);
}

Result<void> ZipWriter::put(BytesView octets) {
  m_at += octets.size();
  return m_sink(octets);
}

Result<void> ZipWriter::add(const std::string& name, const pdf::ByteSource& content, std::uint32_t crc) {
  if (content.size() > kMaxZipOctets || m_at + content.size() > kMaxZipOctets)
    return fail(Code::limit_exceeded, "asic.too-large", "a container holds less than 4 GiB",
                "sign large files detached (.p7s)");
  const Written written{name, crc, static_cast<std::uint32_t>(content.size()), static_cast<std::uint32_t>(m_at)};
  Fields head;
  head.four(kZipLocal).two(kVersionNeeded).two(flags_of(name)).two(kZipStored).two(m_clock).two(m_date);
  head.four(crc).four(written.size).four(written.size).two(static_cast<std::uint32_t>(name.size())).two(0);
  base::append(head.octets, name);
  SEGELL_CHECK(put(head.octets));
  std::uint32_t seen = 0;
  Result<void> copied = base::ok();
  SEGELL_CHECK(pdf::for_each_piece(content, {0, content.size()}, [&](BytesView piece) {
    seen = zip_crc(seen, piece);
    if (copied) copied = put(piece);
  }));
  SEGELL_CHECK(std::move(copied));
  if (seen != crc)
    return fail(Code::stale, "asic.changed", "the file " + quoted_name(name) + " changed while it was signed",
                "sign it again when nobody writes to it");
  m_written.push_back(written);
  return base::ok();
}

Result<void> ZipWriter::add(const std::string& name, BytesView content) {
  return add(name, pdf::MemorySource(content), zip_crc(0, content));
}

Result<void> ZipWriter::finish() {
  const std::uint64_t begin = m_at;
  for (const Written& one : m_written) {
    Fields head;
    head.four(kZipCentral).two(kMadeByUnix).two(kVersionNeeded).two(flags_of(one.name)).two(kZipStored);
    head.two(m_clock).two(m_date).four(one.crc).four(one.size).four(one.size);
    head.two(static_cast<std::uint32_t>(one.name.size())).two(0).two(0).two(0).two(0);
    head.four(kOrdinaryFile).four(one.header);
    base::append(head.octets, one.name);
    SEGELL_CHECK(put(head.octets));
  }
  const auto count = static_cast<std::uint32_t>(m_written.size());
  Fields end;
  end.four(kZipEnd).two(0).two(0).two(count).two(count);
  end.four(static_cast<std::uint32_t>(m_at - begin)).four(static_cast<std::uint32_t>(begin)).two(0);
  return put(end.octets);
}

}  // namespace segell::signer::ades
