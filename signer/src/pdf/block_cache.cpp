#include "pdf/block_cache.h"

#include <algorithm>
#include <cstring>

namespace segell::signer::pdf {

base::Result<const BlockCache::Block*> BlockCache::block(std::uint64_t number) const {
  auto* found = std::ranges::find(m_blocks, number, &Block::number);
  if (found == m_blocks.end()) {
    found = std::ranges::min_element(m_blocks, {}, &Block::used);
    found->number = kNone;
    const std::uint64_t begin = number * kBlock;
    found->octets.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, m_size - begin)));
    SEGELL_CHECK(m_file->read(begin, found->octets));
    found->number = number;
  }
  found->used = ++m_clock;
  return found;
}

base::Result<void> BlockCache::read(std::uint64_t offset, std::span<std::byte> out) const {
  if (offset > m_size || out.size() > m_size - offset) return m_file->read(offset, out);  // refuses in its own words
  if (out.size() > kBlock) return m_file->read(offset, out);
  while (!out.empty()) {
    SEGELL_TRY(const auto* held, block(offset / kBlock));
    const auto from = static_cast<std::size_t>(offset % kBlock);
    const std::size_t count = std::min(out.size(), held->octets.size() - from);
    std::memcpy(out.data(), held->octets.data() + from, count);
    out = out.subspan(count);
    offset += count;
  }
  return base::ok();
}

}  // namespace segell::signer::pdf
