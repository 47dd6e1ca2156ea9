#pragma once

#include "base/bytes.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// One element of BER (ITU-T X.690), borrowed from the octets it was read from.
struct BerElement {
  std::uint8_t tag = 0;   ///< identifier octet; tag numbers above 30 are not read
  base::BytesView whole;  ///< header, content, and end-of-contents where there is one
  base::BytesView content;

  [[nodiscard]] bool is_constructed() const { return (tag & 0x20) != 0; }
};

inline constexpr std::uint8_t kBerBoolean = 0x01, kBerInteger = 0x02, kBerBitString = 0x03, kBerOctetString = 0x04,
                              kBerNull = 0x05, kBerOid = 0x06, kBerEnumerated = 0x0A, kBerGeneralizedTime = 0x18,
                              kBerSequence = 0x30, kBerSet = 0x31;
/// Context-specific tags: [n] IMPLICIT of a primitive and of a constructed type.
constexpr std::uint8_t ber_context(std::uint8_t n) { return static_cast<std::uint8_t>(0x80 | n); }
constexpr std::uint8_t ber_context_constructed(std::uint8_t n) { return static_cast<std::uint8_t>(0xA0 | n); }

/// Walks a run of elements. Definite and indefinite lengths (nested at most 16 deep); never reads outside its octets.
/// A malformed element ends the walk with failed() set.
class BerReader {
 public:
  explicit BerReader(base::BytesView octets) : m_rest(octets) {}

  [[nodiscard]] bool done() const { return m_failed || m_rest.empty(); }
  [[nodiscard]] bool failed() const { return m_failed; }
  [[nodiscard]] base::BytesView rest() const { return m_rest; }
  /// The identifier octet of the next element; 0 at the end.
  [[nodiscard]] std::uint8_t peek() const;

  /// The next element, or nothing at the end or on malformed octets.
  std::optional<BerElement> next();
  /// The next element if it has this tag; another tag is a failure.
  std::optional<BerElement> expect(std::uint8_t tag);
  /// The next element if it has this tag; anything else stays unread and is no failure.
  std::optional<BerElement> accept(std::uint8_t tag);

 private:
  base::BytesView m_rest;
  bool m_failed = false;
};

/// The octets of an OCTET STRING, primitive or in BER's constructed form. Nothing when malformed.
std::optional<base::Bytes> ber_octets(const BerElement& element, std::uint8_t primitive_tag = kBerOctetString);
/// The same without copying, piece by piece; false when it is no OCTET STRING, malformed, or in more than `most`
/// pieces.
bool ber_octet_pieces(const BerElement& element, std::vector<base::BytesView>& out, std::size_t most);

/// A run of elements in DER as far as their lengths, their constructed OCTET STRINGs and, where asked, the order of the
/// outermost ones go (X.690 10.1, 10.2, 11.6); values are not looked at. Nothing when malformed.
std::optional<base::Bytes> to_der(base::BytesView elements, bool sort);

/// DER header for that tag and content length.
base::Bytes der_header(std::uint8_t tag, std::size_t length);

/// GeneralizedTime in UTC with an optional fraction of a second, as RFC 3161 2.4.2 and RFC 5280 4.1.2.5.2 restrict it.
std::optional<base::Instant> parse_generalized_time(std::string_view text);

/// Dotted text of an OBJECT IDENTIFIER's content octets; "?" when malformed.
std::string oid_text(base::BytesView content);

}  // namespace segell::signer::ades
