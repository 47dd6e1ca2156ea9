#include "ades/der.h"

#include <algorithm>
#include <charconv>

namespace segell::signer::ades::der {

using base::Bytes;
using base::BytesView;

Bytes header(std::uint8_t tag, std::size_t length) {
  Bytes out{std::byte{tag}};
  if (length < 0x80) {
    out.push_back(static_cast<std::byte>(length));
    return out;
  }
  int octets = 0;
  for (std::size_t rest = length; rest; rest >>= 8U) ++octets;
  out.push_back(static_cast<std::byte>(0x80 | octets));
  while (octets-- > 0) out.push_back(static_cast<std::byte>(length >> (8U * static_cast<unsigned>(octets))));
  return out;
}

Bytes element(std::uint8_t tag, std::initializer_list<BytesView> content) {
  std::size_t length = 0;
  for (BytesView piece : content) length += piece.size();
  Bytes out = header(tag, length);
  out.reserve(out.size() + length);
  for (BytesView piece : content) base::append(out, piece);
  return out;
}

Bytes set_of(std::vector<Bytes> members, std::uint8_t tag) {
  std::sort(members.begin(), members.end());
  std::size_t length = 0;
  for (const Bytes& member : members) length += member.size();
  Bytes out = header(tag, length);
  out.reserve(out.size() + length);
  for (const Bytes& member : members) base::append(out, member);
  return out;
}

Bytes unsigned_integer(BytesView octets) {
  while (octets.size() > 1 && octets.front() == std::byte{0}) octets = octets.subspan(1);
  if (octets.empty()) return Bytes{std::byte{kInteger}, std::byte{1}, std::byte{0}};
  const std::byte zero{0};
  const bool looks_negative = (octets.front() & std::byte{0x80}) != std::byte{0};
  return element(kInteger, {BytesView(&zero, looks_negative ? 1U : 0U), octets});
}

Bytes attribute(BytesView type, BytesView value) { return element(kSequence, {type, element(kSet, {value})}); }

Bytes oid(std::string_view content) { return element(kOid, {base::as_bytes(content)}); }

Bytes oid_from_dotted(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  for (const char *at = dotted.data(), *end = at + dotted.size(); at < end;) {
    std::uint32_t arc = 0;
    const auto [next, error] = std::from_chars(at, end, arc);
    if (error != std::errc() || (next < end && (*next != '.' || next + 1 == end))) return {};
    arcs.push_back(arc);
    at = next + 1;
  }
  if (arcs.size() < 2 || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39)) return {};
  arcs[1] += 40 * arcs[0];
  Bytes content;
  for (std::size_t i = 1; i < arcs.size(); ++i) {
    unsigned shift = 0;
    while (arcs[i] >> (shift + 7U)) shift += 7;
    for (;; shift -= 7) {
      content.push_back(static_cast<std::byte>((arcs[i] >> shift & 0x7FU) | (shift ? 0x80U : 0U)));
      if (shift == 0) break;
    }
  }
  return element(kOid, {content});
}

namespace {
struct Element {
  BytesView content;
  BytesView rest;  // behind it
};

base::Result<Element> read_element(BytesView octets) {
  const auto malformed = [] {
    return base::fail(base::Code::malformed, "der.malformed", "no definite-length element");
  };
  if (octets.size() < 2) return malformed();
  std::size_t length = std::to_integer<std::size_t>(octets[1]);
  std::size_t at = 2;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7FU;
    if (count == 0 || count > 4 || octets.size() < 2 + count) return malformed();
    length = 0;
    for (; at < 2 + count; ++at) length = length << 8U | std::to_integer<std::size_t>(octets[at]);
  }
  if (length > octets.size() - at) return malformed();
  return Element{octets.subspan(at, length), octets.subspan(at + length)};
}
}  // namespace

base::Result<BytesView> behind_first(BytesView sequence) {
  SEGELL_TRY(const Element outer, read_element(sequence));
  SEGELL_TRY(const Element first, read_element(outer.content));
  return first.rest;
}

std::string_view oid_of(base::HashAlgorithm algorithm) {
  switch (algorithm) {
    case base::HashAlgorithm::sha256:
      return kOidSha256;
    case base::HashAlgorithm::sha384:
      return kOidSha384;
    case base::HashAlgorithm::sha512:
      return kOidSha512;
  }
  return {};
}

}  // namespace segell::signer::ades::der
