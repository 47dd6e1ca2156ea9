#include "base/certificate.h"

#include "base/encoding.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <mutex>

namespace segell::base {

struct Certificate::Content {
  X509Ptr native;
  Bytes der;
  Sha256 fingerprint{};
  Instant not_before;
  Instant not_after;
  Bytes serial_der;

  /// What verdicts print, found by the first who asks: printing a name costs OpenSSL as much as hashing a page.
  struct Texts {
    std::string subject, common_name, organisation;
  };
  mutable std::once_flag asked;
  mutable Texts texts;
  const Texts& printable() const;
};

namespace {

constexpr std::size_t kMaxPem = 64 * 1024 * 1024;

Failure malformed_certificate(const char* message) {
  return openssl_failure(Code::malformed, "certificate.malformed", message);
}

template <class T, class Encode>
Bytes encode(const T* object, Encode i2d) {
  std::uint8_t* buffer = nullptr;
  const int length = i2d(object, &buffer);
  require_openssl(length >= 0, "encoding part of a certificate");
  const auto* octets = reinterpret_cast<const std::byte*>(buffer);
  Bytes out(octets, octets + length);
  OPENSSL_free(buffer);
  return out;
}

Result<Instant> instant_of(const ASN1_TIME* time) {
  std::tm fields{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &fields) != 1)
    return malformed_certificate("a certificate without a proper validity");
  using namespace std::chrono;
  return Instant(sys_days(year(fields.tm_year + 1900) / (fields.tm_mon + 1) / fields.tm_mday) + hours(fields.tm_hour) +
                 minutes(fields.tm_min) + seconds(fields.tm_sec));
}

/// What a printing function of OpenSSL writes, as UTF-8 without control characters: names come from strangers.
template <class Print>
std::string printed(Print print) {
  const BioPtr memory(BIO_new(BIO_s_mem()));
  require_openssl(memory != nullptr, "memory");
  clear_openssl_errors();
  if (print(memory.get()) < 0) {
    clear_openssl_errors();
    return {};
  }
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &text);
  std::string out(text, static_cast<std::size_t>(length));
  return is_utf8(out) ? out : std::string();
}

std::string name_text(const X509_NAME* name) {
  constexpr unsigned long kReadable = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  return printed([=](BIO* out) { return X509_NAME_print_ex(out, name, 0, kReadable); });
}

std::string attribute_text(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  return printed(
      [=](BIO* out) { return ASN1_STRING_print_ex(out, value, ASN1_STRFLGS_UTF8_CONVERT | ASN1_STRFLGS_ESC_CTRL); });
}

BytesView name_der(const X509_NAME* name) {
  const std::uint8_t* der = nullptr;
  std::size_t length = 0;
  require_openssl(X509_NAME_get0_der(name, &der, &length) == 1, "encoding a name");
  return {reinterpret_cast<const std::byte*>(der), length};
}

X509Ptr decode(OSSL_LIB_CTX* context, BytesView der) {
  X509* certificate = X509_new_ex(context, nullptr);
  require_openssl(certificate != nullptr, "X509_new_ex");
  const std::uint8_t* at = as_u8(der);
  const bool read = d2i_X509(&certificate, &at, static_cast<long>(der.size())) != nullptr;
  X509Ptr owned(certificate);  // OpenSSL has freed it, and says so, where it failed
  return read ? std::move(owned) : nullptr;
}

}  // namespace

const Certificate::Content::Texts& Certificate::Content::printable() const {
  std::call_once(asked, [this] {
    const X509_NAME* name = X509_get_subject_name(native.get());
    texts = {name_text(name), attribute_text(name, NID_commonName), attribute_text(name, NID_organizationName)};
  });
  return texts;
}

Result<Certificate> Certificate::parse_der(BytesView der) {
  clear_openssl_errors();
  auto content = std::make_shared<Content>();
  content->native = decode(certificate_context(), der);
  // a key of a kind that the context does not know
  if (content->native != nullptr && X509_get0_pubkey(content->native.get()) == nullptr) {
    clear_openssl_errors();
    content->native = decode(nullptr, der);
  }
  if (content->native == nullptr) return malformed_certificate("not an X.509 certificate");
  content->der = encode(content->native.get(), i2d_X509);
  // OpenSSL also reads BER and stops at the end of the element; one certificate has one encoding here.
  if (!std::equal(der.begin(), der.end(), content->der.begin(), content->der.end()))
    return malformed_certificate("a certificate that is not DER, or has octets behind it");
  content->fingerprint = sha256(content->der);
  SEGELL_TRY(content->not_before, instant_of(X509_get0_notBefore(content->native.get())));
  SEGELL_TRY(content->not_after, instant_of(X509_get0_notAfter(content->native.get())));
  content->serial_der = encode(X509_get0_serialNumber(content->native.get()), i2d_ASN1_INTEGER);
  (void)name_der(X509_get_subject_name(content->native.get()));  // encoded once, before threads share it
  (void)name_der(X509_get_issuer_name(content->native.get()));
  return Certificate(std::move(content));
}

Result<std::vector<Certificate>> Certificate::parse_pem(std::string_view pem) {
  if (pem.size() > kMaxPem) return fail(Code::limit_exceeded, "certificate.too-large", "PEM text longer than 64 MiB");
  clear_openssl_errors();
  const BioPtr source = source_of(as_bytes(pem));
  std::vector<Certificate> certificates;
  while (true) {
    char* raw_name = nullptr;
    char* raw_header = nullptr;
    std::uint8_t* raw_data = nullptr;
    long length = 0;
    if (PEM_read_bio(source.get(), &raw_name, &raw_header, &raw_data, &length) != 1) break;
    const auto release = [](auto* octets) { OPENSSL_free(octets); };
    const std::unique_ptr<char, decltype(release)> name(raw_name, release);
    const std::unique_ptr<char, decltype(release)> header(raw_header, release);
    const std::unique_ptr<std::uint8_t, decltype(release)> data(raw_data, release);
    if (std::string_view(name.get()) != "CERTIFICATE") continue;
    SEGELL_TRY(Certificate certificate,
               parse_der({reinterpret_cast<const std::byte*>(data.get()), static_cast<std::size_t>(length)}));
    certificates.push_back(std::move(certificate));
  }
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) return malformed_certificate("broken PEM text");
  clear_openssl_errors();
  if (certificates.empty()) return fail(Code::malformed, "certificate.malformed", "no certificate in the PEM text");
  return certificates;
}

BytesView Certificate::der() const { return m_content->der; }
const Sha256& Certificate::fingerprint() const { return m_content->fingerprint; }
std::string Certificate::subject() const { return m_content->printable().subject; }
std::string Certificate::issuer() const { return name_text(X509_get_issuer_name(native())); }
std::string Certificate::common_name() const { return m_content->printable().common_name; }
std::string Certificate::organisation() const { return m_content->printable().organisation; }

std::string Certificate::serial_hex() const {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(native());
  const auto* octets = reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(serial));
  const std::string magnitude = to_hex({octets, static_cast<std::size_t>(ASN1_STRING_length(serial))});
  return (ASN1_STRING_type(serial) & V_ASN1_NEG) != 0 ? "-" + magnitude : magnitude;
}

Instant Certificate::not_before() const { return m_content->not_before; }
Instant Certificate::not_after() const { return m_content->not_after; }

bool Certificate::is_self_issued() const {
  return X509_NAME_cmp(X509_get_subject_name(native()), X509_get_issuer_name(native())) == 0;
}

BytesView Certificate::issuer_der() const { return name_der(X509_get_issuer_name(native())); }
BytesView Certificate::serial_der() const { return m_content->serial_der; }
BytesView Certificate::subject_der() const { return name_der(X509_get_subject_name(native())); }
Bytes Certificate::public_key_der() const { return encode(X509_get_X509_PUBKEY(native()), i2d_X509_PUBKEY); }

x509_st* Certificate::native() const { return m_content->native.get(); }
evp_pkey_st* Certificate::native_public_key() const { return X509_get0_pubkey(native()); }

std::string to_pem(const Certificate& certificate) {
  const std::string base64 = to_base64(certificate.der());
  std::string out = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < base64.size(); at += 64) out.append(base64, at, 64).append("\n");
  return out + "-----END CERTIFICATE-----\n";
}

}  // namespace segell::base
