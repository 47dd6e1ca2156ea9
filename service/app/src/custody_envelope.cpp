#include "custody_envelope.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace segell::app {

namespace {

using base::BytesView;

constexpr std::size_t kMaxRecipients = 4;
constexpr std::uint8_t kInteger = 0x02, kOctetString = 0x04, kOid = 0x06, kSequence = 0x30, kSet = 0x31,
                       kContext0 = 0xA0, kContext1 = 0xA1, kContext0Primitive = 0x80;
constexpr std::array<std::uint8_t, 9> kEnvelopedData{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03};
constexpr std::array<std::uint8_t, 9> kData{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01};
constexpr std::array<std::uint8_t, 9> kAes256Cbc{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A};
constexpr std::size_t kCbcIvSize = 16;

base::Failure malformed() {
  return base::fail(base::Code::invalid_argument, "act.envelope-malformed",
                    "the custody envelope is no CMS EnvelopedData as this service takes it");
}

struct Element {
  std::uint8_t tag = 0;
  BytesView content;
  BytesView whole;
};

/// Reads elements one after the other from octets that nobody vouches for.
class Reader {
 public:
  explicit Reader(BytesView octets) : m_rest(octets) {}

  [[nodiscard]] bool at_end() const { return m_rest.empty(); }
  [[nodiscard]] std::uint8_t peek() const { return m_rest.empty() ? std::uint8_t{0} : octet(0); }

  base::Result<Element> next(std::uint8_t tag) {
    if (m_rest.size() < 2 || octet(0) != tag) return malformed();
    std::size_t header = 2;
    std::size_t length = octet(1);
    if (length >= 0x80) {
      const std::size_t count = length & 0x7FU;
      if (count == 0 || count > 4 || m_rest.size() < 2 + count) return malformed();
      length = 0;
      for (std::size_t i = 0; i < count; ++i) length = length << 8U | octet(2 + i);
      header += count;
    }
    if (length > m_rest.size() - header) return malformed();
    const Element element{tag, m_rest.subspan(header, length), m_rest.first(header + length)};
    m_rest = m_rest.subspan(header + length);
    return element;
  }

 private:
  [[nodiscard]] std::uint8_t octet(std::size_t at) const { return std::to_integer<std::uint8_t>(m_rest[at]); }
  BytesView m_rest;
};

template <std::size_t N>
bool is_oid(const Element& element, const std::array<std::uint8_t, N>& oid) {
  return element.content.size() == N && std::equal(oid.begin(), oid.end(), base::as_u8(element.content));
}

/// IssuerAndSerialNumber → the serial number.
base::Result<base::Bytes> read_serial(const Element& issuer_and_serial) {
  Reader inner(issuer_and_serial.content);
  SEGELL_CHECK(inner.next(kSequence));
  SEGELL_TRY(const Element serial, inner.next(kInteger));
  if (!inner.at_end() || serial.content.empty()) return malformed();
  return base::to_bytes(serial.whole);
}

/// KeyTransRecipientInfo (6.2.1).
base::Result<void> read_transport(const Element& info, EnvelopeFacts& facts) {
  Reader inner(info.content);
  SEGELL_CHECK(inner.next(kInteger));
  SEGELL_TRY(const Element rid, inner.next(kSequence));
  SEGELL_TRY(auto serial, read_serial(rid));
  facts.serials.push_back(std::move(serial));
  SEGELL_CHECK(inner.next(kSequence));
  SEGELL_CHECK(inner.next(kOctetString));
  return inner.at_end() ? base::Result<void>() : malformed();
}

/// KeyAgreeRecipientInfo (6.2.2).
base::Result<void> read_agreement(const Element& info, EnvelopeFacts& facts) {
  Reader inner(info.content);
  SEGELL_CHECK(inner.next(kInteger));
  SEGELL_CHECK(inner.next(kContext0));
  if (inner.peek() == kContext1) SEGELL_CHECK(inner.next(kContext1));
  SEGELL_CHECK(inner.next(kSequence));
  SEGELL_TRY(const Element keys, inner.next(kSequence));
  if (!inner.at_end()) return malformed();
  Reader list(keys.content);
  while (!list.at_end()) {
    if (facts.serials.size() >= kMaxRecipients) return malformed();
    SEGELL_TRY(const Element key, list.next(kSequence));
    Reader parts(key.content);
    SEGELL_TRY(const Element rid, parts.next(kSequence));
    SEGELL_TRY(auto serial, read_serial(rid));
    facts.serials.push_back(std::move(serial));
    SEGELL_CHECK(parts.next(kOctetString));
    if (!parts.at_end()) return malformed();
  }
  return base::ok();
}

base::Result<void> read_recipients(const Element& set, EnvelopeFacts& facts) {
  Reader infos(set.content);
  while (!infos.at_end()) {
    if (facts.serials.size() >= kMaxRecipients) return malformed();
    if (infos.peek() == kContext1) {
      SEGELL_TRY(const Element info, infos.next(kContext1));
      SEGELL_CHECK(read_agreement(info, facts));
    } else {
      SEGELL_TRY(const Element info, infos.next(kSequence));
      SEGELL_CHECK(read_transport(info, facts));
    }
  }
  return facts.serials.empty() ? malformed() : base::Result<void>();
}

/// EncryptedContentInfo: some data under AES-256-CBC, in one piece or in pieces.
base::Result<void> read_content(const Element& info) {
  Reader inner(info.content);
  SEGELL_TRY(const Element type, inner.next(kOid));
  SEGELL_TRY(const Element algorithm, inner.next(kSequence));
  Reader parts(algorithm.content);
  SEGELL_TRY(const Element cipher, parts.next(kOid));
  SEGELL_TRY(const Element iv, parts.next(kOctetString));
  if (!is_oid(type, kData) || !is_oid(cipher, kAes256Cbc) || iv.content.size() != kCbcIvSize || !parts.at_end()) {
    return malformed();
  }
  std::size_t octets = 0;
  if (inner.peek() == kContext0) {
    SEGELL_TRY(const Element pieces, inner.next(kContext0));
    Reader list(pieces.content);
    while (!list.at_end()) {
      SEGELL_TRY(const Element piece, list.next(kOctetString));
      octets += piece.content.size();
    }
  } else {
    SEGELL_TRY(const Element piece, inner.next(kContext0Primitive));
    octets = piece.content.size();
  }
  return octets > 0 && octets % kCbcIvSize == 0 && inner.at_end() ? base::Result<void>() : malformed();
}

}  // namespace

base::Result<EnvelopeFacts> parse_envelope(BytesView cms) {
  if (cms.size() > kMaxEnvelopeBytes) {
    return base::fail(base::Code::limit_exceeded, "act.envelope-too-large", "a custody envelope has at most 4 MiB");
  }
  Reader file(cms);
  SEGELL_TRY(const Element content_info, file.next(kSequence));
  if (!file.at_end()) return malformed();
  Reader outer(content_info.content);
  SEGELL_TRY(const Element type, outer.next(kOid));
  SEGELL_TRY(const Element explicit_content, outer.next(kContext0));
  if (!is_oid(type, kEnvelopedData) || !outer.at_end()) return malformed();
  Reader wrapped(explicit_content.content);
  SEGELL_TRY(const Element enveloped, wrapped.next(kSequence));
  if (!wrapped.at_end()) return malformed();

  EnvelopeFacts facts;
  Reader inner(enveloped.content);
  SEGELL_CHECK(inner.next(kInteger));
  if (inner.peek() == kContext0) SEGELL_CHECK(inner.next(kContext0));  // originator's certificates
  SEGELL_TRY(const Element recipients, inner.next(kSet));
  SEGELL_CHECK(read_recipients(recipients, facts));
  SEGELL_TRY(const Element content, inner.next(kSequence));
  SEGELL_CHECK(read_content(content));
  if (inner.peek() == kContext1) SEGELL_CHECK(inner.next(kContext1));  // unprotected attributes
  if (!inner.at_end()) return malformed();
  return facts;
}

base::Result<void> check_recipients(const EnvelopeFacts& facts, const std::vector<CustodyRecipient>& expected) {
  const bool fits = facts.serials.size() == expected.size() &&
                    std::all_of(expected.begin(), expected.end(), [&](const CustodyRecipient& recipient) {
                      const BytesView serial = recipient.certificate.serial_der();
                      return std::count_if(facts.serials.begin(), facts.serials.end(), [&](const base::Bytes& found) {
                               return std::equal(found.begin(), found.end(), serial.begin(), serial.end());
                             }) == 1;
                    });
  if (fits) return base::ok();
  return base::fail(base::Code::invalid_argument, "act.envelope-recipients",
                    "the custody envelope is not encrypted to exactly the custodians of this tenant");
}

}  // namespace segell::app
