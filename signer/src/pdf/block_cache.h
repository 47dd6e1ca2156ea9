#pragma once

#include "signer/pdf/source.h"

#include <array>

namespace segell::signer::pdf {

/// Keeps the blocks of a file that were read last, so that objects that lie side by side cost one read together. Not
/// safe for use by several threads.
class BlockCache final : public ByteSource {
 public:
  explicit BlockCache(SourcePtr file) : m_file(std::move(file)), m_size(m_file->size()) {}

  [[nodiscard]] std::uint64_t size() const override { return m_size; }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override;
  [[nodiscard]] base::BytesView borrow(Range range) const override { return m_file->borrow(range); }

 private:
  static constexpr std::size_t kBlock = 16U << 10U;
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  struct Block {
    std::uint64_t number = kNone;
    std::uint64_t used = 0;  ///< when last
    base::Bytes octets;
  };

  base::Result<const Block*> block(std::uint64_t number) const;

  SourcePtr m_file;
  std::uint64_t m_size;
  mutable std::array<Block, 16> m_blocks;
  mutable std::uint64_t m_clock = 0;
};

}  // namespace segell::signer::pdf
