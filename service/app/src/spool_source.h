#pragma once

#include "base/spool.h"
#include "signer/pdf/source.h"

namespace segell::app {

/// A part of a spool as the signer reads it.
class SpoolSource final : public signer::pdf::ByteSource {
 public:
  SpoolSource(std::shared_ptr<const base::Spool> spool, signer::pdf::Range part)
      : m_spool(std::move(spool)), m_part(part) {}

  [[nodiscard]] std::uint64_t size() const override { return m_part.length; }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
    if (offset > m_part.length || out.size() > m_part.length - offset)
      return base::fail(base::Code::invalid_argument, "pdf.source.range", "a range lies beyond the end of the file");
    return m_spool->read(m_part.offset + offset, out);
  }

 private:
  std::shared_ptr<const base::Spool> m_spool;
  signer::pdf::Range m_part;
};

}  // namespace segell::app
