#include "signer/pdf/source.h"

#include <algorithm>
#include <cstring>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kPiece = 256U << 10U;

base::Failure out_of_range() {
  return base::fail(base::Code::invalid_argument, "pdf.source.range", "the range lies outside of the source");
}

bool inside(Range range, std::uint64_t size) { return range.offset <= size && range.length <= size - range.offset; }

base::Result<void> copy_out(base::BytesView bytes, std::uint64_t offset, std::span<std::byte> out) {
  if (!inside({offset, out.size()}, bytes.size())) return out_of_range();
  if (!out.empty()) std::memcpy(out.data(), bytes.data() + offset, out.size());
  return base::ok();
}

base::BytesView view_of(base::BytesView bytes, Range range) {
  if (!inside(range, bytes.size())) return {};
  return bytes.subspan(range.offset, range.length);
}

}  // namespace

base::Result<void> MemorySource::read(std::uint64_t offset, std::span<std::byte> out) const {
  return copy_out(m_bytes, offset, out);
}
base::BytesView MemorySource::borrow(Range range) const { return view_of(m_bytes, range); }

base::Result<void> OwnedSource::read(std::uint64_t offset, std::span<std::byte> out) const {
  return copy_out(m_bytes, offset, out);
}
base::BytesView OwnedSource::borrow(Range range) const { return view_of(m_bytes, range); }

ConcatenatedSource::ConcatenatedSource(std::vector<SourcePtr> parts) : m_parts(std::move(parts)) {
  std::uint64_t total = 0;
  for (const auto& part : m_parts) m_ends.push_back(total += part->size());
}

std::uint64_t ConcatenatedSource::size() const { return m_ends.empty() ? 0 : m_ends.back(); }

base::Result<void> ConcatenatedSource::read(std::uint64_t offset, std::span<std::byte> out) const {
  if (!inside({offset, out.size()}, size())) return out_of_range();
  auto index = static_cast<std::size_t>(std::upper_bound(m_ends.begin(), m_ends.end(), offset) - m_ends.begin());
  while (!out.empty()) {
    const std::uint64_t begin = index == 0 ? 0 : m_ends[index - 1];
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(m_ends[index] - offset, out.size()));
    SEGELL_CHECK(m_parts[index]->read(offset - begin, out.first(take)));
    out = out.subspan(take);
    offset += take;
    ++index;
  }
  return base::ok();
}

base::BytesView ConcatenatedSource::borrow(Range range) const {
  if (range.length == 0 || !inside(range, size())) return {};
  const auto index =
      static_cast<std::size_t>(std::upper_bound(m_ends.begin(), m_ends.end(), range.offset) - m_ends.begin());
  if (range.end() > m_ends[index]) return {};
  const std::uint64_t begin = index == 0 ? 0 : m_ends[index - 1];
  return m_parts[index]->borrow({range.offset - begin, range.length});
}

base::Result<void> PrefixSource::read(std::uint64_t offset, std::span<std::byte> out) const {
  if (!inside({offset, out.size()}, m_length)) return out_of_range();
  return m_whole->read(offset, out);
}
base::BytesView PrefixSource::borrow(Range range) const {
  return inside(range, m_length) ? m_whole->borrow(range) : base::BytesView{};
}

base::Result<void> for_each_piece(const ByteSource& source, Range range,
                                  const std::function<void(base::BytesView)>& take) {
  if (!inside(range, source.size())) return out_of_range();
  if (range.length == 0) return base::ok();
  if (const auto whole = source.borrow(range); !whole.empty()) {
    take(whole);
    return base::ok();
  }
  base::Bytes buffer(static_cast<std::size_t>(std::min(range.length, kPiece)));
  while (range.length > 0) {
    const auto count = static_cast<std::size_t>(std::min(range.length, kPiece));
    const auto piece = std::span(buffer).first(count);
    SEGELL_CHECK(source.read(range.offset, piece));
    take(piece);
    range = {range.offset + count, range.length - count};
  }
  return base::ok();
}

base::Result<base::Bytes> read_range(const ByteSource& source, Range range, std::size_t max_bytes) {
  if (!inside(range, source.size())) return out_of_range();
  if (range.length > max_bytes) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.read", "a part of the document is too large to be read");
  }
  base::Bytes out(static_cast<std::size_t>(range.length));
  SEGELL_CHECK(source.read(range.offset, out));
  return out;
}

}  // namespace segell::signer::pdf
