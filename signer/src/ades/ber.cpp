#include "ber.h"

#include <algorithm>
#include <vector>

namespace segell::signer::ades {
namespace {

constexpr int kMaxDepth = 16;

std::uint8_t octet(base::BytesView bytes, std::size_t at) { return std::to_integer<std::uint8_t>(bytes[at]); }

struct Header {
  std::uint8_t tag = 0;
  std::size_t size = 0;
  std::size_t length = 0;
  bool indefinite = false;
};

std::optional<Header> read_header(base::BytesView in) {
  if (in.size() < 2) return std::nullopt;
  Header header{.tag = octet(in, 0), .size = 2};
  if ((header.tag & 0x1F) == 0x1F) return std::nullopt;
  const std::uint8_t first = octet(in, 1);
  if (first < 0x80) {
    header.length = first;
  } else if (first == 0x80) {
    if ((header.tag & 0x20) == 0) return std::nullopt;
    header.indefinite = true;
    return header;
  } else {
    const std::size_t count = first & 0x7FU;
    if (count > 4 || in.size() < 2 + count) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) header.length = header.length << 8 | octet(in, 2 + i);
    header.size += count;
  }
  if (header.length > in.size() - header.size) return std::nullopt;
  return header;
}

std::optional<BerElement> read_element(base::BytesView in, int depth) {
  const auto header = read_header(in);
  if (!header || depth > kMaxDepth) return std::nullopt;
  if (!header->indefinite)
    return BerElement{header->tag, in.first(header->size + header->length), in.subspan(header->size, header->length)};
  std::size_t at = header->size;
  for (;;) {
    if (in.size() - at < 2) return std::nullopt;
    if (octet(in, at) == 0 && octet(in, at + 1) == 0) break;
    const auto child = read_element(in.subspan(at), depth + 1);
    if (!child) return std::nullopt;
    at += child->whole.size();
  }
  return BerElement{header->tag, in.first(at + 2), in.subspan(header->size, at - header->size)};
}

// The pieces of a constructed OCTET STRING, themselves constructed or not (X.690 8.7.3).
bool collect_pieces(const BerElement& element, std::vector<base::BytesView>& out, std::size_t most, int depth) {
  if (depth > kMaxDepth) return false;
  BerReader parts(element.content);
  while (!parts.done()) {
    const auto part = parts.next();
    if (!part || out.size() >= most) return false;
    if (part->tag == kBerOctetString)
      out.push_back(part->content);
    else if (part->tag != (kBerOctetString | 0x20) || !collect_pieces(*part, out, most, depth + 1))
      return false;
  }
  return !parts.failed();
}

std::optional<base::Bytes> elements_to_der(base::BytesView elements, bool sort, int depth) {
  if (depth > kMaxDepth) return std::nullopt;
  std::vector<base::Bytes> members;
  BerReader reader(elements);
  while (!reader.done()) {
    const auto element = reader.next();
    if (!element) return std::nullopt;
    std::uint8_t tag = element->tag;
    std::optional<base::Bytes> content = base::to_bytes(element->content);
    if (tag == (kBerOctetString | 0x20)) {
      tag = kBerOctetString;
      content = ber_octets(*element);
    } else if (element->is_constructed()) {
      content = elements_to_der(element->content, false, depth + 1);
    }
    if (!content) return std::nullopt;
    members.push_back(der_header(tag, content->size()));
    base::append(members.back(), *content);
  }
  if (reader.failed()) return std::nullopt;
  if (sort) std::ranges::sort(members);
  base::Bytes out;
  for (const base::Bytes& member : members) base::append(out, member);
  return out;
}

}  // namespace

std::uint8_t BerReader::peek() const { return done() ? 0 : octet(m_rest, 0); }

std::optional<BerElement> BerReader::next() {
  if (done()) {
    m_failed = true;
    return std::nullopt;
  }
  auto element = read_element(m_rest, 0);
  if (!element) {
    m_failed = true;
    return std::nullopt;
  }
  m_rest = m_rest.subspan(element->whole.size());
  return element;
}

std::optional<BerElement> BerReader::expect(std::uint8_t tag) {
  auto element = next();
  if (element && element->tag == tag) return element;
  m_failed = true;
  return std::nullopt;
}

std::optional<BerElement> BerReader::accept(std::uint8_t tag) {
  if (done() || peek() != tag) return std::nullopt;
  return next();
}

std::optional<base::Bytes> ber_octets(const BerElement& element, std::uint8_t primitive_tag) {
  if (element.tag == primitive_tag) return base::to_bytes(element.content);
  if (element.tag != (primitive_tag | 0x20)) return std::nullopt;
  base::Bytes out;
  std::vector<base::BytesView> pieces;
  if (!collect_pieces(element, pieces, element.content.size(), 0)) return std::nullopt;
  for (const base::BytesView piece : pieces) base::append(out, piece);
  return out;
}

bool ber_octet_pieces(const BerElement& element, std::vector<base::BytesView>& out, std::size_t most) {
  if (element.tag == (kBerOctetString | 0x20)) return collect_pieces(element, out, most, 0);
  if (element.tag != kBerOctetString) return false;
  out.push_back(element.content);
  return true;
}

std::optional<base::Bytes> to_der(base::BytesView elements, bool sort) { return elements_to_der(elements, sort, 0); }

base::Bytes der_header(std::uint8_t tag, std::size_t length) {
  base::Bytes out{std::byte{tag}};
  if (length < 0x80) {
    out.push_back(static_cast<std::byte>(length));
    return out;
  }
  base::Bytes digits;
  for (std::size_t rest = length; rest != 0; rest >>= 8) digits.insert(digits.begin(), static_cast<std::byte>(rest));
  out.push_back(static_cast<std::byte>(0x80 | digits.size()));
  base::append(out, digits);
  return out;
}

std::optional<base::Instant> parse_generalized_time(std::string_view text) {
  if (text.size() < 15 || text.back() != 'Z') return std::nullopt;
  const std::string rfc3339 = std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' +
                              std::string(text.substr(6, 2)) + 'T' + std::string(text.substr(8, 2)) + ':' +
                              std::string(text.substr(10, 2)) + ':' + std::string(text.substr(12));
  const auto parsed = base::parse_rfc3339(rfc3339);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::string oid_text(base::BytesView content) {
  if (content.empty() || content.size() > 64 || (octet(content, content.size() - 1) & 0x80) != 0) return "?";
  std::string text;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (value >> 56 != 0) return "?";
    value = value << 7 | (octet(content, i) & 0x7FU);
    if ((octet(content, i) & 0x80) != 0) continue;
    if (text.empty()) {
      const std::uint64_t root = value < 80 ? value / 40 : 2;
      text = std::to_string(root) + "." + std::to_string(value - root * 40);
    } else {
      text += "." + std::to_string(value);
    }
    value = 0;
  }
  return text;
}

}  // namespace segell::signer::ades
