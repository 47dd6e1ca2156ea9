#include "http/body_reader.h"

#include "base/spool.h"
#include "http/chunked.h"

namespace segell::http {
namespace {

/// Bodies grow in steps of this, as octets arrive: a declared length alone costs us nothing.
constexpr std::uint64_t kStep = 256 * 1024;

}  // namespace

BodyReader::End BodyReader::read(Request& request, const Admission& admission) {
  const RequestHead& head = request.head;
  const std::uint64_t cap = admission.body_cap;
  m_start = std::chrono::steady_clock::now();
  push_deadline(0);
  if (head.framing == Framing::none) return End::complete;
  const bool chunked = head.framing == Framing::chunked;
  if (!chunked && head.content_length > cap) return End::too_large;
  m_spools = admission.spool_above != kNeverSpooled && (chunked || head.content_length > admission.spool_above);
  if (m_spools) return read_spooled(head, cap, request.spooled);
  return chunked ? read_chunked(cap, request.body) : read_length(head.content_length, request.body);
}

BodyReader::End BodyReader::read_spooled(const RequestHead& head, std::uint64_t cap,
                                         std::shared_ptr<const base::Spool>& to) {
  auto spool = base::Spool::create(m_room.folder);
  if (!spool) return not_kept(std::move(spool).error());
  const End end =
      head.framing == Framing::chunked ? spool_chunked(cap, **spool) : spool_length(head.content_length, **spool);
  if (end != End::complete) return end;
  if (auto done = (*spool)->finish(); !done) return not_kept(std::move(done).error());
  to = *std::move(spool);
  return End::complete;
}

BodyReader::End BodyReader::spool_length(std::uint64_t length, base::Spool& spool) {
  base::Bytes buffer(kStep);
  for (std::uint64_t have = 0; have < length;) {
    base::BytesView piece = m_inbox.view();
    if (piece.empty()) {
      const std::span<std::byte> room(buffer.data(), std::min<std::uint64_t>(buffer.size(), length - have));
      piece = room.first(m_transport.receive(room));
      if (piece.empty()) return End::cut_off;
    } else {
      piece = piece.first(std::min<std::uint64_t>(piece.size(), length - have));
    }
    if (!reserve(have + piece.size())) return End::no_room;
    if (auto kept = spool.append(piece); !kept) return not_kept(std::move(kept).error());
    have += piece.size();
    if (!m_inbox.empty()) m_inbox.use(piece.size());
    push_deadline(have);
  }
  return End::complete;
}

BodyReader::End BodyReader::spool_chunked(std::uint64_t cap, base::Spool& spool) {
  ChunkedDecoder decoder(cap);
  base::Bytes content;
  while (true) {
    if (!reserve(spool.size() + m_inbox.view().size())) return End::no_room;
    content.clear();
    const auto used = decoder.feed(m_inbox.view(), content);
    if (!used) return used.error().code == base::Code::limit_exceeded ? End::too_large : End::malformed;
    m_inbox.use(*used);
    if (auto kept = spool.append(content); !kept) return not_kept(std::move(kept).error());
    if (decoder.done()) return End::complete;
    push_deadline(spool.size());
    if (!m_inbox.fill()) return End::cut_off;
  }
}

BodyReader::End BodyReader::not_kept(base::Error failure) {
  m_failure = std::move(failure);
  return End::not_kept;
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
  if (!budget().take(more)) return false;
  m_taken += more;
  return true;
}

void BodyReader::push_deadline(std::uint64_t received) { m_transport.set_deadline(pace(m_start, received, m_limits)); }

}  // namespace segell::http
