#include "base/certificate.h"

#include "base/encoding.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

using namespace segell::base;
using segell::tests::read_file;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace {

const std::string kIssued = SEGELL_PKI;

/// What the openssl command says about a certificate, without its "name=" and line end.
std::string openssl_says(const std::string& file, std::vector<std::string> options) {
  std::vector<std::string> command = {"openssl", "x509", "-in", file, "-noout"};
  command.insert(command.end(), options.begin(), options.end());
  const auto result = run(command);
  REQUIRE_MESSAGE(result.ok(), result.all());
  return result.out.substr(result.out.find('=') + 1, result.out.find('\n') - result.out.find('=') - 1);
}

Certificate load(const std::string& file) { return Certificate::parse_pem(read_file(file)).value().front(); }

}  // namespace

TEST_CASE("a certificate says what the openssl command says") {
  for (const char* name : {"seal-rsa.pem", "seal-p256.pem", "root.pem", "tsa.pem", "seal-expired.pem"}) {
    const std::string file = kIssued + "/" + name;
    CAPTURE(file);
    const Certificate certificate = load(file);
    CHECK(certificate.subject() == openssl_says(file, {"-subject", "-nameopt", "RFC2253,-esc_msb,utf8"}));
    CHECK(certificate.issuer() == openssl_says(file, {"-issuer", "-nameopt", "RFC2253,-esc_msb,utf8"}));
    std::string fingerprint = openssl_says(file, {"-fingerprint", "-sha256"});
    std::erase(fingerprint, ':');
    CHECK(certificate.fingerprint() == sha256(certificate.der()));
    CHECK(from_hex(fingerprint).value() == to_bytes(certificate.fingerprint()));
    CHECK(from_hex(openssl_says(file, {"-serial"})).value() == from_hex(certificate.serial_hex()).value());
    CHECK(format_rfc3339(certificate.not_before()) == [&] {
      std::string text = openssl_says(file, {"-startdate", "-dateopt", "iso_8601"});
      text[10] = 'T';
      return text;
    }());
    CHECK(certificate.not_before() < certificate.not_after());
    CHECK(certificate.is_self_issued() == (std::string(name) == "root.pem"));
    CHECK(to_pem(certificate) == read_file(file).substr(read_file(file).find("-----BEGIN")));
  }
}

TEST_CASE("the parts that a CMS message needs are those of the encoding") {
  const Certificate leaf = load(kIssued + "/seal-rsa.pem");
  const Certificate issuing = load(kIssued + "/issuing.pem");
  CHECK(to_hex(leaf.issuer_der()) == to_hex(issuing.subject_der()));
  const std::string der = to_hex(leaf.der());
  CHECK(der.find(to_hex(leaf.issuer_der())) != std::string::npos);
  CHECK(der.find(to_hex(leaf.serial_der()) + "300d06092a864886f70d01010b") != std::string::npos);
  CHECK(der.find(to_hex(leaf.public_key_der())) != std::string::npos);
  CHECK(leaf.native_public_key() != nullptr);
  const Certificate copy = leaf;
  CHECK(copy == leaf);
  CHECK(copy.native() == leaf.native());
  CHECK_FALSE(leaf == issuing);
}

TEST_CASE("names with accents, separators and control characters become readable text without control characters") {
  const TemporaryFolder folder;
  const auto made = run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                         "-nodes", "-utf8", "-keyout", (folder / "k").string(), "-out", (folder / "c").string(),
                         "-subj", "/O=Ajuntament, d'Exemple/CN=Núria \x1b[31m Ficció"});
  REQUIRE_MESSAGE(made.ok(), made.all());
  const Certificate certificate = load((folder / "c").string());
  CHECK(certificate.common_name() == "Núria \\1B[31m Ficció");
  CHECK(certificate.organisation() == "Ajuntament, d'Exemple");
  CHECK(certificate.subject() == "CN=Núria \\1B[31m Ficció,O=Ajuntament\\, d'Exemple");
}

TEST_CASE("a name whose octets are not what their type claims is refused") {
  Bytes der = to_bytes(load(kIssued + "/seal-p256.pem").der());
  const std::size_t at = to_hex(der).rfind("550403");  // id-at-commonName of the subject
  REQUIRE(at != std::string::npos);
  der[at / 2 + 5] = std::byte{0xff};  // behind OID, string tag and length
  CHECK_FALSE(Certificate::parse_der(der));
}

TEST_CASE("exactly one DER certificate is accepted") {
  const Bytes der = to_bytes(load(kIssued + "/seal-p256.pem").der());
  CHECK(Certificate::parse_der(der));
  Bytes longer = der;
  longer.push_back(std::byte{0});
  CHECK_FALSE(Certificate::parse_der(longer));
  for (std::size_t length = 0; length < der.size(); length += 7)
    CHECK_FALSE(Certificate::parse_der(BytesView(der).first(length)));
  const auto none = Certificate::parse_der(as_bytes("not a certificate"));
  REQUIRE_FALSE(none);
  CHECK(none.error().reason == "certificate.malformed");
}

TEST_CASE("PEM texts give all their certificates and nothing else") {
  const std::string leaf = read_file(kIssued + "/seal-p256.pem");
  const std::string root = read_file(kIssued + "/root.pem");
  const std::string key = read_file(kIssued + "/seal-p256.key");
  const auto several = Certificate::parse_pem("a comment\n" + leaf + key + root);
  REQUIRE(several);
  CHECK(several->size() == 2);
  CHECK_FALSE(Certificate::parse_pem(""));
  CHECK_FALSE(Certificate::parse_pem({}));
  CHECK_FALSE(Certificate::parse_pem(key));
  CHECK_FALSE(Certificate::parse_pem(leaf.substr(0, leaf.size() / 2)));
  CHECK_FALSE(Certificate::parse_pem(leaf + root.substr(0, root.size() / 2)));
  CHECK_FALSE(Certificate::parse_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

TEST_CASE("keys of every kind that OpenSSL knows are read, those of signers and others") {
  const TemporaryFolder folder;
  const std::string key = (folder / "k").string(), file = (folder / "c").string(), parameters = (folder / "p").string();
  REQUIRE(run({"openssl", "genpkey", "-quiet", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024",
               "-out", parameters})
              .ok());
  for (const std::vector<std::string>& kind : std::vector<std::vector<std::string>>{
           {"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"},
           {"-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP384r1"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"},
           {"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"},
           {"-algorithm", "ED25519"},
           {"-algorithm", "ED448"},
           {"-paramfile", parameters},
       }) {
    std::vector<std::string> command{"openssl", "genpkey", "-quiet", "-out", key};
    command.insert(command.end(), kind.begin(), kind.end());
    CAPTURE(kind.back());
    REQUIRE(run(command).ok());
    const auto made = run({"openssl", "req", "-x509", "-new", "-key", key, "-out", file, "-subj", "/CN=Clau"});
    REQUIRE_MESSAGE(made.ok(), made.all());
    CHECK(load(file).native_public_key() != nullptr);
  }
}
