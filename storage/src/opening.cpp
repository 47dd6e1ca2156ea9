#include "opening.h"

#include "query.h"

#include <algorithm>
#include <span>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

// Inside a chunk: distance from the first entry and length of salt ‖ event, 4 octets big-endian each, then these.
constexpr std::size_t kNumber = 4;
static_assert(kOpeningHeader == 2 * kNumber);

std::string chunk_context(std::uint64_t first) { return "openings." + std::to_string(first); }

void write_number(std::span<std::byte> out, std::uint64_t number) {
  for (std::size_t i = 0; i < kNumber; ++i) out[i] = static_cast<std::byte>(number >> (8 * (kNumber - 1 - i)) & 0xFF);
}
std::uint32_t read_number(base::BytesView octets) {
  std::uint32_t number = 0;
  for (const std::byte octet : octets.first(kNumber)) number = number << 8 | std::to_integer<std::uint32_t>(octet);
  return number;
}

/// Cuts the shared openings of a group into chunks where they lie.
class ChunkWriter {
 public:
  ChunkWriter(const Scope& scope, std::span<std::byte> shared) : m_scope(scope), m_shared(shared) {}

  Result<void> add(std::uint64_t index, const PendingEvent& event) {
    const std::size_t header = event.at - kOpeningHeader;
    if (m_count == 0) {
      m_first = index;
      m_begin = header;
    }
    m_last = index;
    m_end = event.at + event.length;
    ++m_count;
    write_number(m_shared.subspan(header, kNumber), index - m_first);
    write_number(m_shared.subspan(header + kNumber, kNumber), event.length);
    if (m_count < kChunkOpenings && m_end - m_begin < kChunkOctets) return base::ok();
    return flush();
  }

  Result<void> flush() {
    if (m_count == 0) return base::ok();
    const base::BytesView plain = m_shared.subspan(m_begin, m_end - m_begin);
    SEGELL_TRY(const base::Bytes sealed, m_scope.seal(m_scope.tenant_key(), plain, chunk_context(m_first)));
    SEGELL_CHECK(run(m_scope.session,
                     "INSERT INTO opening_chunk (tenant, first, last, openings, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                     m_scope.tenant, m_first, m_last, m_count, sealed));
    m_count = 0;
    return base::ok();
  }

 private:
  const Scope& m_scope;
  std::span<std::byte> m_shared;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  std::uint64_t m_first = 0;
  std::uint64_t m_last = 0;
  std::uint64_t m_count = 0;
};

}  // namespace

Result<void> write_openings(const Scope& scope, PendingGroup& group) {
  ChunkWriter chunk(scope, group.shared);
  for (std::size_t i = 0; i < group.events.size(); ++i) {
    const PendingEvent& event = group.events[i];
    const std::uint64_t index = group.first_index + i;
    if (!event.subject) {
      SEGELL_CHECK(chunk.add(index, event));
      continue;
    }
    if (group.erases(scope.person_key(*event.subject))) continue;
    SEGELL_CHECK(run(scope.session, "INSERT INTO opening (tenant, log_index, person, sealed) VALUES (?1, ?2, ?3, ?4)",
                     scope.tenant, index, *event.subject, event.sealed));
  }
  return chunk.flush();
}

Result<std::vector<Opening>> open_chunk(const Scope& scope, std::uint64_t first, base::BytesView sealed) {
  SEGELL_TRY(const base::Bytes plain, scope.open(scope.tenant_key(), sealed, chunk_context(first)));
  std::vector<Opening> openings;
  for (base::BytesView rest = plain; !rest.empty();) {
    const bool has_numbers = rest.size() >= 2 * kNumber;
    const std::size_t length = has_numbers ? read_number(rest.subspan(kNumber)) : 0;
    if (!has_numbers || length > rest.size() - 2 * kNumber)
      return fail(Code::corrupt, "storage.column", "a chunk of openings is cut");
    SEGELL_TRY(Opening opening, parse_opening(first + read_number(rest), rest.subspan(2 * kNumber, length)));
    openings.push_back(std::move(opening));
    rest = rest.subspan(2 * kNumber + length);
  }
  return openings;
}

Result<Opening> parse_opening(std::uint64_t log_index, base::BytesView plain) {
  Opening opening;
  if (plain.size() < opening.salt.size()) return fail(Code::corrupt, "storage.column", "an opening is too short");
  opening.log_index = log_index;
  std::copy_n(plain.begin(), opening.salt.size(), opening.salt.begin());
  opening.event = base::to_bytes(plain.subspan(opening.salt.size()));
  return opening;
}

}  // namespace segell::storage
