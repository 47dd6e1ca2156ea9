// Seals whose key is elsewhere: the digest goes out, the signature comes in.

#include "app/seal_wish.h"
#include "app/world.h"

#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <thread>

using namespace segell;
using namespace segell::tests;

namespace {

base::Json prepare_on(World& world, const app::NewSealPreparation& wanted) {
  return *must(app::prepare_seal(world.service(), world.integrator(), wanted, world.once())).body.find("preparation");
}

std::string refused(World& world, const app::NewSealPreparation& wanted) {
  return reason(app::prepare_seal(world.service(), world.integrator(), wanted, world.once()));
}

base::Result<app::Reply> complete(World& world, const base::Json& preparation, base::BytesView signature) {
  return app::complete_seal(world.service(), world.integrator(), at(preparation, {"id"}), signature, world.once());
}

/// The far-away key: it sees a digest and nothing else.
base::Bytes sign_digest(const base::Json& preparation, const std::string& identity = "seal-p256",
                        const std::vector<std::string>& more = {}) {
  const TemporaryFolder folder;
  const std::string name = at(preparation, {"digestAlgorithm"}) == "SHA-384" ? "sha384" : "sha256";
  write_file(folder / "digest", base::to_text(base::from_hex(at(preparation, {"digest"})).value()));
  std::vector<std::string> words{"openssl",
                                 "pkeyutl",
                                 "-sign",
                                 "-inkey",
                                 pki_file(identity + ".key").string(),
                                 "-in",
                                 (folder / "digest").string(),
                                 "-out",
                                 (folder / "signature").string(),
                                 "-pkeyopt",
                                 "digest:" + name};
  words.insert(words.end(), more.begin(), more.end());
  const auto done = run(words);
  REQUIRE_MESSAGE(done.ok(), done.err);
  return base::to_bytes(read_file(folder / "signature"));
}

base::Bytes content_of(World& world, const std::string& document) {
  return must(app::read_content(world.service(), world.integrator(), document)).bytes;
}

}  // namespace

TEST_CASE("a seal is made with a signature from elsewhere, and both pdfsig and the verifier take it") {
  World world({.tsa = "good"});
  for (const std::string identity : {"seal-p256", "seal-rsa"}) {
    CAPTURE(identity);
    const std::string document = world.document();
    auto wanted = seal_wish(document, identity);
    wanted.reason = "Conforme";
    const auto before = world.log_size();
    const base::Json preparation = prepare_on(world, wanted);
    CHECK(world.log_size() == before);
    CHECK(content_of(world, document).size() == make_sample_pdf().size());  // nothing of it is stored yet
    const auto reply = must(complete(world, preparation, sign_digest(preparation, identity)));
    CHECK(at(reply.body, {"seal", "time"}) == "tsa");
    CHECK(at(reply.body, {"seal", "revision"}) == "1");
    CHECK(world.log_size() == before + 2);  // one look at the content, one seal
    const base::Bytes sealed = content_of(world, document);
    CHECK(at(reply.body, {"seal", "sha256"}) == base::to_hex(base::sha256(sealed)));
    const auto told = pdfsig(base::to_text(sealed));
    REQUIRE(told.size() == 1);
    CHECK(told[0].valid);
    const auto verdict = must(base::parse_json(must(app::verify(world.service(), sealed, {}))));
    CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  }
}

TEST_CASE("RSA-PSS is told apart, an empty field that the document brings is taken, and r || s is accepted") {
  World world;
  auto wanted = seal_wish(world.document(), "seal-rsa");
  wanted.padding = "pss";
  wanted.field = "Segell";
  const base::Json pss = prepare_on(world, wanted);
  CHECK(at(pss, {"algorithm"}).starts_with("RSA-PSS"));
  const std::vector<std::string> padding{"-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"};
  CHECK(reason(complete(world, pss, sign_digest(pss, "seal-rsa"))) == "key.wrong-signature");
  CHECK(at(must(complete(world, pss, sign_digest(pss, "seal-rsa", padding))).body, {"seal", "time"}) == "none");

  const base::Json plain = prepare_on(world, seal_wish(world.document()));
  const base::Bytes der = sign_digest(plain);
  base::Bytes raw;  // SEQUENCE { INTEGER r, INTEGER s }, each filled up to 32 octets
  for (std::size_t at = 2; at < der.size();) {
    const auto length = std::to_integer<std::size_t>(der[at + 1]);
    base::Bytes number(der.begin() + static_cast<std::ptrdiff_t>(at + 2),
                       der.begin() + static_cast<std::ptrdiff_t>(at + 2 + length));
    if (number.size() > 32) number.erase(number.begin());
    number.insert(number.begin(), 32 - number.size(), std::byte{0});
    base::append(raw, number);
    at += 2 + length;
  }
  CHECK(reason(complete(world, plain, raw)).empty());
}

TEST_CASE("what does not fit is refused by name, nothing is stored, and the preparation goes on holding") {
  World world;
  const std::string document = world.document();
  const base::Json preparation = prepare_on(world, seal_wish(document));
  const base::Bytes right = sign_digest(preparation);
  // Another document: of two that are the same, laid out in one second, the same is to be signed.
  const base::Json other =
      prepare_on(world, seal_wish(world.document(make_sample_pdf({.extra_catalog = "/Lang (ca)"}))));
  const auto before = world.log_size();
  CHECK(reason(complete(world, preparation, {})) == "key.wrong-signature");
  CHECK(reason(complete(world, preparation, sign_digest(other))) == "key.wrong-signature");
  CHECK(reason(complete(world, preparation, base::Bytes(100'000, std::byte{7}))) == "key.wrong-signature");
  CHECK(reason(complete(world, preparation, sign_digest(preparation, "seal-rsa"))) == "key.wrong-signature");
  CHECK(world.log_size() == before);
  world.reopen("");  // a preparation outlives the process
  CHECK(reason(complete(world, preparation, right)).empty());
  CHECK(reason(complete(world, preparation, right)) == "seal.preparation-used");
  CHECK(world.log_size() == before + 1);
}

TEST_CASE("a preparation ends after a day, and with the next revision of its document") {
  World world;
  const base::Json late = prepare_on(world, seal_wish(world.document()));
  const std::string document = world.document();
  const base::Json first = prepare_on(world, seal_wish(document));
  const base::Json second = prepare_on(world, seal_wish(document));
  CHECK(reason(complete(world, first, sign_digest(first))).empty());
  CHECK(reason(complete(world, second, sign_digest(second))) == "seal.prepared-changed");
  world.clock().pass(std::chrono::hours(24));
  CHECK(reason(complete(world, late, sign_digest(late))) == "seal.preparation-expired");
  world.clock().pass(std::chrono::hours(24 * 8));
  const base::Json again = prepare_on(world, seal_wish(document));
  CHECK(reason(complete(world, late, sign_digest(late))) == "seal-preparation.unknown");
  CHECK(reason(complete(world, again, sign_digest(again))).empty());
}

TEST_CASE("nobody's paper changes while people are asked to sign it") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string document = world.document();
  const base::Json preparation = prepare_on(world, seal_wish(document));
  const auto visit = world.visit(world.wish(document, person));
  CHECK(refused(world, seal_wish(document)) == "seal.requests-pending");
  CHECK(reason(complete(world, preparation, sign_digest(preparation))) == "seal.prepared-changed");
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "informed"}), world.once()));
  const base::Json after = prepare_on(world, seal_wish(document));
  CHECK(reason(complete(world, after, sign_digest(after))).empty());
  const auto verdict = must(base::parse_json(must(app::verify(world.service(), content_of(world, document), {}))));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(verdict.find("signatures")->as_array()->size() == 2);
}

TEST_CASE("wishes that make no seal are refused before anything is signed") {
  World world;
  const std::string document = world.document();
  auto wanted = seal_wish("01h2xcejqtf2nbrexx3vqjhp41");
  CHECK(refused(world, wanted) == "document.unknown");
  wanted = seal_wish(document);
  wanted.certificates.clear();
  CHECK(refused(world, wanted) == "seal.bad-certificate");
  for (const char* text : {"AAAA", "?", ""}) {
    wanted.certificates = {text};
    CHECK(refused(world, wanted) == "seal.bad-certificate");
  }
  wanted = seal_wish(document);
  wanted.certificates.pop_back();
  CHECK(refused(world, wanted) == "seal.certificate-untrusted");  // its issuer is missing
  wanted = seal_wish(document);
  wanted.padding = "none";
  CHECK(refused(world, wanted) == "seal.bad-padding");
  wanted = seal_wish(document);
  wanted.field = "a\nb";
  CHECK(refused(world, wanted) == "seal.bad-field");
  wanted.field = "a.b";
  CHECK(refused(world, wanted) == "pdf.field-name");
  wanted = seal_wish(document);
  wanted.reason = std::string(256, 'x');
  CHECK(refused(world, wanted) == "seal.bad-reason");
  CHECK(refused(world, seal_wish(document, "tsa")) != "");
  app::Caller weak = world.integrator();
  std::erase(weak.rights, app::Right::documents_seal);
  CHECK(reason(app::prepare_seal(world.service(), weak, seal_wish(document), world.once())) == "auth.missing-right");
  CHECK(reason(app::complete_seal(world.service(), weak, "x", {}, world.once())) == "auth.missing-right");
}

TEST_CASE("without its authority a seal waits for its time as an act does, or is refused where one is required") {
  World world({.tsa = "down"});
  const std::string document = world.document();
  const base::Json preparation = prepare_on(world, seal_wish(document));
  const base::Bytes signature = sign_digest(preparation);
  world.reopen(WorldOptions{.tsa = "down", .require_timestamp = true});
  CHECK(reason(complete(world, preparation, signature)) == "act.timestamp-required");
  world.reopen(WorldOptions{.tsa = "down"});
  CHECK(at(must(complete(world, preparation, signature)).body, {"seal", "time"}) == "pending");
  world.reopen("good");
  world.clock().pass(std::chrono::minutes(1));
  CHECK(world.service().run_jobs_once() == 1);
  const auto verdict = must(base::parse_json(must(app::verify(world.service(), content_of(world, document), {}))));
  CHECK(at(verdict.find("signatures")->as_array()->front(), {"timeBasis"}) == "tsa");
}

TEST_CASE("one signature sent by many at once makes one seal") {
  World world;
  const base::Json preparation = prepare_on(world, seal_wish(world.document()));
  const base::Bytes signature = sign_digest(preparation);
  std::vector<app::Idempotency> keys;
  for (int i = 0; i < 6; ++i) keys.push_back(world.once());
  std::vector<std::string> outcomes(keys.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    threads.emplace_back([&, i] {
      outcomes[i] =
          reason(app::complete_seal(world.service(), world.integrator(), at(preparation, {"id"}), signature, keys[i]));
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(outcomes.begin(), outcomes.end(), "") == 1);
  CHECK(std::count(outcomes.begin(), outcomes.end(), "seal.preparation-used") == 5);
}
