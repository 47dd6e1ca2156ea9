#include "verify/samples.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

// What a verifier remembers changes how fast it answers, and never what: whatever was asked before, in any order, each
// verdict is, octet for octet, that of a verifier that was made for it alone.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;
using namespace std::chrono_literals;

constexpr auto kDay = std::chrono::hours(24);

struct Question {
  std::string name;
  base::Bytes file;
  base::Instant at;
};

std::string answer(const Verifier& verifier, const Question& question) {
  const Verdict verdict = verifier.verify_pdf(signer::pdf::borrow_source(question.file), question.name,
                                              {.at = question.at, .disclosures = {}});
  return base::write_json(to_json(verdict, "test"));
}

TrustMaterial trust_of(const std::vector<std::filesystem::path>& files) {
  TrustMaterial trust;
  for (const auto& file : files) REQUIRE(trust.add_pem(read_file(file)));
  return trust;
}

// Every moment at which an answer may turn, and one second to each side of it.
std::vector<base::Instant> moments(const std::vector<base::Certificate>& certificates) {
  std::vector<base::Instant> out{base::SystemClock().now()};
  for (const base::Certificate& certificate : certificates) {
    for (const base::Instant boundary : {certificate.not_before(), certificate.not_after()})
      for (const auto shift : {-1s, 0s, 1s}) out.push_back(boundary + shift);
  }
  return out;
}

// Asks all in several shuffled orders, the same verifier each time.
void check_memory(const TrustMaterial& trust, std::vector<Question> questions) {
  const Verifier remembers(trust);
  std::vector<std::string> expected;
  std::vector<std::size_t> order;
  for (const Question& question : questions) {
    expected.push_back(answer(Verifier(trust), question));
    order.push_back(order.size());
  }
  CHECK(std::ranges::adjacent_find(expected, std::not_equal_to<>()) != expected.end());  // the answers differ at all
  std::mt19937 random(20261120);  // NOLINT: the order is to be the same in every run
  for (int round = 0; round < 4; ++round) {
    std::ranges::shuffle(order, random);
    for (const std::size_t i : order) {
      CAPTURE(questions[i].name);
      CAPTURE(base::format_rfc3339(questions[i].at));
      CHECK(answer(remembers, questions[i]) == expected[i]);
    }
  }
}

std::vector<Question> example_questions() {
  Samples samples;
  const auto plain = samples.plain();
  const auto sealed = samples.sign(plain, "seal-rsa");
  const std::vector<std::pair<std::string, base::Bytes>> files{
      {"rsa", sealed},
      {"p256", samples.sign(plain, "seal-p256")},
      {"twice", samples.sign(sealed, "seal-p256", {"--field", "Signature2"})},
      {"timestamped", samples.timestamp(sealed)},
      {"expired", samples.sign(plain, "seal-expired")},
      {"not yet", samples.sign(plain, "seal-not-yet-valid")},
      {"revoked", samples.sign(plain, "seal-revoked")},
      {"unknown", samples.sign(plain, "seal-unknown-ca", {}, "")},
      {"no issuer", samples.sign(plain, "seal-rsa", {}, "")},
  };
  std::vector<base::Certificate> certificates;
  for (const char* name : {"root", "issuing", "seal-rsa", "seal-expired", "seal-not-yet-valid", "seal-revoked"})
    certificates.push_back(pki_certificate(name));
  std::vector<Question> questions;
  for (const auto& [name, file] : files)
    for (const base::Instant at : moments(certificates)) questions.push_back({name, file, at});
  return questions;
}

}  // namespace

TEST_CASE("expired, revoked, unknown and sound certificates, at every moment that matters, in any order") {
  const auto questions = example_questions();
  check_memory(trust_of({pki_file("root.pem"), pki_file("root.crl.pem"), pki_file("issuing.crl.pem")}), questions);
}

TEST_CASE("what one set of anchors and lists was asked does not reach another") {
  Samples samples;
  const auto now = base::SystemClock().now();
  const Question sound{"rsa", samples.sign(samples.plain(), "seal-rsa"), now};
  const Question revoked{"revoked", samples.sign(samples.plain(), "seal-revoked"), now};
  const Verifier with_lists(trust_of({pki_file("root.pem"), pki_file("root.crl.pem"), pki_file("issuing.crl.pem")}));
  const Verifier without_lists(trust_of({pki_file("root.pem")}));
  const Verifier elsewhere(trust_of({pki_file("unknown-root.pem")}));
  for (int round = 0; round < 2; ++round) {
    CHECK(answer(with_lists, sound).find("TOTAL-PASSED") != std::string::npos);
    CHECK(answer(elsewhere, sound).find("NO_CERTIFICATE_CHAIN_FOUND") != std::string::npos);
    CHECK(answer(without_lists, revoked).find("TOTAL-PASSED") != std::string::npos);
    CHECK(answer(with_lists, revoked).find("REVOKED_NO_POE") != std::string::npos);
  }
}

TEST_CASE("an authority that renewed its certificate: the path taken depends on the time alone") {
  const TemporaryFolder folder;
  const auto made = run({SEGELL_SOURCE_DIR "/tests/support/renewed_authority.sh", folder.path().string()});
  REQUIRE_MESSAGE(made.ok(), made.all());
  Samples samples;
  const auto file = samples.sign(samples.plain(), (folder / "leaf").string(), {}, (folder / "leaf.chain").string());
  const auto load = [&](const char* name) {
    return base::Certificate::parse_pem(read_file(folder / (std::string(name) + ".pem"))).value().front();
  };
  const auto trust = trust_of({folder / "root.pem", folder / "root.crl.pem"});
  const base::Instant now = base::SystemClock().now();
  const Question early{"early", file, now + kDay}, late{"late", file, now + 150 * kDay};
  // today the older certificate leads the way, and it is revoked; once it has expired, the newer one does
  CHECK(answer(Verifier(trust), early).find("REVOKED_CA_NO_POE") != std::string::npos);
  CHECK(answer(Verifier(trust), late).find("TOTAL-PASSED") != std::string::npos);
  const Verifier remembers(trust);
  CHECK(answer(remembers, late) == answer(Verifier(trust), late));
  CHECK(answer(remembers, early) == answer(Verifier(trust), early));

  std::vector<Question> questions{early, late};
  for (const base::Instant at : moments({load("root"), load("older"), load("newer"), load("leaf")}))
    questions.push_back({"any", file, at});
  check_memory(trust, questions);
}

TEST_CASE("threads that share a verifier get what each would get alone") {
  const auto trust = trust_of({pki_file("root.pem"), pki_file("root.crl.pem"), pki_file("issuing.crl.pem")});
  Samples samples;
  const auto plain = samples.plain();
  const auto now = base::SystemClock().now();
  const std::vector<Question> questions{{"rsa", samples.sign(plain, "seal-rsa"), now},
                                        {"p256", samples.sign(plain, "seal-p256"), now},
                                        {"revoked", samples.sign(plain, "seal-revoked"), now},
                                        {"expired", samples.sign(plain, "seal-expired"), now}};
  std::vector<std::string> expected;
  for (const Question& question : questions) expected.push_back(answer(Verifier(trust), question));
  const Verifier shared(trust);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (std::size_t first = 0; first < 4; ++first) {
    threads.emplace_back([&, first] {
      for (std::size_t i = 0; i < 40; ++i) {
        const std::size_t which = (first + i) % questions.size();
        if (i % 10 == 9) shared.forget();
        if (answer(shared, questions[which]) != expected[which]) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
