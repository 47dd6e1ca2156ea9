#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>

namespace segell::http {

/// Decodes a chunked body (RFC 9112 section 7.1) piece by piece. Strict: no chunk extensions, no trailer fields, CRLF
/// only, at most eight hexadecimal digits a size; whoever needs more is not a client of ours.
class ChunkedDecoder {
 public:
  /// `cap`: the most octets of content that are accepted.
  explicit ChunkedDecoder(std::uint64_t cap) : m_cap(cap) {}

  /// Reads from `input`, appends content to `out`, and tells how many octets were used; what follows the last chunk is
  /// left for the next request. Errors: malformed "http.chunked"; limit_exceeded "http.body-too-large".
  base::Result<std::size_t> feed(base::BytesView input, base::Bytes& out);

  [[nodiscard]] bool done() const { return m_state == State::done; }

 private:
  enum class State { size, size_lf, data, data_cr, data_lf, end_cr, end_lf, done };

  base::Result<void> take(char octet);
  base::Result<void> begin_chunk();

  std::uint64_t m_cap;
  std::uint64_t m_total = 0;
  std::uint64_t m_left = 0;
  unsigned m_digits = 0;
  State m_state = State::size;
};

}  // namespace segell::http
