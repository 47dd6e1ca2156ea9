#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <sstream>
#include <thread>

using namespace segell;
using namespace segell::tests;

namespace {

base::Json verdict_on(World& world, const base::Bytes& pdf, std::optional<base::BytesView> disclosure = {}) {
  return must(base::parse_json(must(app::verify(world.service(), pdf, disclosure))));
}

base::Bytes content(World& world, const std::string& document) {
  return must(app::read_content(world.service(), world.integrator(), document)).bytes;
}

/// What the PDF says, its words one space apart: where a line breaks depends on the code it holds.
std::string words_of(const base::Bytes& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "sealed.pdf", base::to_text(pdf));
  const auto text = run({"pdftotext", "-layout", (folder / "sealed.pdf").string(), "-"});
  REQUIRE(text.ok());
  std::istringstream in(text.out);
  std::string words;
  for (std::string word; in >> word;) words += word + ' ';
  return words;
}

const base::Json& first_signature(const base::Json& verdict) { return verdict.find("signatures")->as_array()->front(); }

}  // namespace

TEST_CASE("document, request, choices, act: sealed with a timestamp, verified, decided, logged") {
  World world({.tsa = "good"});
  world.notice();
  const std::string person = world.person();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, person));
  const app::Act act = prepare(world, visit, {"grant", "informed"});
  const auto before = world.log_size();
  const auto reply = must(app::perform_act(world.service(), visit, act, world.once()));
  CHECK(world.log_size() == before + 3);  // the seal and two decisions
  CHECK(at(reply.body, {"sealed", "time"}) == "tsa");
  CHECK(at(reply.body, {"sealed", "documentId"}) == document);

  const base::Bytes sealed = content(world, document);
  CHECK(at(reply.body, {"sealed", "sha256"}) == base::to_hex(base::sha256(sealed)));
  const auto told = pdfsig(base::to_text(sealed));
  REQUIRE(told.size() == 1);
  CHECK(told[0].valid);
  CHECK(told[0].total_document);
  CHECK(qpdf_complaints(base::to_text(sealed)).empty());

  const base::Json verdict = verdict_on(world, sealed);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(first_signature(verdict), {"level"}) == "B-T");
  CHECK(at(first_signature(verdict), {"act", "present"}) == "true");
  CHECK(at(first_signature(verdict), {"act", "disclosed"}) == "{}");
  CHECK(world.ask(person) == "permit");
  CHECK(world.ask(person, "register") == "permit");
}

TEST_CASE("the disclosure opens what the manifest commits to") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "informed"}), world.once()));
  const auto disclosure = must(app::read_disclosure(world.service(), world.integrator(), document));
  const base::Json verdict = verdict_on(world, content(world, document), disclosure.bytes);
  INFO(base::write_json(verdict));
  CHECK(at(first_signature(verdict), {"act", "disclosed"}).find("Roser Exemple i Prova") != std::string::npos);
  CHECK(at(first_signature(verdict), {"act", "disclosed"}).find("\"grant\"") != std::string::npos);
}

TEST_CASE("nothing of the person stands in clear in what the seal adds") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  const app::Act act = prepare(world, visit, {"grant", "informed"});
  must(app::perform_act(world.service(), visit, act, world.once()));
  const std::string added = base::to_text(content(world, document)).substr(act.shown_length);
  for (const char* canary : {"Roser", "DNI vist", "income.tax", "id-seen"}) {
    CHECK(added.find(canary) == std::string::npos);
  }
}

TEST_CASE("withdrawn after the act: the next evaluation denies with withdrawn") {
  World world;
  world.notice();
  const std::string person = world.person();
  const auto visit = world.visit(world.wish(world.document(), person));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "object"}), world.once()));
  CHECK(world.ask(person) == "permit");
  CHECK(world.ask(person, "register") == "opposed");
  world.clock().pass(std::chrono::seconds(1));
  must(app::record_decision(world.service(), world.integrator(), person,
                            {"withdraw", "meal-grant", "income.tax", "ensenyament", {}, {}, {}, "slip"}, world.once()));
  CHECK(world.ask(person) == "withdrawn");
}

TEST_CASE("a button act shows no ink and seals the same") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"refuse", "informed"}, "button"), world.once()));
  const base::Json verdict = verdict_on(world, content(world, document));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(first_signature(verdict), {"act", "method"}) == "button");
}

TEST_CASE("the seal says in words who, how and when, set before the act or in it, and the digests are the document's") {
  for (const bool set_before : {true, false}) {
    for (const std::string method : {"button", "drawn"}) {
      CAPTURE(set_before);
      CAPTURE(method);
      World world;
      world.notice();
      const std::string document = world.document();
      const auto visit = world.visit(world.wish(document, world.person()));
      const app::Act act = prepare(world, visit, {"grant", "informed"}, method);
      if (!set_before) world.reopen("");
      must(app::perform_act(world.service(), visit, act, world.once()));
      const base::Bytes sealed = content(world, document);
      const std::string words = words_of(sealed);
      CHECK_MESSAGE(words.find("que declara que Roser Exemple i Prova") != std::string::npos, words);
      CHECK(words.find(method == "button" ? "va confirmar amb un botó" : "va fer la seva signatura") !=
            std::string::npos);
      CHECK(words.find("Data i hora: ") != std::string::npos);
      CHECK(words.find(" UTC") != std::string::npos);
      const auto revisions = must(world.store().read(world.tenant(), [&](const storage::View& view) {
        return view.documents().revisions(must(base::DocumentId::parse(document)));
      }));
      CHECK(revisions.back().kind == "act");
      CHECK(revisions.back().sha256 == base::sha256(sealed));
      CHECK(revisions.back().sha512 == base::sha512(sealed));
    }
  }
}

TEST_CASE("two acts at once on one request: exactly one seals") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  const app::Act act = prepare(world, visit, {"grant", "informed"});
  std::vector<std::string> outcomes(4);
  std::vector<app::Idempotency> keys;
  for (std::size_t i = 0; i < outcomes.size(); ++i) keys.push_back(world.once());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto reply = app::perform_act(world.service(), visit, act, keys[i]);
      outcomes[i] = reply ? "sealed" : std::string(reply.error().reason);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(outcomes.begin(), outcomes.end(), "sealed") == 1);
  CHECK(std::count(outcomes.begin(), outcomes.end(), "visit.over") == 3);
  CHECK(pdfsig(base::to_text(content(world, document))).size() == 1);
}

TEST_CASE("the same act sent twice is one seal with one answer") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const app::Act act = prepare(world, visit, {"grant", "informed"});
  const auto key = world.once();
  const auto first = must(app::perform_act(world.service(), visit, act, key));
  const auto size = world.log_size();
  const auto again = must(app::perform_act(world.service(), visit, act, key));
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  CHECK(world.log_size() == size);
}

TEST_CASE("a second signer seals on top, and the first seal stays valid and unmodified") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto first = world.visit(world.wish(document, world.person()));
  const auto second = world.visit(world.wish(document, world.person("Pere Exemple")));
  const app::Act act_one = prepare(world, first, {"grant", "informed"});
  must(app::perform_act(world.service(), first, act_one, world.once()));
  const app::Act act_two = prepare(world, second, {"refuse", "informed"});
  must(app::perform_act(world.service(), second, act_two, world.once()));
  const base::Bytes sealed = content(world, document);
  for (const PdfsigSignature& signature : pdfsig(base::to_text(sealed))) CHECK(signature.valid);
  const base::Json verdict = verdict_on(world, sealed);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(verdict.find("signatures")->as_array()->size() == 2);
}

TEST_CASE("a second signer who was shown the paper before the first sealed may still sign it") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto first = world.visit(world.wish(document, world.person()));
  const auto second = world.visit(world.wish(document, world.person("Pere Exemple")));
  const app::Act act_one = prepare(world, first, {"grant", "informed"});
  const app::Act act_two = prepare(world, second, {"refuse", "informed"});
  must(app::perform_act(world.service(), first, act_one, world.once()));
  must(app::perform_act(world.service(), second, act_two, world.once()));
  const base::Json verdict = verdict_on(world, content(world, document));
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
}

TEST_CASE("a document that came signed gets no page: the choices stand in the sealed facts") {
  World world;
  world.notice();
  const std::string first_document = world.document();
  const auto one = world.visit(world.wish(first_document, world.person()));
  must(app::perform_act(world.service(), one, prepare(world, one, {"grant", "informed"}), world.once()));
  const base::Bytes came_signed = content(world, first_document);

  const std::string document = world.document(base::to_text(came_signed));
  const auto visit = world.visit(world.wish(document, world.person("Pere Exemple")));
  const app::Act act = prepare(world, visit, {"refuse", "object"});
  CHECK(act.shown_length == came_signed.size());
  must(app::perform_act(world.service(), visit, act, world.once()));
  const base::Bytes sealed = content(world, document);
  const auto told = pdfsig(base::to_text(sealed));
  REQUIRE(told.size() == 2);
  CHECK(told[0].valid);
  CHECK(told[1].valid);
  const auto disclosure = must(app::read_disclosure(world.service(), world.integrator(), document));
  CHECK(base::to_text(disclosure.bytes).find("\"refuse\"") != std::string::npos);
}
