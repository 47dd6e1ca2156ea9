#include "algorithms.h"
#include "archive_timestamp.h"
#include "cms_parts.h"
#include "ocsp.h"
#include "signature_policy.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMaxAttributes = 64;
constexpr std::size_t kMaxTimestamps = 16;

constexpr std::string_view kContentType = "1.2.840.113549.1.9.3";
constexpr std::string_view kMessageDigest = "1.2.840.113549.1.9.4";
constexpr std::string_view kSigningTime = "1.2.840.113549.1.9.5";
constexpr std::string_view kAlgorithmProtection = "1.2.840.113549.1.9.52";
constexpr std::string_view kSigningCertificate = "1.2.840.113549.1.9.16.2.12";
constexpr std::string_view kSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
constexpr std::string_view kCounterSignature = "1.2.840.113549.1.9.6";
constexpr std::string_view kTimeStampToken = "1.2.840.113549.1.9.16.2.14";
constexpr std::string_view kCertificateValues = "1.2.840.113549.1.9.16.2.23";
constexpr std::string_view kRevocationValues = "1.2.840.113549.1.9.16.2.24";
constexpr std::string_view kRevocationInfoArchival = "1.2.840.113583.1.1.8";

// IssuerSerial of RFC 5035: GeneralNames holding exactly one directoryName, and the serial number.
bool read_issuer_serial(BytesView content, CertificateReference& out) {
  BerReader reader(content);
  const auto names = reader.expect(kBerSequence);
  const auto serial = reader.expect(kBerInteger);
  if (!names || !serial || !reader.done()) return false;
  BerReader name(names->content);
  const auto directory = name.expect(ber_context_constructed(4));
  if (!directory || !name.done()) return false;
  out.issuer = base::to_bytes(directory->content);
  out.serial = base::to_bytes(serial->whole);
  return true;
}

bool read_reference(BytesView content, bool v2, CertificateReference& out) {
  BerReader reader(content);
  out.digest = v2 ? Digest::sha256 : Digest::sha1;
  if (v2) {
    if (const auto algorithm = reader.accept(kBerSequence)) {
      const auto named = read_algorithm(algorithm->content);
      if (!named) return false;
      out.digest = digest_of_algorithm(*named);
    }
  }
  const auto hash = reader.expect(kBerOctetString);
  if (!hash) return false;
  out.hash = base::to_bytes(hash->content);
  if (reader.done()) return !reader.failed();
  const auto issuer_serial = reader.expect(kBerSequence);
  return issuer_serial && reader.done() && read_issuer_serial(issuer_serial->content, out);
}

bool read_references(BytesView value, bool v2, std::vector<CertificateReference>& out) {
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence || !outer.done()) return false;
  BerReader fields(sequence->content);
  const auto list = fields.expect(kBerSequence);
  if (!list) return false;
  BerReader items(list->content);
  while (!items.done()) {
    const auto item = items.expect(kBerSequence);
    CertificateReference reference;
    if (!item || out.size() >= kMaxCertificates || !read_reference(item->content, v2, reference)) return false;
    out.push_back(std::move(reference));
  }
  return !out.empty() && !items.failed();
}

struct Attribute {
  std::string oid;
  std::vector<BytesView> values;
};

Result<std::vector<Attribute>> read_attributes(BytesView set_content) {
  std::vector<Attribute> attributes;
  BerReader reader(set_content);
  while (!reader.done()) {
    const auto element = reader.expect(kBerSequence);
    if (!element) break;
    if (attributes.size() >= kMaxAttributes) return malformed_cms("the signature has too many attributes");
    BerReader fields(element->content);
    const auto oid = fields.expect(kBerOid);
    const auto values = fields.expect(kBerSet);
    if (!oid || !values || !fields.done()) return malformed_cms("an attribute of the signature cannot be read");
    Attribute attribute{oid_text(oid->content), {}};
    BerReader items(values->content);
    while (!items.done()) {
      const auto item = items.next();
      if (!item || attribute.values.size() >= kMaxAttributes)
        return malformed_cms("an attribute of the signature cannot be read");
      attribute.values.push_back(item->whole);
    }
    attributes.push_back(std::move(attribute));
  }
  if (reader.failed()) return malformed_cms("the attributes of the signature cannot be read");
  return attributes;
}

bool is_sorted_set(BytesView content) {
  BerReader reader(content);
  BytesView last;
  while (!reader.done()) {
    const auto element = reader.next();
    if (!element) return false;
    if (std::lexicographical_compare(element->whole.begin(), element->whole.end(), last.begin(), last.end()))
      return false;
    last = element->whole;
  }
  return true;
}

// CMSAlgorithmProtection (RFC 6211): what digestAlgorithm and signatureAlgorithm say, under the signature. A signature
// has both, and no MAC.
bool read_protection(BytesView value, SignedAttributeFacts& facts) {
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence || !outer.done()) return false;
  BerReader fields(sequence->content);
  const auto digest = fields.expect(kBerSequence);
  const auto named = digest ? read_algorithm(digest->content) : std::nullopt;
  if (!named) return false;
  facts.protected_digest = named->oid;
  const auto signature = fields.accept(ber_context_constructed(1));
  const auto method = signature ? read_algorithm(signature->content) : std::nullopt;
  if (!method || !fields.done()) return false;
  facts.protected_signature = method->oid;
  return true;
}

// RevocationInfoArchival of Adobe (ISO 32000-1, 12.8.3.3.2) holds OCSPResponses, RevocationValues of CAdES (EN 319
// 122-1 A.1.5) BasicOCSPResponses; otherwise they are written alike. What cannot be read is no evidence, and no fault.
void read_revocation_values(BytesView value, bool basic, CmsMessage& out) {
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence) return;
  BerReader fields(sequence->content);
  while (!fields.done()) {
    const auto field = fields.next();
    if (!field) return;
    BerReader list(field->content);
    const auto members = list.expect(kBerSequence);
    if (!members) continue;
    BerReader items(members->content);
    while (!items.done() && out.crls.size() + out.ocsp.size() < kMaxCertificates) {
      const auto item = items.next();
      if (!item) break;
      if (field->tag == ber_context_constructed(0)) out.crls.push_back(base::to_bytes(item->whole));
      if (field->tag != ber_context_constructed(1)) continue;
      if (basic)
        out.ocsp.push_back(base::to_bytes(item->whole));
      else
        add_ocsp_response(item->whole, out);
    }
  }
}

void read_certificate_values(BytesView value, CmsMessage& out) {
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  BerReader items(sequence ? sequence->content : BytesView());
  while (!items.done() && out.certificates.size() < kMaxCertificates) {
    const auto item = items.next();
    if (item && item->tag == kBerSequence) out.certificates.push_back(base::to_bytes(item->whole));
  }
}

// The attributes that may stand once and have one value: RFC 5652 11.1 to 11.3, RFC 5035 3, RFC 6211 2.
enum class Single {
  no,
  content_type,
  message_digest,
  signing_time,
  signing_certificate,
  signing_certificate_v2,
  protection
};
Single single_of(std::string_view oid) {
  if (oid == kContentType) return Single::content_type;
  if (oid == kMessageDigest) return Single::message_digest;
  if (oid == kSigningTime) return Single::signing_time;
  if (oid == kSigningCertificate) return Single::signing_certificate;
  if (oid == kSigningCertificateV2) return Single::signing_certificate_v2;
  if (oid == kAlgorithmProtection) return Single::protection;
  return Single::no;
}

// Time of RFC 5652 11.3: UTCTime with a pivot at 1950, or GeneralizedTime; both in UTC with seconds. Others claim
// nothing.
std::optional<base::Instant> read_signing_time(const BerElement& element) {
  constexpr std::uint8_t kUtcTime = 0x17, kGeneralizedTime = 0x18;
  std::string text = base::to_text(element.content);
  if (element.tag == kUtcTime && text.size() == 13)
    text.insert(0, text[0] < '5' ? "20" : "19");
  else if (element.tag != kGeneralizedTime)
    return std::nullopt;
  if (text.size() != 15 || text.back() != 'Z') return std::nullopt;
  const auto time = base::parse_rfc3339(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + "T" +
                                        text.substr(8, 2) + ":" + text.substr(10, 2) + ":" + text.substr(12));
  return time ? std::optional(*time) : std::nullopt;
}

bool read_single(Single kind, BytesView value, CmsMessage& out, SignedAttributeFacts& facts) {
  BerReader reader(value);
  switch (kind) {
    case Single::content_type: {
      const auto oid = reader.expect(kBerOid);
      if (oid) out.attribute_content_type = oid_text(oid->content);
      return oid.has_value();
    }
    case Single::message_digest: {
      const auto octets = reader.next();
      if (octets) out.message_digest = ber_octets(*octets);
      return out.message_digest.has_value();
    }
    case Single::signing_certificate:
      return read_references(value, false, out.references_v1);
    case Single::signing_certificate_v2:
      return read_references(value, true, out.references);
    case Single::protection:
      return read_protection(value, facts);
    case Single::signing_time: {
      const auto time = reader.next();
      if (time) out.signing_time = read_signing_time(*time);
      return time.has_value();
    }
    case Single::no:
      return true;
  }
  return true;
}

}  // namespace

base::Failure malformed_cms(std::string what) { return fail(Code::malformed, "cms.malformed", std::move(what)); }

void add_ocsp_response(BytesView response, CmsMessage& out) {
  if (auto basic = basic_ocsp_of(response)) out.ocsp.push_back(*std::move(basic));
}

Result<void> read_signed_attributes(const BerElement& element, CmsMessage& out, SignedAttributeFacts& facts) {
  out.has_signed_attributes = true;
  out.signed_attributes = der_header(kBerSet, element.content.size());
  base::append(out.signed_attributes, element.content);
  out.attributes_sorted = is_sorted_set(element.content);
  SEGELL_TRY(const auto attributes, read_attributes(element.content));
  for (const Attribute& attribute : attributes) {
    const Single kind = single_of(attribute.oid);
    const bool again =
        std::find(out.attribute_types.begin(), out.attribute_types.end(), attribute.oid) != out.attribute_types.end();
    out.attribute_types.push_back(attribute.oid);
    if (attribute.oid == kRevocationInfoArchival && !attribute.values.empty())
      read_revocation_values(attribute.values.front(), false, out);
    if (attribute.oid == kSignaturePolicy) {
      if (again || attribute.values.size() != 1)
        out.policy = NamedPolicy{.readable = false};
      else
        out.policy = read_signature_policy(attribute.values.front());
    }
    if (kind == Single::no) continue;
    if (again || attribute.values.size() != 1)
      return fail(Code::malformed, "cms.attribute",
                  "the signed attribute " + attribute.oid + " must stand once and have one value");
    if (!read_single(kind, attribute.values.front(), out, facts))
      return fail(Code::malformed, "cms.attribute", "the signed attribute " + attribute.oid + " cannot be read");
  }
  return base::ok();
}

bool are_signed_attributes(BytesView content) {
  BerReader reader(content);
  const auto set = reader.accept(kBerSet);
  if (!set || !reader.done()) return false;
  const auto attributes = read_attributes(set->content);
  return attributes && std::ranges::find(*attributes, kMessageDigest, &Attribute::oid) != attributes->end();
}

Result<void> read_unsigned_value(std::string_view type, BytesView value, CmsMessage& out, std::size_t depth) {
  if (type == kTimeStampToken || type == kArchiveTimestamp) {
    if (out.timestamps.size() + out.archive_timestamps.size() >= kMaxTimestamps)
      return malformed_cms("the signature has too many timestamps");
    (type == kTimeStampToken ? out.timestamps : out.archive_timestamps).push_back(base::to_bytes(value));
  } else if (type == kRevocationValues || type == kRevocationInfoArchival) {
    read_revocation_values(value, type == kRevocationValues, out);
  } else if (type == kCounterSignature) {
    auto counter = read_counter_signature(value, depth);
    if (counter)
      out.counter_signatures.push_back(*std::move(counter));
    else
      ++out.unread_counter_signatures;
  } else if (type == kCertificateValues) {
    read_certificate_values(value, out);
  }
  return base::ok();
}

Result<void> read_unsigned_attributes(const BerElement& element, CmsMessage& out, std::size_t depth) {
  SEGELL_TRY(const auto attributes, read_attributes(element.content));
  for (const Attribute& attribute : attributes) {
    for (const BytesView value : attribute.values) SEGELL_CHECK(read_unsigned_value(attribute.oid, value, out, depth));
  }
  return base::ok();
}

}  // namespace segell::signer::ades
