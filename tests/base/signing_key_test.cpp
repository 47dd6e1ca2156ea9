#include "base/signing_key.h"

#include "base/encoding.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

using namespace segell::base;
using segell::tests::read_file;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace {

const std::string kPki = SEGELL_PKI;

Secret secret(std::string_view text) { return Secret(to_bytes(text)); }
Bytes hex(std::string_view text) { return from_hex(text).value(); }

void openssl(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "openssl");
  const auto result = run(arguments);
  REQUIRE_MESSAGE(result.ok(), result.all());
}

auto parse(const std::filesystem::path& file, std::string_view passphrase = {}) {
  return parse_signing_key_pem(as_bytes(read_file(file)), secret(passphrase));
}

auto open_p12(const std::filesystem::path& file, std::string_view passphrase = "segell") {
  return parse_pkcs12(as_bytes(read_file(file)), secret(passphrase));
}

/// The openssl command judges the signature under the public key that we report.
bool openssl_accepts(const SigningKey& key, std::string_view message) {
  const TemporaryFolder folder;
  write_file(folder / "message", message);
  write_file(folder / "signature", to_text(key.sign(as_bytes(message)).value()));
  write_file(folder / "public.der", to_text(key.public_key_der()));
  std::vector<std::string> command;
  if (key.scheme() == SignatureScheme::ed25519) {
    command = {"openssl",  "pkeyutl",
               "-verify",  "-rawin",
               "-in",      (folder / "message").string(),
               "-sigfile", (folder / "signature").string()};
    command.insert(command.end(), {"-pubin", "-keyform", "DER", "-inkey", (folder / "public.der").string()});
  } else {
    const HashAlgorithm hash = content_hash_of(key.scheme());
    command = {"openssl",
               "dgst",
               hash == HashAlgorithm::sha256   ? "-sha256"
               : hash == HashAlgorithm::sha384 ? "-sha384"
                                               : "-sha512",
               "-keyform",
               "DER",
               "-verify",
               (folder / "public.der").string()};
    if (key.scheme() == SignatureScheme::rsa_pss_sha256)
      command.insert(command.end(), {"-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"});
    command.insert(command.end(), {"-signature", (folder / "signature").string(), (folder / "message").string()});
  }
  return run(command).ok();
}

}  // namespace

TEST_CASE("a private key is read in every PEM form, and openssl accepts what it signs") {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  const auto is_usable = [&](const char* name, std::string_view passphrase, SignatureScheme scheme) {
    const auto key = parse(folder / name, passphrase);
    REQUIRE_MESSAGE(key, (key ? "" : key.error().message));
    CHECK((*key)->scheme() == scheme);
    CHECK(openssl_accepts(**key, "to be signed"));
  };
  openssl({"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", at("rsa.pem")});
  openssl({"rsa", "-in", at("rsa.pem"), "-traditional", "-out", at("rsa-pkcs1.pem")});
  openssl({"rsa", "-in", at("rsa.pem"), "-traditional", "-aes256", "-passout", "pass:open me", "-out",
           at("rsa-pkcs1-enc.pem")});
  openssl({"pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", at("rsa.pem"), "-passout", "pass:obre'm", "-out",
           at("rsa-pkcs8-enc.pem")});
  openssl({"ecparam", "-name", "prime256v1", "-genkey", "-out", at("ec-sec1.pem")});
  openssl({"pkcs8", "-topk8", "-nocrypt", "-in", at("ec-sec1.pem"), "-out", at("ec-pkcs8.pem")});
  openssl({"genpkey", "-algorithm", "ED25519", "-out", at("ed.pem")});
  openssl({"ecparam", "-name", "secp384r1", "-genkey", "-out", at("p384.pem")});
  openssl({"ecparam", "-name", "secp521r1", "-genkey", "-out", at("p521.pem")});
  openssl({"genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", at("pss.pem")});
  is_usable("p384.pem", "", SignatureScheme::ecdsa_p384_sha384);
  is_usable("p521.pem", "", SignatureScheme::ecdsa_p521_sha512);
  is_usable("pss.pem", "", SignatureScheme::rsa_pss_sha256);
  is_usable("rsa.pem", "", SignatureScheme::rsa_pkcs1_sha256);
  is_usable("rsa-pkcs1.pem", "", SignatureScheme::rsa_pkcs1_sha256);
  is_usable("rsa-pkcs1-enc.pem", "open me", SignatureScheme::rsa_pkcs1_sha256);
  is_usable("rsa-pkcs8-enc.pem", "obre'm", SignatureScheme::rsa_pkcs1_sha256);
  is_usable("ec-sec1.pem", "", SignatureScheme::ecdsa_p256_sha256);
  is_usable("ec-pkcs8.pem", "", SignatureScheme::ecdsa_p256_sha256);
  is_usable("ed.pem", "", SignatureScheme::ed25519);

  for (const char* name : {"rsa-pkcs1-enc.pem", "rsa-pkcs8-enc.pem"}) {
    for (const char* passphrase : {"wrong", ""}) {
      const auto key = parse(folder / name, passphrase);
      REQUIRE_FALSE(key);
      CHECK(key.error().code == Code::unauthenticated);
      CHECK(key.error().reason == "key.wrong-passphrase");
      CHECK(key.error().message.find("wrong") == std::string::npos);
    }
  }
}

// One wrong passphrase in 256 leaves what looks like a decrypted key until it is read.
TEST_CASE("two thousand wrong passphrases are each called wrong") {
  const TemporaryFolder folder;
  const std::string plain = (folder / "plain.pem").string();
  openssl({"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", plain});
  openssl({"ec", "-in", plain, "-aes256", "-passout", "pass:open me", "-out", (folder / "sec1.pem").string()});
  openssl({"pkcs8", "-topk8", "-v2", "aes-256-cbc", "-iter", "1", "-in", plain, "-passout", "pass:open me", "-out",
           (folder / "pkcs8.pem").string()});
  for (const char* name : {"sec1.pem", "pkcs8.pem"}) {
    const std::string pem = read_file(folder / name);
    std::size_t called_wrong = 0;
    for (int i = 0; i < 1000; ++i) {
      const auto key = parse_signing_key_pem(as_bytes(pem), secret("wrong " + std::to_string(i)));
      called_wrong += !key && key.error().reason == "key.wrong-passphrase" ? 1U : 0U;
    }
    CHECK(called_wrong == 1000);
  }
}

TEST_CASE("an RSA key signs with RSA-PSS where that is asked for, and no other key does") {
  const auto rsa = parse(kPki + "/seal-rsa.key").value();
  const auto pss = with_pss_padding(rsa);
  REQUIRE(pss);
  CHECK((*pss)->scheme() == SignatureScheme::rsa_pss_sha256);
  CHECK(openssl_accepts(**pss, "to be signed"));
  CHECK(with_pss_padding(*pss).value() == *pss);
  CHECK(rsa->scheme() == SignatureScheme::rsa_pkcs1_sha256);
  CHECK(openssl_accepts(*rsa, "to be signed"));
  const auto refused = with_pss_padding(parse(kPki + "/seal-p256.key").value());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "key.not-rsa");
}

TEST_CASE("a key that Segell does not sign with is refused by its name") {
  const TemporaryFolder folder;
  const auto refused = [&](std::vector<std::string> genpkey, const char* words) {
    genpkey.insert(genpkey.begin(), "genpkey");
    genpkey.insert(genpkey.end(), {"-out", (folder / "key.pem").string()});
    openssl(genpkey);
    const auto key = parse(folder / "key.pem");
    REQUIRE_FALSE(key);
    CHECK(key.error().code == Code::unsupported);
    CHECK(key.error().reason == "key.unsupported");
    CHECK_MESSAGE(key.error().message.find(words) != std::string::npos, key.error().message);
  };
  refused({"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"}, "1024 bits");
  refused({"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"}, "secp256k1");
  refused({"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"}, "brainpoolP256r1");
  refused({"-algorithm", "ED448"}, "ED448");
  refused({"-algorithm", "X25519"}, "X25519");
  refused({"-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_pss_keygen_md:sha512",
           "-pkeyopt", "rsa_pss_keygen_mgf1_md:sha512"},
          "SHA-256");
}

TEST_CASE("a text without a private key is malformed") {
  const TemporaryFolder folder;
  const std::string certificate = read_file(kPki + "/seal-rsa.pem");
  const std::string key = read_file(kPki + "/seal-p256.key");
  for (const std::string& text : {std::string(), std::string("hello"), certificate, key.substr(0, key.size() / 2),
                                  std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")}) {
    const auto parsed = parse_signing_key_pem(as_bytes(text), Secret());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().reason == "key.malformed");
  }
  CHECK_FALSE(parse_signing_key_pem({}, Secret()));
  CHECK(parse_signing_key_pem(as_bytes(certificate + key), Secret()));  // a key behind other blocks is found
}

TEST_CASE("a private half that belongs to another public one is refused") {
  // SEC1 keeps the public point beside the private number: put another key's point there.
  const TemporaryFolder folder;
  const auto der_of = [&](const char* name) {
    openssl(
        {"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-outform", "DER", "-out", (folder / name).string()});
    return read_file(folder / name);
  };
  const std::string a = der_of("a.der");
  const std::string b = der_of("b.der");
  REQUIRE(a.size() == 121);
  const std::string mixed = a.substr(0, 121 - 65) + b.substr(121 - 65);
  const std::string pem =
      "-----BEGIN EC PRIVATE KEY-----\n" + to_base64(as_bytes(mixed)) + "\n-----END EC PRIVATE KEY-----\n";
  const auto key = parse_signing_key_pem(as_bytes(pem), Secret());
  REQUIRE_FALSE(key);
  CHECK(key.error().code == Code::malformed);
}

TEST_CASE("a PKCS#12 file gives key, certificate and the issuers, nearest first") {
  for (const char* name : {"seal-rsa.p12", "seal-p256.p12"}) {
    CAPTURE(std::string(name));
    const auto identity = open_p12(kPki + "/" + name);
    REQUIRE_MESSAGE(identity, (identity ? "" : identity.error().message));
    const std::string pem = std::string(name).substr(0, std::string(name).size() - 4) + ".pem";
    CHECK(identity->certificate == Certificate::parse_pem(read_file(kPki + "/" + pem)).value().front());
    REQUIRE(identity->chain.size() >= 1);
    CHECK(identity->chain[0] == Certificate::parse_pem(read_file(kPki + "/issuing.pem")).value().front());
    CHECK(openssl_accepts(*identity->key, "m"));
  }
}

TEST_CASE("a PKCS#12 file with the old ciphers opens through the legacy provider") {
  const auto identity = open_p12(kPki + "/seal-rsa-legacy.p12");
  REQUIRE_MESSAGE(identity, (identity ? "" : identity.error().message));
  CHECK(openssl_accepts(*identity->key, "m"));
}

TEST_CASE("where the legacy provider cannot be loaded, the way to convert the file is named") {
  const TemporaryFolder folder;
  REQUIRE(::setenv("OPENSSL_MODULES", folder.path().c_str(), 1) == 0);
  const auto identity = open_p12(kPki + "/seal-rsa-legacy.p12");
  const auto modern = open_p12(kPki + "/seal-rsa.p12");
  REQUIRE(::unsetenv("OPENSSL_MODULES") == 0);
  REQUIRE_FALSE(identity);
  CHECK(identity.error().code == Code::unsupported);
  CHECK(identity.error().reason == "key.legacy-pkcs12");
  CHECK(identity.error().hint.find("openssl pkcs12 -legacy -in") != std::string::npos);
  CHECK(modern);
}

TEST_CASE("the conversion that the hint names gives a file that opens without the legacy provider") {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  openssl({"pkcs12", "-legacy", "-in", kPki + "/seal-rsa-legacy.p12", "-passin", "pass:segell", "-passout",
           "pass:between", "-out", at("KEY.pem")});
  openssl({"pkcs12", "-export", "-in", at("KEY.pem"), "-passin", "pass:between", "-passout", "pass:new", "-out",
           at("NEW.p12")});
  CHECK(open_p12(folder / "NEW.p12", "new"));
}

TEST_CASE("a wrong passphrase, a damaged file and a foreign file are told apart") {
  for (const char* name : {"seal-rsa.p12", "seal-rsa-legacy.p12"}) {
    for (const char* passphrase : {"wrong", ""}) {
      const auto identity = open_p12(kPki + "/" + name, passphrase);
      REQUIRE_FALSE(identity);
      CHECK(identity.error().reason == "key.wrong-passphrase");
    }
  }
  const std::string file = read_file(kPki + "/seal-rsa.p12");
  for (const std::string& broken :
       {std::string(), file.substr(0, file.size() - 1), file + "x", read_file(kPki + "/seal-rsa.pem")}) {
    const auto identity = parse_pkcs12(as_bytes(broken), secret("segell"));
    REQUIRE_FALSE(identity);
    CHECK(identity.error().reason == "key.malformed");
  }
}

TEST_CASE("PKCS#12 files of other shapes are opened or refused by name") {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder / name).string(); };
  const auto reason_of = [&](std::string_view passphrase) {
    const auto identity = open_p12(folder / "x.p12", passphrase);
    return identity ? "opened" : std::string(identity.error().reason);
  };
  const std::vector<std::string> own = {"-inkey", kPki + "/seal-p256.key", "-in", kPki + "/seal-p256.pem"};
  const auto export_with = [&](std::vector<std::string> more) {
    std::vector<std::string> command = {"pkcs12", "-export", "-out", at("x.p12")};
    command.insert(command.end(), more.begin(), more.end());
    openssl(command);
  };
  auto arguments = own;
  arguments.insert(arguments.end(), {"-passout", "pass:"});
  export_with(arguments);
  CHECK(reason_of("") == "opened");
  CHECK(reason_of("x") == "key.wrong-passphrase");

  arguments = own;
  arguments.insert(arguments.end(), {"-nomac", "-passout", "pass:segell"});
  export_with(arguments);
  CHECK(reason_of("segell") == "key.malformed");

  export_with({"-nokeys", "-in", kPki + "/seal-p256.pem", "-passout", "pass:segell"});
  CHECK(reason_of("segell") == "key.malformed");

  export_with({"-inkey", kPki + "/seal-p256.key", "-nocerts", "-passout", "pass:segell"});
  CHECK(reason_of("segell") == "key.malformed");
}

TEST_CASE("key and certificate must belong together, and only true issuers join the chain") {
  const auto certificate = [](const char* name) {
    return Certificate::parse_pem(read_file(kPki + "/" + name)).value().front();
  };
  const auto key = parse(kPki + "/seal-p256.key").value();
  const auto foreign = make_seal_identity(key, certificate("seal-rsa.pem"), {});
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().reason == "key.certificate-mismatch");

  const auto identity =
      make_seal_identity(key, certificate("seal-p256.pem"),
                         {certificate("unknown-root.pem"), certificate("root.pem"), certificate("issuing.pem")});
  REQUIRE(identity);
  REQUIRE(identity->chain.size() == 2);
  CHECK(identity->chain[0] == certificate("issuing.pem"));
  CHECK(identity->chain[1] == certificate("root.pem"));
}

TEST_CASE("Ed25519 gives the signatures of RFC 8032 section 7.1") {
  struct Row {
    const char *seed, *public_key, *message, *signature;
  };
  const Row rows[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
       "4655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
       "eb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
       "dc027beceea1ec40a"},
  };
  for (const Row& row : rows) {
    const Secret seed(hex(row.seed));
    CHECK(to_hex(ed25519_public_key(seed).value()) == row.public_key);
    const auto key = make_ed25519_key(seed).value();
    CHECK(to_hex(key->sign(hex(row.message)).value()) == row.signature);
    CHECK(verify_ed25519(hex(row.public_key), hex(row.message), hex(row.signature)));
    CHECK_FALSE(verify_ed25519(hex(row.public_key), hex(std::string(row.message) + "00"), hex(row.signature)));
    Bytes changed = hex(row.signature);
    changed[63] ^= std::byte{0x20};  // S beyond the group order must not verify either
    CHECK_FALSE(verify_ed25519(hex(row.public_key), hex(row.message), changed));
  }
  CHECK_FALSE(make_ed25519_key(Secret(Bytes(31))));
  CHECK_FALSE(ed25519_public_key(Secret(Bytes(33))));
  CHECK_FALSE(verify_ed25519(Bytes(31), {}, Bytes(64)));
  CHECK_FALSE(verify_ed25519(Bytes(32), {}, Bytes(63)));
}

TEST_CASE("threads sign with one key at the same time") {
  const auto key = parse(kPki + "/seal-p256.key").value();
  const auto seed_key = make_ed25519_key(Secret(Bytes(32, std::byte{7}))).value();
  const Bytes expected = seed_key->sign(as_bytes("same")).value();
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        if (!key->sign(as_bytes("message"))) ++wrong[t];
        if (seed_key->sign(as_bytes("same")).value() != expected) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4));
  CHECK(openssl_accepts(*key, "afterwards"));
}
