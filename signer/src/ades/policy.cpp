#include "policy.h"

#include "algorithms.h"
#include "base/openssl_ptr.h"
#include "work.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <array>

namespace segell::signer::ades {
namespace {

constexpr std::string_view kAnyRsa = "1.2.840.113549.1.1.1", kPss = "1.2.840.113549.1.1.10",
                           kAnyCurve = "1.2.840.10045.2.1", kP256 = "1.2.840.10045.3.1.7";

AlgorithmLimit refused(std::string name) { return {.accepted = false, .until = std::nullopt, .name = std::move(name)}; }

// Dotted identifier and short name of the curve; empty where it has none.
std::pair<std::string, std::string> curve_of(const EVP_PKEY* key) {
  std::array<char, 80> name{};
  std::size_t length = 0;
  if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), &length) != 1)
    return {};
  std::array<char, 80> dotted{};
  const ASN1_OBJECT* object = OBJ_nid2obj(OBJ_txt2nid(name.data()));
  if (object != nullptr) OBJ_obj2txt(dotted.data(), dotted.size(), object, 1);
  return {dotted.data(), name.data()};
}

AlgorithmLimit stricter(const AlgorithmLimit& a, const AlgorithmLimit& b) {
  if (a.accepted != b.accepted) return a.accepted ? b : a;
  if (!a.until || (b.until && *b.until < *a.until)) return b;
  return a;
}

AlgorithmLimit limit_of_curve(const AlgorithmSuite& suite, std::string_view method_oid, const EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  const std::vector<AlgorithmParameter> sizes{{"plength", bits}, {"qlength", bits}};
  auto method = suite.find(method_oid, {}, sizes);
  if (!method) method = suite.find(kAnyCurve, "ecPublicKey", sizes);
  const auto [dotted, name] = curve_of(key);
  if (!method) return refused("ECDSA on " + name);
  const auto curve = suite.find(dotted, name, sizes);
  if (!curve && suite.find(kP256, "secp256r1", sizes)) return refused("the curve " + name);
  return curve ? stricter(*method, *curve) : *method;
}

// Under the exponent 1 every value is its own signature, and under an even one nobody can sign (RFC 8017 3.1). A key
// that tells no exponent is taken by its size.
bool anybody_signs(const EVP_PKEY* key) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &read) != 1) return false;
  const base::Owned<BIGNUM, BN_free> exponent(read);
  return BN_is_one(exponent.get()) == 1 || BN_is_odd(exponent.get()) != 1;
}

AlgorithmLimit limit_of_rsa(const AlgorithmSuite& suite, std::string_view method_oid, const EVP_PKEY* key) {
  if (anybody_signs(key)) return refused("RSA with an exponent that keeps nobody from signing");
  const std::vector<AlgorithmParameter> sizes{{"moduluslength", EVP_PKEY_get_bits(key)}};
  auto limit = suite.find(method_oid, {}, sizes);
  if (!limit) limit = suite.find(kAnyRsa, "rsaEncryption", sizes);
  const std::string name = "RSA with a key of " + std::to_string(EVP_PKEY_get_bits(key)) + " bits";
  if (!limit) return refused(name);
  limit->name = name;
  return *limit;
}

}  // namespace

AlgorithmLimit limit_of(const AlgorithmSuite& suite, Digest digest) {
  auto limit = suite.find(oid_of(digest), to_string(digest));
  if (!limit) return refused(std::string(to_string(digest)));
  limit->name = to_string(digest);
  return *limit;
}

AlgorithmLimit limit_of_signature(const AlgorithmSuite& suite, SignatureMethod method, std::optional<Digest> digest,
                                  const EVP_PKEY* key) {
  if (key == nullptr) return refused("a key that cannot be read");
  const std::string_view oid = digest ? oid_of(method, *digest) : std::string_view();
  switch (method) {
    case SignatureMethod::rsa_pkcs1:
      return limit_of_rsa(suite, oid, key);
    case SignatureMethod::rsa_pss:
      return limit_of_rsa(suite, kPss, key);
    case SignatureMethod::ecdsa:
      return limit_of_curve(suite, oid, key);
    case SignatureMethod::ed25519:
      return suite.find("1.3.101.112", "Ed25519").value_or(refused("Ed25519"));
    case SignatureMethod::ed448:
      return suite.find("1.3.101.113", "Ed448").value_or(refused("Ed448"));
    case SignatureMethod::unknown:
      break;
  }
  return refused("a signature algorithm that is not known");
}

CertificateLimits limits_of_certificate(const AlgorithmSuite& suite, const base::Certificate& certificate,
                                        const base::Certificate& issuer) {
  int digest_nid = NID_undef, method_nid = NID_undef;
  X509_get_signature_info(certificate.native(), &digest_nid, &method_nid, nullptr, nullptr);
  base::clear_openssl_errors();
  const SignatureMethod method = method_of_nid(method_nid);
  const bool eddsa = method == SignatureMethod::ed25519 || method == SignatureMethod::ed448;
  const std::optional<Digest> digest = digest_of_nid(digest_nid);
  const AlgorithmLimit none{.accepted = true, .until = std::nullopt, .name = {}};
  return {.digest = digest ? limit_of(suite, *digest) : (eddsa ? none : refused("a digest that is not known")),
          .signature = limit_of_signature(suite, method, digest, issuer.native_public_key())};
}

void AlgorithmPolicy::add(const AlgorithmLimit& limit) {
  const bool worse = (!limit.accepted && accepted) || (limit.until && (!until || *limit.until < *until) && accepted);
  if (worse) weakest = limit.name;
  accepted = accepted && limit.accepted;
  if (limit.until && (!until || *limit.until < *until)) until = limit.until;
}

const AlgorithmSuite& suite_of(const VerifyOptions& options) {
  return options.suite ? *options.suite : AlgorithmSuite::standard();
}

}  // namespace segell::signer::ades
