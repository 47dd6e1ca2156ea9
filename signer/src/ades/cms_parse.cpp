#include "algorithms.h"
#include "ber.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMaxCertificates = 64;
constexpr std::size_t kMaxAttributes = 64;
constexpr std::size_t kMaxTimestamps = 16;

constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2";
constexpr std::string_view kContentType = "1.2.840.113549.1.9.3";
constexpr std::string_view kMessageDigest = "1.2.840.113549.1.9.4";
constexpr std::string_view kSigningCertificate = "1.2.840.113549.1.9.16.2.12";
constexpr std::string_view kSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
constexpr std::string_view kTimeStampToken = "1.2.840.113549.1.9.16.2.14";
constexpr std::string_view kMgf1 = "1.2.840.113549.1.1.8";

base::Failure malformed(std::string what) { return fail(Code::malformed, "cms.malformed", std::move(what)); }

struct Algorithm {
  std::string oid;
  BytesView parameters;  // the complete element, or empty
};

std::optional<Algorithm> read_algorithm(BytesView sequence_content) {
  BerReader reader(sequence_content);
  const auto oid = reader.expect(kBerOid);
  if (!oid) return std::nullopt;
  Algorithm algorithm{oid_text(oid->content), {}};
  if (!reader.done()) {
    const auto parameters = reader.next();
    if (!parameters || !reader.done()) return std::nullopt;
    algorithm.parameters = parameters->whole;
  }
  return algorithm;
}

// RSASSA-PSS-params, RFC 4055 section 3.1: every field has a default.
bool read_pss(BytesView parameters, CmsMessage& out) {
  out.method_digest = Digest::sha1;
  out.mask_digest = Digest::sha1;
  out.salt_length = 20;
  BerReader outer(parameters);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence || !outer.done()) return false;
  BerReader fields(sequence->content);
  if (const auto hash = fields.accept(ber_context_constructed(0))) {
    BerReader inner(hash->content);
    const auto element = inner.expect(kBerSequence);
    const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
    if (!algorithm) return false;
    out.method_digest = digest_of_oid(algorithm->oid);
  }
  if (const auto mask = fields.accept(ber_context_constructed(1))) {
    BerReader inner(mask->content);
    const auto element = inner.expect(kBerSequence);
    const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
    if (!algorithm || algorithm->oid != kMgf1) return false;
    BerReader digest(algorithm->parameters);
    const auto digest_element = digest.expect(kBerSequence);
    const auto digest_algorithm = digest_element ? read_algorithm(digest_element->content) : std::nullopt;
    if (!digest_algorithm) return false;
    out.mask_digest = digest_of_oid(digest_algorithm->oid);
  }
  if (const auto salt = fields.accept(ber_context_constructed(2))) {
    BerReader inner(salt->content);
    const auto value = inner.expect(kBerInteger);
    if (!value || value->content.empty() || value->content.size() > 2) return false;
    out.salt_length = 0;
    for (const std::byte octet : value->content) out.salt_length = out.salt_length << 8 | std::to_integer<int>(octet);
    if (out.salt_length > 512) return false;
  }
  if (const auto trailer = fields.accept(ber_context_constructed(3))) {
    BerReader inner(trailer->content);
    const auto value = inner.expect(kBerInteger);
    if (!value || value->content.size() != 1 || value->content[0] != std::byte{1}) return false;
  }
  return fields.done() && !fields.failed();
}

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
      out.digest = digest_of_oid(named->oid);
    }
  }
  const auto hash = reader.expect(kBerOctetString);
  if (!hash) return false;
  out.hash = base::to_bytes(hash->content);
  if (reader.done()) return !reader.failed();
  const auto issuer_serial = reader.expect(kBerSequence);
  return issuer_serial && reader.done() && read_issuer_serial(issuer_serial->content, out);
}

bool read_references(BytesView value, bool v2, CmsMessage& out) {
  if (out.has_reference && !v2) return true;  // v2 speaks where both stand
  BerReader outer(value);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence || !outer.done()) return false;
  BerReader fields(sequence->content);
  const auto list = fields.expect(kBerSequence);
  if (!list) return false;
  out.references.clear();
  BerReader items(list->content);
  while (!items.done()) {
    const auto item = items.expect(kBerSequence);
    CertificateReference reference;
    if (!item || out.references.size() >= kMaxCertificates || !read_reference(item->content, v2, reference))
      return false;
    out.references.push_back(std::move(reference));
  }
  out.has_reference = true;
  out.reference_uses_sha1 = !v2;
  return !out.references.empty() && !items.failed();
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
    if (attributes.size() >= kMaxAttributes) return malformed("the signature has too many attributes");
    BerReader fields(element->content);
    const auto oid = fields.expect(kBerOid);
    const auto values = fields.expect(kBerSet);
    if (!oid || !values || !fields.done()) return malformed("an attribute of the signature cannot be read");
    Attribute attribute{oid_text(oid->content), {}};
    BerReader items(values->content);
    while (!items.done()) {
      const auto item = items.next();
      if (!item || attribute.values.size() >= kMaxAttributes)
        return malformed("an attribute of the signature cannot be read");
      attribute.values.push_back(item->whole);
    }
    attributes.push_back(std::move(attribute));
  }
  if (reader.failed()) return malformed("the attributes of the signature cannot be read");
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

bool read_known_attribute(const Attribute& attribute, CmsMessage& out) {
  const BytesView value = attribute.values.front();
  BerReader reader(value);
  if (attribute.oid == kContentType) {
    const auto oid = reader.expect(kBerOid);
    if (!oid) return false;
    out.attribute_content_type = oid_text(oid->content);
    return true;
  }
  if (attribute.oid == kMessageDigest) {
    const auto octets = reader.next();
    if (!octets) return false;
    out.message_digest = ber_octets(*octets);
    return out.message_digest.has_value();
  }
  return read_references(value, attribute.oid == kSigningCertificateV2, out);
}

Result<void> read_signed_attributes(const BerElement& element, CmsMessage& out) {
  out.has_signed_attributes = true;
  out.signed_attributes = der_header(kBerSet, element.content.size());
  base::append(out.signed_attributes, element.content);
  out.attributes_sorted = is_sorted_set(element.content);
  SEGELL_TRY(const auto attributes, read_attributes(element.content));
  for (const Attribute& attribute : attributes) {
    const bool known = attribute.oid == kContentType || attribute.oid == kMessageDigest ||
                       attribute.oid == kSigningCertificate || attribute.oid == kSigningCertificateV2;
    const bool again =
        std::find(out.attribute_types.begin(), out.attribute_types.end(), attribute.oid) != out.attribute_types.end();
    out.attribute_types.push_back(attribute.oid);
    if (!known) continue;
    // RFC 5652 11.1 and 11.2, RFC 5035 3: once, with one value
    if (again || attribute.values.size() != 1)
      return fail(Code::malformed, "cms.attribute",
                  "the signed attribute " + attribute.oid + " must stand once and have one value");
    if (!read_known_attribute(attribute, out))
      return fail(Code::malformed, "cms.attribute", "the signed attribute " + attribute.oid + " cannot be read");
  }
  return base::ok();
}

Result<void> read_unsigned_attributes(const BerElement& element, CmsMessage& out) {
  SEGELL_TRY(const auto attributes, read_attributes(element.content));
  for (const Attribute& attribute : attributes) {
    if (attribute.oid != kTimeStampToken) continue;
    for (const BytesView value : attribute.values) {
      if (out.timestamps.size() >= kMaxTimestamps) return malformed("the signature has too many timestamps");
      out.timestamps.push_back(base::to_bytes(value));
    }
  }
  return base::ok();
}

Result<void> read_signer_id(BerReader& fields, CmsMessage& out) {
  const auto id = fields.next();
  if (!id) return malformed("the signer is not named");
  if (id->tag == kBerSequence) {
    BerReader names(id->content);
    const auto issuer = names.expect(kBerSequence);
    const auto serial = names.expect(kBerInteger);
    if (!issuer || !serial || !names.done()) return malformed("the signer is not named");
    out.issuer = base::to_bytes(issuer->whole);
    out.serial = base::to_bytes(serial->whole);
    return base::ok();
  }
  const auto key_id = ber_octets(*id, ber_context(0));
  if (!key_id || key_id->empty()) return malformed("the signer is not named");
  out.key_id = *key_id;
  return base::ok();
}

Result<void> read_signature_algorithm(BerReader& fields, CmsMessage& out) {
  const auto element = fields.expect(kBerSequence);
  const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
  if (!algorithm) return malformed("the signature algorithm cannot be read");
  out.signature_algorithm = algorithm->oid;
  const MethodOfOid named = method_of_oid(algorithm->oid);
  out.method = named.method;
  out.method_digest = named.digest;
  if (out.method == SignatureMethod::rsa_pss && !read_pss(algorithm->parameters, out))
    return malformed("the parameters of the signature algorithm cannot be read");
  return base::ok();
}

Result<void> read_signer(BytesView content, CmsMessage& out) {
  BerReader fields(content);
  if (!fields.expect(kBerInteger)) return malformed("the signer information cannot be read");
  SEGELL_CHECK(read_signer_id(fields, out));
  const auto digest_element = fields.expect(kBerSequence);
  const auto digest = digest_element ? read_algorithm(digest_element->content) : std::nullopt;
  if (!digest) return malformed("the digest algorithm cannot be read");
  out.digest = digest_of_oid(digest->oid);
  if (const auto attributes = fields.accept(ber_context_constructed(0)))
    SEGELL_CHECK(read_signed_attributes(*attributes, out));
  SEGELL_CHECK(read_signature_algorithm(fields, out));
  const auto value = fields.next();
  const auto octets = value ? ber_octets(*value) : std::nullopt;
  if (!octets || octets->empty()) return malformed("the signature value cannot be read");
  out.signature = *octets;
  if (const auto attributes = fields.accept(ber_context_constructed(1)))
    SEGELL_CHECK(read_unsigned_attributes(*attributes, out));
  if (!fields.done() || fields.failed()) return malformed("the signer information has further parts");
  return base::ok();
}

Result<void> read_set(const BerElement& element, std::vector<Bytes>& out) {
  BerReader items(element.content);
  while (!items.done()) {
    const auto item = items.next();
    if (!item || out.size() >= kMaxCertificates) return malformed("the certificates cannot be read");
    // other choices (attribute certificates and so on) are no X.509 certificate and help nobody here
    if (item->tag == kBerSequence) out.push_back(base::to_bytes(item->whole));
  }
  return base::ok();
}

Result<void> read_content(BerReader& fields, CmsMessage& out) {
  const auto info = fields.expect(kBerSequence);
  if (!info) return malformed("the encapsulated content cannot be read");
  BerReader content(info->content);
  const auto type = content.expect(kBerOid);
  if (!type) return malformed("the encapsulated content cannot be read");
  out.content_type = oid_text(type->content);
  if (content.done()) return base::ok();
  const auto explicit_tag = content.expect(ber_context_constructed(0));
  if (!explicit_tag || !content.done()) return malformed("the encapsulated content cannot be read");
  BerReader inner(explicit_tag->content);
  const auto octets = inner.next();
  auto value = octets ? ber_octets(*octets) : std::nullopt;
  // PKCS#7 (RFC 2315) allows any type here; its octets still count as content
  if (!value) value = base::to_bytes(explicit_tag->content);
  out.content = std::move(*value);
  return base::ok();
}

Result<void> read_signed_data(BytesView sequence_content, CmsMessage& out) {
  BerReader fields(sequence_content);
  if (!fields.expect(kBerInteger) || !fields.expect(kBerSet)) return malformed("the signed data cannot be read");
  SEGELL_CHECK(read_content(fields, out));
  if (const auto certificates = fields.accept(ber_context_constructed(0)))
    SEGELL_CHECK(read_set(*certificates, out.certificates));
  if (const auto crls = fields.accept(ber_context_constructed(1))) SEGELL_CHECK(read_set(*crls, out.crls));
  const auto signers = fields.expect(kBerSet);
  if (!signers || !fields.done()) return malformed("the signer information cannot be read");
  BerReader list(signers->content);
  const auto signer = list.accept(kBerSequence);
  if (!signer || !list.done())
    return fail(Code::malformed, "cms.signer-count", "the signature must have exactly one signer information");
  return read_signer(signer->content, out);
}

}  // namespace

Result<CmsMessage> parse_cms(BytesView octets) {
  if (octets.size() > kMaxCmsBytes)
    return fail(Code::limit_exceeded, "cms.too-large", "the signature is larger than this program reads");
  BerReader reader(octets);
  const auto outer = reader.expect(kBerSequence);
  if (!outer) return malformed("the signature is not a CMS message");
  CmsMessage message;
  message.length = outer->whole.size();
  BerReader fields(outer->content);
  const auto type = fields.expect(kBerOid);
  const auto content = fields.expect(ber_context_constructed(0));
  if (!type || !content || !fields.done()) return malformed("the signature is not a CMS message");
  if (oid_text(type->content) != kSignedData)
    return fail(Code::malformed, "cms.not-signed-data", "the CMS message is not signed data");
  BerReader inner(content->content);
  const auto signed_data = inner.expect(kBerSequence);
  if (!signed_data || !inner.done()) return malformed("the signed data cannot be read");
  SEGELL_CHECK(read_signed_data(signed_data->content, message));
  return message;
}

}  // namespace segell::signer::ades
