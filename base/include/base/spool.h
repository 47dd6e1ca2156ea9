#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace segell::base {

/// Octets that are too many for memory, kept as long as this object lives: in a file that has no name, encrypted under
/// a key that only this process's memory knows (aead.h, 64 KiB at a time, each bound to its place). What is left on the
/// disk afterwards is nothing that anyone can read. Holds up to 1 MiB of memory. Written to its end first, then read;
/// reading is thread-safe.
class Spool {
 public:
  /// In that folder, which holds the file without a name. Errors: io "spool.folder"; storage_full "spool.full".
  static Result<std::unique_ptr<Spool>> create(const std::filesystem::path& folder);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Errors: storage_full "spool.full"; io "spool.write".
  Result<void> append(BytesView octets);
  /// No more comes; call it once, before the first read. Errors as of append.
  Result<void> finish();

  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Fills `out` completely. Errors: invalid_argument "spool.range" beyond the end; io "spool.read"; corrupt
  /// "aead.forged" when the file is not what was written.
  Result<void> read(std::uint64_t offset, std::span<std::byte> out) const;

 private:
  struct State;
  explicit Spool(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace segell::base
