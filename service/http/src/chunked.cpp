#include "http/chunked.h"

#include <algorithm>

namespace segell::http {
namespace {

using base::Code;
using base::fail;

auto malformed() { return fail(Code::malformed, "http.chunked", "the chunked body is not well-formed"); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

base::Result<std::size_t> ChunkedDecoder::feed(base::BytesView input, base::Bytes& out) {
  std::size_t used = 0;
  while (used < input.size() && m_state != State::done) {
    if (m_state == State::data) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, input.size() - used));
      base::append(out, input.subspan(used, count));
      used += count;
      m_left -= count;
      if (m_left == 0) m_state = State::data_cr;
    } else {
      SEGELL_CHECK(take(static_cast<char>(input[used++])));
    }
  }
  return used;
}

base::Result<void> ChunkedDecoder::take(char octet) {
  const auto expect = [&](char wanted, State next) -> base::Result<void> {
    if (octet != wanted) return malformed();
    m_state = next;
    return base::ok();
  };
  switch (m_state) {
    case State::size: {
      if (octet == '\r' && m_digits > 0) return expect('\r', State::size_lf);
      const int digit = hex_digit(octet);
      if (digit < 0 || m_digits == 8) return malformed();
      m_left = m_left << 4 | static_cast<unsigned>(digit);
      ++m_digits;
      return base::ok();
    }
    case State::size_lf: {
      SEGELL_CHECK(expect('\n', State::data));
      return begin_chunk();
    }
    case State::data_cr:
      return expect('\r', State::data_lf);
    case State::data_lf:
      return expect('\n', State::size);
    case State::end_cr:
      return expect('\r', State::end_lf);  // anything else would be a trailer field
    case State::end_lf:
      return expect('\n', State::done);
    case State::data:
    case State::done:
      break;
  }
  return malformed();
}

base::Result<void> ChunkedDecoder::begin_chunk() {
  m_digits = 0;
  if (m_left == 0) {
    m_state = State::end_cr;
    return base::ok();
  }
  if (m_left > m_cap - m_total) return fail(Code::limit_exceeded, "http.body-too-large", "the body is too large");
  m_total += m_left;
  return base::ok();
}

}  // namespace segell::http
