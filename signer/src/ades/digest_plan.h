#pragma once

#include "base/result.h"
#include "signer/ades/cms.h"
#include "signer/pdf/source.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace segell::signer::ades {

/// All digests that a verdict needs from one file, computed while the file is read once. Signed ranges that start at 0
/// share the running digest of the prefix up to their gap, so that a file of n signed revisions costs one pass and not
/// n.
class DigestPlan {
 public:
  using Ticket = std::size_t;

  explicit DigestPlan(std::uint64_t file_size) : m_file_size(file_size) {}

  /// The first `length` octets. `length` must lie inside the file.
  Ticket add_prefix(Digest digest, std::uint64_t length) { return add_ranges(digest, {length, 0}, length); }
  /// [0, gap.offset) and [gap.end(), end); all inside the file, in this order.
  Ticket add_ranges(Digest digest, pdf::Range gap, std::uint64_t end);

  /// Reads the file once from its start; `also` sees every octet of it. Errors: the source's.
  base::Result<void> run(const pdf::ByteSource& source, const std::function<void(base::BytesView)>& also);

  /// Empty when the range was refused: the ranges of one file together may cost at most 64 times the file (a forged
  /// file could name thousands of large ones).
  [[nodiscard]] const base::Bytes& result(Ticket ticket) const { return m_jobs[ticket].result; }

 private:
  struct Job {
    Digest digest;
    pdf::Range gap;
    std::uint64_t end;
    bool refused;
    base::Bytes result;
  };
  std::uint64_t m_file_size;
  std::uint64_t m_cost = 0;
  std::vector<Job> m_jobs;
};

}  // namespace segell::signer::ades
