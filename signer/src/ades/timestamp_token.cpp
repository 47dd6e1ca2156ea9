#include "signer/ades/timestamp_token.h"

#include "ades/ber.h"
#include "ades/timestamp_access.h"

#include "base/encoding.h"
#include "base/openssl_ptr.h"

#include <openssl/cms.h>
#include <openssl/objects.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {
using TstInfoPtr = base::Owned<TS_TST_INFO, TS_TST_INFO_free>;
void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
using OwnedCertificates = base::Owned<STACK_OF(X509), free_certificates>;
void free_octets(unsigned char* octets) { OPENSSL_free(octets); }
using OctetsPtr = base::Owned<unsigned char, free_octets>;

base::Failure malformed_token(std::string what) {
  base::clear_openssl_errors();
  return fail(Code::malformed, "timestamp.malformed", "the timestamp token is malformed: " + std::move(what));
}

BytesView view_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

BytesView magnitude(const ASN1_INTEGER* integer) {
  BytesView octets = view_of(integer);
  while (!octets.empty() && octets.front() == std::byte{0}) octets = octets.subspan(1);
  return octets;
}

std::string dotted(const ASN1_OBJECT* object) {
  char text[128];
  const int length = OBJ_obj2txt(text, sizeof text, object, 1);
  return length > 0 && length < static_cast<int>(sizeof text) ? std::string(text) : std::string();
}

std::optional<base::Microseconds> read_accuracy(const TS_ACCURACY* accuracy) {
  if (!accuracy) return std::nullopt;
  const auto part = [](const ASN1_INTEGER* integer) -> std::int64_t {
    std::int64_t value = 0;
    return integer && ASN1_INTEGER_get_int64(&value, integer) == 1 && value >= 0 && value < 1'000'000'000 ? value : 0;
  };
  return std::chrono::seconds(part(TS_ACCURACY_get_seconds(accuracy))) +
         std::chrono::milliseconds(part(TS_ACCURACY_get_millis(accuracy))) +
         base::Microseconds(part(TS_ACCURACY_get_micros(accuracy)));
}

// The TSTInfo, exactly one and nothing behind it.
TstInfoPtr read_info(BytesView der) {
  const unsigned char* at = base::as_u8(der);
  TstInfoPtr info(d2i_TS_TST_INFO(nullptr, &at, static_cast<long>(der.size())));
  return at == base::as_u8(der) + der.size() ? std::move(info) : nullptr;
}

base::CmsPtr read_cms(BytesView der) {
  const unsigned char* at = base::as_u8(der);
  base::CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  return at == base::as_u8(der) + der.size() ? std::move(cms) : nullptr;
}

Result<std::vector<base::Certificate>> read_certificates(CMS_ContentInfo* cms) {
  std::vector<base::Certificate> out;
  const OwnedCertificates stack(CMS_get1_certs(cms));
  for (int i = 0; i < sk_X509_num(stack.get()); ++i) {
    unsigned char* der = nullptr;
    const int length = i2d_X509(sk_X509_value(stack.get(), i), &der);
    if (length <= 0) return malformed_token("a certificate");
    const OctetsPtr owner(der);
    SEGELL_TRY(auto certificate,
               base::Certificate::parse_der({reinterpret_cast<std::byte*>(der), static_cast<std::size_t>(length)}));
    out.push_back(std::move(certificate));
  }
  return out;
}
}  // namespace

std::optional<base::HashAlgorithm> hash_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  switch (OBJ_obj2nid(object)) {
    case NID_sha256:
      return base::HashAlgorithm::sha256;
    case NID_sha384:
      return base::HashAlgorithm::sha384;
    case NID_sha512:
      return base::HashAlgorithm::sha512;
    default:  // an identifier from outside, no enumeration of ours
      return std::nullopt;
  }
}

struct TimestampToken::Content {
  Bytes der;
  Bytes info;  // the TSTInfo's octets as signed
  base::Instant time;
  std::optional<base::Microseconds> accuracy;
  base::HashAlgorithm algorithm = base::HashAlgorithm::sha256;
  Bytes imprint;
  Bytes nonce;
  std::string policy;
  std::string serial;
  long version = 0;
  std::vector<base::Certificate> certificates;
};

base::CmsPtr TimestampTokenAccess::copy_cms(const TimestampToken& token) { return read_cms(token.der()); }
BytesView TimestampTokenAccess::info(const TimestampToken& token) { return token.m_content->info; }

Result<TimestampToken> TimestampToken::parse(BytesView der) {
  base::clear_openssl_errors();
  if (der.size() > kMaxBytes)
    return fail(Code::limit_exceeded, "timestamp.too-large", "the timestamp token is larger than 256 KiB");
  auto content = std::make_shared<Content>();
  content->der = base::to_bytes(der);
  const base::CmsPtr owner = read_cms(der);
  CMS_ContentInfo* cms = owner.get();
  if (!cms) return malformed_token("no CMS, or octets that follow it");
  if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) return malformed_token("no SignedData");
  if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_id_smime_ct_TSTInfo) return malformed_token("it holds no TSTInfo");
  ASN1_OCTET_STRING** inner = CMS_get0_content(cms);
  if (!inner || !*inner) return malformed_token("its content is missing");
  if (sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) != 1) return malformed_token("it needs exactly one signer");
  content->info = base::to_bytes(view_of(*inner));

  const TstInfoPtr info = read_info(content->info);
  if (!info) return malformed_token("its TSTInfo cannot be read");
  if (TS_TST_INFO_get_version(info.get()) != 1) return malformed_token("its version is not 1");
  const auto time = parse_generalized_time(base::as_text(view_of(TS_TST_INFO_get_time(info.get()))));
  if (!time) return malformed_token("its time cannot be read");
  content->time = *time;
  content->accuracy = read_accuracy(TS_TST_INFO_get_accuracy(info.get()));
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info.get());
  const auto algorithm = hash_of(TS_MSG_IMPRINT_get_algo(imprint));
  if (!algorithm)
    return fail(Code::unsupported, "timestamp.digest",
                "the timestamp is over a digest that is no SHA-2 of 256 bits or more");
  content->algorithm = *algorithm;
  content->imprint = base::to_bytes(view_of(TS_MSG_IMPRINT_get_msg(imprint)));
  if (const ASN1_INTEGER* nonce = TS_TST_INFO_get_nonce(info.get())) content->nonce = base::to_bytes(magnitude(nonce));
  content->policy = dotted(TS_TST_INFO_get_policy_id(info.get()));
  content->serial = base::to_hex(magnitude(TS_TST_INFO_get_serial(info.get())));
  auto certificates = read_certificates(cms);
  if (!certificates) return malformed_token("a certificate in it cannot be read");
  content->certificates = *std::move(certificates);
  base::clear_openssl_errors();
  return TimestampToken(std::move(content));
}

BytesView TimestampToken::der() const { return m_content->der; }
base::Instant TimestampToken::time() const { return m_content->time; }
std::optional<base::Microseconds> TimestampToken::accuracy() const { return m_content->accuracy; }
base::HashAlgorithm TimestampToken::imprint_algorithm() const { return m_content->algorithm; }
BytesView TimestampToken::imprint() const { return m_content->imprint; }
const std::string& TimestampToken::policy() const { return m_content->policy; }
const std::string& TimestampToken::serial_hex() const { return m_content->serial; }
BytesView TimestampToken::nonce() const { return m_content->nonce; }
const std::vector<base::Certificate>& TimestampToken::certificates() const { return m_content->certificates; }

bool timestamp_covers(const TimestampToken& token, BytesView octets) {
  return base::as_text(base::hash(token.imprint_algorithm(), octets)) == base::as_text(token.imprint());
}

}  // namespace segell::signer::ades
