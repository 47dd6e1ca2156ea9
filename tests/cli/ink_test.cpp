// `segell ink` as a custodian's two people run it. openssl is the judge of decryption.
#include "cli/custodian.h"
#include "support/sample_pdf.h"

#include "base/digest.h"
#include "base/json.h"
#include "base/random.h"
#include "signer/ades/disclosure.h"
#include "signer/ades/seal.h"
#include "signer/ink/iso19794.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace segell;
using segell::tests::check_ink_refused;
using segell::tests::Custodian;
using segell::tests::KeyCost;
using segell::tests::kHalfOne;
using segell::tests::kHalfTwo;
using segell::tests::Options;
namespace ades = segell::signer::ades;

namespace {

/// A sealed document whose act has a custody envelope, and its disclosure.
struct Sealed {
  ades::Manifest manifest{.verification_code = ades::VerificationCode::make()};
  std::vector<ades::Fact> facts;
  base::Bytes document;

  explicit Sealed(const Custodian& custodian, const std::array<std::byte, 32>& nonce) {
    const std::string plain = tests::make_sample_pdf();
    const base::BytesView shown = base::as_bytes(plain);
    const auto digest = base::sha256(base::as_bytes(tests::read_file(custodian.file("envelope"))));
    facts = ades::make_facts({{ades::FactType::custody_envelope, base::Json(base::to_hex(digest))}}).value();
    manifest = {.verification_code = manifest.verification_code,
                .shown = {shown.size(), base::sha256(shown), base::sha512(shown)},
                .base = {shown.size(), base::sha256(shown)},
                .rendition = {},
                .method = ades::Method::drawn_with_dynamics,
                .meaning = ades::Meaning::agree,
                .nonce = nonce,
                .signer = ades::DocumentSignerId::make(),
                .commitments = ades::commitments(facts).value()};
    const auto opened = signer::pdf::Document::open(signer::pdf::borrow_source(shown)).value();
    ades::SealRequest request;
    request.manifest = ades::write_manifest(manifest).value();
    request.claimed_time = base::SystemClock().now();
    const auto seal = ades::Sealer::make(tests::pki_identity("seal-p256"))
                          .value()
                          .seal(opened, std::move(request), ades::TimeDemand::none, nullptr);
    REQUIRE(seal);
    document = base::to_bytes(shown);
    base::append(document, seal->bytes);
    write(custodian);
  }
  void write(const Custodian& custodian) const {
    tests::write_file(custodian.file("sealed.pdf"), base::as_text(document));
    const auto disclosure = ades::write_disclosure({manifest.verification_code, facts}).value();
    tests::write_file(custodian.file("disclosure.json"), base::as_text(disclosure));
  }
};

/// An envelope and the document that it belongs to.
struct Case : Custodian {
  std::array<std::byte, 32> nonce = base::random_array<32>();
  Options bound{{"--document", file("sealed.pdf")}, {"--disclosure", file("disclosure.json")}};
  Case() { bind(base::to_hex(base::sha256(base::as_bytes(tests::make_sample_pdf()))), nonce); }
  void bind(const std::string& document, const std::array<std::byte, 32>& inside) {
    record = base::write_json(tests::ink_record({.document = document, .nonce = base::to_base64url(inside)}));
    envelop();
  }
};

}  // namespace

TEST_CASE("two people open an envelope: what comes out is what openssl decrypts, for its owner's eyes only") {
  const Custodian custodian(KeyCost::real);
  const auto opened = custodian.open({{"--cert", tests::pki_file("custodian.pem")}});
  REQUIRE_MESSAGE(opened.exit_code == 0, opened.all());
  CHECK(opened.err.empty());
  const auto oracle =
      tests::run({"openssl", "cms", "-decrypt", "-inform", "DER", "-in", custodian.file("envelope"), "-recip",
                  tests::pki_file("custodian.pem"), "-inkey", tests::pki_file("custodian.key")});
  CHECK(tests::read_file(custodian.file("out/record.json")) == oracle.out);
  CHECK(oracle.out == custodian.record);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(custodian.file("out"))) {
    struct stat facts {};
    REQUIRE(::stat(entry.path().c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"ink.inkml", "iso-19794-7-2007.bin", "iso-19794-7-2014.xml", "pressure.svg",
                                          "record.json", "replay.svg", "report.txt", "samples.csv", "speed.svg",
                                          "trace.svg"});
  struct stat folder {};
  REQUIRE(::stat(custodian.file("out").c_str(), &folder) == 0);
  CHECK((folder.st_mode & 0777) == 0700);
  const std::string iso = tests::read_file(custodian.file("out/iso-19794-7-2007.bin"));
  CHECK(signer::ink::parse_iso_2007(base::as_bytes(iso)).value().points == 152);
  CHECK(opened.out == tests::read_file(custodian.file("out/report.txt")));
}

TEST_CASE("an output that exists is never written over, and the register hears of nothing") {
  const Custodian custodian;
  std::filesystem::create_directory(custodian.file("out"));
  check_ink_refused(custodian.open(), 2, "out: exists already");
  CHECK(std::filesystem::is_empty(custodian.file("out")));
  CHECK_FALSE(std::filesystem::exists(custodian.file("openings.jsonl")));
}

TEST_CASE("one half, a wrong half, a guessable half and the same person twice do not open") {
  const Custodian custodian(KeyCost::real);
  const auto halves = [&](const std::string& one, const std::string& two) {
    tests::write_file(custodian.file("a"), one);
    tests::write_file(custodian.file("b"), two);
    return custodian.open({{"--passphrase-file", custodian.file("a")}, {"--passphrase-file", custodian.file("b")}});
  };
  check_ink_refused(custodian.open({{"--passphrase-file", custodian.file("one")}}), 2, "two are needed");
  check_ink_refused(halves(kHalfOne, "not the half that it should be"), 2, "do not open the key");
  check_ink_refused(halves(kHalfOne, kHalfOne), 2, "are the same");
  check_ink_refused(halves(kHalfOne, "short"), 2, "fewer than 16");
  check_ink_refused(custodian.open({{"--witness", " marta  inventada"}}), 2, "same person");
  CHECK(custodian.open({{"--reason", "  "}}).exit_code == 2);
  CHECK_FALSE(custodian.wrote());
  CHECK_FALSE(std::filesystem::exists(custodian.file("openings.jsonl")));
  CHECK(halves(kHalfTwo, kHalfOne).exit_code == 0);  // in either order
}

TEST_CASE("the passphrase of two halves is the one that docs/custody.md makes in shell") {
  const Custodian custodian(KeyCost::real);
  const auto key = tests::run({"openssl", "pkey", "-in", custodian.file("key.pem"), "-passin",
                               "file:" + custodian.file("pass"), "-outform", "DER", "-pubout"});
  CHECK(key.ok());
  CHECK(key.out == base::as_text(tests::pki_certificate("custodian").public_key_der()));
}

TEST_CASE("halves are asked for at the terminal without showing them") {
  const Custodian custodian;
  auto command = custodian.command({{"--passphrase-file", ""}});
  const std::string program = R"(
import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0: os.execvp(sys.argv[3], sys.argv[3:])
seen = b''
def until(words):
    global seen
    while words not in seen: seen += os.read(fd, 1024)
until(b'half of the passphrase of Marta Inventada: '); os.write(fd, sys.argv[1].encode() + b'\n')
until(b'half of the passphrase of Pere Exemple: '); os.write(fd, sys.argv[2].encode() + b'\n')
while True:
    try: more = os.read(fd, 1024)
    except OSError: break
    if not more: break
    seen += more
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(code, sys.argv[1].encode() in seen, sys.argv[2].encode() in seen)
)";
  command.insert(command.begin(), {tests::kPython, "-c", program, kHalfOne, kHalfTwo});
  const auto asked = tests::run(command);
  CHECK_MESSAGE(asked.out == "0 False False\n", asked.all());
  CHECK(custodian.wrote());
}

TEST_CASE("a key of one person opens only with a note, told loudly and kept") {
  const Custodian custodian;
  const Options alone{{"--key", tests::pki_file("custodian-p256.key")},
                      {"--passphrase-file", ""},
                      {"--register", custodian.file("openings.jsonl")}};
  check_ink_refused(custodian.open(alone), 2, "one person opens it");
  CHECK_FALSE(custodian.wrote());
  Options noted = alone;
  noted.emplace_back("--single-person-note", "la segona persona és de baixa");
  const auto opened = custodian.open(noted);
  CHECK(opened.exit_code == 0);
  CHECK(opened.err.find("CAUTION: one person alone") != std::string::npos);
  CHECK(opened.out.find("CAUTION: ONE PERSON ALONE") != std::string::npos);
  CHECK(opened.out.find("la segona persona és de baixa") != std::string::npos);
  CHECK(custodian.log().find("\"twoPersons\":false,\"singlePersonNote\":\"la segona persona és de baixa\"") !=
        std::string::npos);
  CHECK(custodian.openings().out.find("ONE PERSON ALONE: la segona") != std::string::npos);
}

TEST_CASE("a P-256 key from PKCS#12 opens with two halves, and its certificate is checked") {
  const Custodian custodian;
  for (const std::string name : {"custodian-p256", "seal-p256"})
    REQUIRE(tests::run({"openssl", "pkcs12", "-export", "-in", tests::pki_file(name + ".pem"), "-inkey",
                        tests::pki_file(name + ".key"), "-out", custodian.file(name + ".p12"), "-passout",
                        "file:" + custodian.file("pass")})
                .ok());
  check_ink_refused(custodian.open({{"--key", custodian.file("seal-p256.p12")}}), 2,
                    "not encrypted to this certificate");
  CHECK(custodian.open({{"--key", custodian.file("custodian-p256.p12")}}).exit_code == 0);
}

TEST_CASE("keys, certificates and envelopes that do not belong together are refused by name") {
  Custodian custodian;
  check_ink_refused(custodian.open({{"--cert", tests::pki_file("reserve.pem")}}), 2, "belongs to another key");
  const Options stranger{{"--key", tests::pki_file("seal-rsa.key")},
                         {"--passphrase-file", ""},
                         {"--single-person-note", "x"},
                         {"--register", custodian.file("openings.jsonl")}};
  check_ink_refused(custodian.open(stranger), 2, "is not encrypted to this key");
  CHECK(custodian.log().find("\"why\":\"envelope.not-for-this-key\"") != std::string::npos);
  custodian.envelop({tests::pki_file("custodian.pem")});  // PKCS#1 v1.5: a wrong key could not be told from a right one
  check_ink_refused(custodian.open(), 2, "is not encrypted to this key");
  tests::write_file(custodian.file("envelope"), "hello");
  check_ink_refused(custodian.open(), 2, "no custody envelope");
  custodian.record = "hello";
  custodian.envelop();
  check_ink_refused(custodian.open(), 2, "the ink record's text");
  CHECK_FALSE(custodian.wrote());
}

TEST_CASE("a sealed document and its disclosure prove that the strokes were made for it") {
  const Case custody;
  const Sealed sealed(custody, custody.nonce);
  for (const auto& [language, words] : {std::pair{"ca", "es compromet exactament amb aquest sobre"},
                                        {"es", "se compromete exactamente con este sobre"},
                                        {"en", "commits to exactly this envelope"}}) {
    Options options = custody.bound;
    options.insert(options.end(), {{"--lang", language}, {"-o", custody.file(language)}});
    const auto opened = custody.open(options);
    CHECK_MESSAGE(opened.exit_code == 0, opened.all());
    CHECK(opened.out.find(words) != std::string::npos);
    CHECK(opened.out.find("Ajuntament de Vilaexemple (segell P-256)") != std::string::npos);
    for (const char* forbidden : {"score:", "match", "similar"}) CHECK(opened.out.find(forbidden) == std::string::npos);
  }
  CHECK(custody.log().find("\"boundToDocument\":true,\"committed\":true") != std::string::npos);
}

TEST_CASE(
    "an envelope of another act, another document or another seal is refused with its reason, and nothing leaves") {
  const auto refuses = [](Case& custody, int exit_code, std::string_view words, std::string_view reason,
                          std::optional<Options> options = {}) {
    check_ink_refused(custody.open(options.value_or(custody.bound)), exit_code, words);
    CHECK_FALSE(custody.wrote());
    CHECK(custody.log().find("\"event\":\"refused\"") != std::string::npos);
    CHECK(custody.log().find("\"why\":\"" + std::string(reason) + "\"") != std::string::npos);
  };
  SUBCASE("the seal commits to another envelope") {
    Case custody;
    const Sealed sealed(custody, custody.nonce);
    custody.envelop();  // the same content, encrypted anew
    refuses(custody, 1, "commits to another envelope", "ink.other-envelope");
  }
  SUBCASE("the disclosure proves no envelope") {
    Case custody;
    Sealed sealed(custody, custody.nonce);
    std::erase_if(sealed.facts, [](const auto& fact) { return fact.type == ades::FactType::custody_envelope; });
    sealed.write(custody);
    refuses(custody, 3, "proves no custody envelope", "ink.not-committed");
  }
  SUBCASE("a disclosure that was altered proves nothing") {
    Case custody;
    Sealed sealed(custody, custody.nonce);
    for (auto& fact : sealed.facts) fact.salt[0] ^= std::byte{1};
    sealed.write(custody);
    refuses(custody, 3, "proves no custody envelope", "ink.not-committed");
  }
  SUBCASE("another document") {
    Case custody;
    custody.bind(std::string(64, 'b'), custody.nonce);
    const Sealed sealed(custody, custody.nonce);
    refuses(custody, 1, "made for another document", "ink.other-document");
  }
  SUBCASE("another act on the same document") {
    Case custody;
    const Sealed sealed(custody, base::random_array<32>());
    refuses(custody, 1, "made for another act", "ink.other-nonce");
  }
  SUBCASE("a document that was altered") {
    Case custody;
    Sealed sealed(custody, custody.nonce);
    sealed.document[20] ^= std::byte{1};
    sealed.write(custody);
    const auto opened = custody.open(custody.bound);
    CHECK(opened.exit_code != 0);
    CHECK_FALSE(custody.wrote());
  }
  SUBCASE("a document without an act") {
    Case custody;
    tests::write_file(custody.file("sealed.pdf"), tests::make_sample_pdf());
    refuses(custody, 2, "no seal in it declares", "ink.no-act", Options{custody.bound[0]});
  }
}
