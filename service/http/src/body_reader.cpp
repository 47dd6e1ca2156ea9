#include "http/body_reader.h"

#include "http/chunked.h"

namespace segell::http {
namespace {

/// Bodies grow in steps of this, as octets arrive: a declared length alone costs us nothing.
constexpr std::uint64_t kStep = 256 * 1024;

}  // namespace

BodyReader::End BodyReader::read(const RequestHead& head, std::uint64_t cap, base::Bytes& body) {
  m_start = std::chrono::steady_clock::now();
  push_deadline(0);
  switch (head.framing) {
    case Framing::none:
      return End::complete;
    case Framing::length:
      return head.content_length > cap ? End::too_large : read_length(head.content_length, body);
    case Framing::chunked:
      return read_chunked(cap, body);
  }
  return End::malformed;
}

BodyReader::End BodyReader::read_length(std::uint64_t length, base::Bytes& body) {
  std::uint64_t have = 0;
  while (have < length) {
    const auto want = std::min(length - have, kStep);
    if (!reserve(have + want)) return End::no_room;
    if (body.capacity() < have + want) body.reserve(std::min<std::uint64_t>(length, 2 * (have + want)));
    body.resize(have + want);
    auto room = std::span(body).subspan(have);
    if (!m_inbox.empty()) {
      const auto count = std::min(m_inbox.view().size(), room.size());
      std::memcpy(room.data(), m_inbox.view().data(), count);
      m_inbox.use(count);
      have += count;
      continue;
    }
    while (!room.empty()) {
      const auto count = m_transport.receive(room);
      if (count == 0) return End::cut_off;
      room = room.subspan(count);
      have += count;
      push_deadline(have);
    }
  }
  return End::complete;
}

BodyReader::End BodyReader::read_chunked(std::uint64_t cap, base::Bytes& body) {
  ChunkedDecoder decoder(cap);
  while (true) {
    if (!reserve(body.size() + m_inbox.view().size())) return End::no_room;
    const auto used = decoder.feed(m_inbox.view(), body);
    if (!used) return used.error().code == base::Code::limit_exceeded ? End::too_large : End::malformed;
    m_inbox.use(*used);
    if (decoder.done()) return End::complete;
    push_deadline(body.size());
    if (!m_inbox.fill()) return End::cut_off;
  }
}

bool BodyReader::reserve(std::uint64_t total) {
  if (total <= m_taken) return true;
  const auto more = (total - m_taken + kStep - 1) / kStep * kStep;
  if (!m_budget.take(more)) return false;
  m_taken += more;
  return true;
}

void BodyReader::push_deadline(std::uint64_t received) { m_transport.set_deadline(pace(m_start, received, m_limits)); }

}  // namespace segell::http
