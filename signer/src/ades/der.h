#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

#include <initializer_list>
#include <string_view>
#include <vector>

// The little of DER (ITU-T X.690) that a CAdES signature and a timestamp request need. Own code, because OpenSSL's CMS
// API costs twice the signature itself for P-256 (it decodes certificates and re-encodes structures on every call).

namespace segell::signer::ades::der {

// Identifier octets.
inline constexpr std::uint8_t kBoolean = 0x01;
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kNull = 0x05;
inline constexpr std::uint8_t kOid = 0x06;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
constexpr std::uint8_t context(std::uint8_t number) { return static_cast<std::uint8_t>(0xA0 | number); }  // constructed

// Identifier and length octets of an element with that much content.
base::Bytes header(std::uint8_t tag, std::size_t length);

// One element around its content, given in pieces.
base::Bytes element(std::uint8_t tag, std::initializer_list<base::BytesView> content);

// A SET OF: the encodings in ascending order (X.690 11.6).
base::Bytes set_of(std::vector<base::Bytes> members, std::uint8_t tag = kSet);

// A non-negative INTEGER from its big-endian octets.
base::Bytes unsigned_integer(base::BytesView octets);

// An OBJECT IDENTIFIER whose content octets are given as a literal.
base::Bytes oid(std::string_view content);

// An OBJECT IDENTIFIER from its dotted form; empty when the text is none.
base::Bytes oid_from_dotted(std::string_view dotted);

// An Attribute (RFC 5652 5.3) with one value; type and value are complete elements.
base::Bytes attribute(base::BytesView type, base::BytesView value);

// What follows the first member inside an outer SEQUENCE that fills all the octets. Error: malformed "der.malformed".
base::Result<base::BytesView> behind_first(base::BytesView sequence);

// Content octets of the identifiers used here.
inline constexpr std::string_view kOidData{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 9};
inline constexpr std::string_view kOidSignedData{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9};
inline constexpr std::string_view kOidContentType{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03", 9};
inline constexpr std::string_view kOidMessageDigest{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04", 9};
inline constexpr std::string_view kOidSigningTime{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05", 9};
inline constexpr std::string_view kOidSigningCertificateV2{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x2F", 11};
inline constexpr std::string_view kOidTimeStampToken{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x0E", 11};
inline constexpr std::string_view kOidSha256{"\x60\x86\x48\x01\x65\x03\x04\x02\x01", 9};
inline constexpr std::string_view kOidSha384{"\x60\x86\x48\x01\x65\x03\x04\x02\x02", 9};
inline constexpr std::string_view kOidSha512{"\x60\x86\x48\x01\x65\x03\x04\x02\x03", 9};
inline constexpr std::string_view kOidSha256WithRsa{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B", 9};
inline constexpr std::string_view kOidRsaPss{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", 9};
inline constexpr std::string_view kOidMgf1{"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08", 9};
inline constexpr std::string_view kOidEcdsaWithSha256{"\x2A\x86\x48\xCE\x3D\x04\x03\x02", 8};
inline constexpr std::string_view kOidEcdsaWithSha384{"\x2A\x86\x48\xCE\x3D\x04\x03\x03", 8};
inline constexpr std::string_view kOidEcdsaWithSha512{"\x2A\x86\x48\xCE\x3D\x04\x03\x04", 8};
inline constexpr std::string_view kOidEd25519{"\x2B\x65\x70", 3};

// Content octets of the identifier of a digest.
std::string_view oid_of(base::HashAlgorithm algorithm);

}  // namespace segell::signer::ades::der
