#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace segell::signer::pdf {

/// Half-open range of octets: [offset, offset + length).
struct Range {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + length; }
  bool operator==(const Range&) const = default;
};

/// Port: random access to octets that do not change while they are read. Implementations over files live outside this
/// room. Offsets are 64-bit everywhere.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills `out` completely. Errors: invalid_argument "pdf.source.range" beyond the end; io.
  virtual base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const = 0;
  /// The octets themselves where they lie in memory in one piece, else an empty view; valid while the source lives.
  [[nodiscard]] virtual base::BytesView borrow(Range) const { return {}; }
};

using SourcePtr = std::shared_ptr<const ByteSource>;

/// Octets that the caller keeps alive.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(base::BytesView bytes) : m_bytes(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override;
  [[nodiscard]] base::BytesView borrow(Range range) const override;

 private:
  base::BytesView m_bytes;
};

/// Octets that the source owns.
class OwnedSource final : public ByteSource {
 public:
  explicit OwnedSource(base::Bytes bytes) : m_bytes(std::move(bytes)) {}
  [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override;
  [[nodiscard]] base::BytesView borrow(Range range) const override;

 private:
  base::Bytes m_bytes;
};

/// Several sources one after the other: frozen bytes and one blob per later revision.
class ConcatenatedSource final : public ByteSource {
 public:
  explicit ConcatenatedSource(std::vector<SourcePtr> parts);
  [[nodiscard]] std::uint64_t size() const override;
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override;
  [[nodiscard]] base::BytesView borrow(Range range) const override;

 private:
  std::vector<SourcePtr> m_parts;
  std::vector<std::uint64_t> m_ends;  ///< running totals
};

/// The first `length` octets of another source: a document as it stood at an earlier revision.
class PrefixSource final : public ByteSource {
 public:
  PrefixSource(SourcePtr whole, std::uint64_t length) : m_whole(std::move(whole)), m_length(length) {}
  [[nodiscard]] std::uint64_t size() const override { return m_length; }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override;
  [[nodiscard]] base::BytesView borrow(Range range) const override;

 private:
  SourcePtr m_whole;
  std::uint64_t m_length;
};

/// Shared source over octets that the caller keeps alive.
inline SourcePtr borrow_source(base::BytesView bytes) { return std::make_shared<MemorySource>(bytes); }
/// Shared source that owns its octets.
inline SourcePtr own_source(base::Bytes bytes) { return std::make_shared<OwnedSource>(std::move(bytes)); }

/// Calls `take` with consecutive pieces of the range (256 KiB each unless the source is memory, which comes in one
/// piece): the way to hash a large file with flat memory. Errors: those of read().
base::Result<void> for_each_piece(const ByteSource& source, Range range,
                                  const std::function<void(base::BytesView)>& take);

/// The whole range as owned octets. Errors: those of read(); limit_exceeded "pdf.limit.read" above max_bytes.
base::Result<base::Bytes> read_range(const ByteSource& source, Range range, std::size_t max_bytes);

}  // namespace segell::signer::pdf
