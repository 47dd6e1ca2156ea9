#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"

#include <doctest/doctest.h>

#include <thread>

using namespace segell;
using namespace segell::tests;

namespace {

/// A visit that is ready for its act.
struct Ready {
  explicit Ready(const WorldOptions& options = {}) : world(options) {
    world.notice();
    document = world.document();
    auto wish = world.wish(document, world.person());
    wish.methods.emplace_back("drawn-with-dynamics");
    visit = world.visit(wish);
    act = prepare(world, visit, {"grant", "informed"});
  }
  std::string try_act(const app::Act& what) {
    return reason(app::perform_act(world.service(), visit, what, world.once()));
  }
  std::string time_of_act() {
    const auto described = must(app::describe_document(world.service(), world.integrator(), document));
    for (const base::Json& revision : *described.find("document")->find("revisions")->as_array()) {
      if (at(revision, {"kind"}) == "act") return at(revision, {"time"});
    }
    return "no act";
  }
  std::string indication() {
    const auto bytes = must(app::read_content(world.service(), world.integrator(), document)).bytes;
    return at(must(base::parse_json(must(app::verify(world.service(), bytes, {})))), {"indication"});
  }

  World world;
  std::string document;
  app::VisitCaller visit;
  app::Act act;
};

}  // namespace

TEST_CASE("a digest that is not the frozen document's is refused, and the right one then seals") {
  Ready ready;
  const auto before = ready.world.log_size();
  app::Act wrong = ready.act;
  wrong.shown_sha256[0] = wrong.shown_sha256[0] == '0' ? '1' : '0';
  CHECK(ready.try_act(wrong) == "act.wrong-digest");
  wrong = ready.act;
  wrong.shown_sha512[5] = wrong.shown_sha512[5] == '0' ? '1' : '0';
  CHECK(ready.try_act(wrong) != "");
  wrong = ready.act;
  wrong.shown_length += 1;
  CHECK(ready.try_act(wrong) != "");
  wrong = ready.act;
  wrong.shown_sha256 = "abc";
  CHECK(ready.try_act(wrong) == "act.bad-digest");
  CHECK(ready.world.log_size() == before);
  CHECK(ready.try_act(ready.act).empty());
}

TEST_CASE("the digest of an earlier revision is a stale page") {
  Ready ready;
  const auto original = must(
      ready.world.store().document_content(ready.world.tenant(), must(base::DocumentId::parse(ready.document)), 0));
  CHECK(ready.try_act(act_on(original, "drawn")) == "act.stale");
}

TEST_CASE("a request is used once") {
  Ready ready;
  CHECK(ready.try_act(ready.act).empty());
  CHECK(ready.try_act(ready.act) == "visit.over");
}

TEST_CASE("an act before the choices, and one after the term, are refused") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const app::Act early = act_on(base::to_bytes("x"), "drawn");
  CHECK(reason(app::perform_act(world.service(), visit, early, world.once())) == "visit.not-frozen");
  const app::Act act = prepare(world, visit, {"grant", "informed"});
  world.clock().pass(std::chrono::hours(3));
  CHECK(reason(app::perform_act(world.service(), visit, act, world.once())) == "visit.expired");
}

TEST_CASE("method, picture and envelope must belong together") {
  Ready ready;
  app::Act act = ready.act;
  act.method = "official";
  CHECK(ready.try_act(act) == "act.method-not-offered");
  act = ready.act;
  act.picture.reset();
  CHECK(ready.try_act(act) == "act.picture-missing");
  act = ready.act;
  act.method = "button";
  CHECK(ready.try_act(act) == "act.picture-unexpected");
  act = ready.act;
  act.envelope = base::to_bytes("x");
  CHECK(ready.try_act(act) == "act.envelope-unexpected");
  act = ready.act;
  act.method = "drawn-with-dynamics";
  CHECK(ready.try_act(act) == "act.envelope-missing");
  act.envelope = base::to_bytes("not a CMS");
  CHECK(ready.try_act(act) == "act.envelope-malformed");
  act = ready.act;
  act.picture->zlib.resize(act.picture->zlib.size() / 2);
  CHECK(ready.try_act(act) == "ink.malformed");
  act = ready.act;
  act.meaning = "whatever";
  CHECK(ready.try_act(act) == "act.bad-meaning");
}

TEST_CASE("capture facts that could carry a stroke are refused") {
  Ready ready;
  for (const char* capture : {R"({"pointerType":"pen","points":[[1,2]]})", R"({"pressure":[0.5]})", R"([])",
                              R"({"pointerType":"0.25,0.5,0.75"})", R"({"pointerType":7})"}) {
    app::Act act = ready.act;
    act.capture = must(base::parse_json(capture));
    CHECK(ready.try_act(act) == "act.bad-capture");
  }
}

TEST_CASE("a custody envelope lies beside the document, comes back as it came, and only outside keys open it") {
  Ready ready;
  const TemporaryFolder folder;
  write_file(folder / "series", R"({"schema":"segell.ink/1"})");
  const auto made = run({"openssl",
                         "cms",
                         "-encrypt",
                         "-binary",
                         "-aes-256-cbc",
                         "-outform",
                         "DER",
                         "-in",
                         (folder / "series").string(),
                         "-out",
                         (folder / "envelope").string(),
                         "-recip",
                         pki_file("custodian.pem").string(),
                         "-keyopt",
                         "rsa_padding_mode:oaep",
                         "-keyopt",
                         "rsa_oaep_md:sha256",
                         "-recip",
                         pki_file("reserve.pem").string(),
                         "-keyopt",
                         "rsa_padding_mode:oaep",
                         "-keyopt",
                         "rsa_oaep_md:sha256"});
  INFO(made.all());
  REQUIRE(made.ok());
  app::Act act = ready.act;
  act.method = "drawn-with-dynamics";
  act.envelope = base::to_bytes(read_file(folder / "envelope"));
  CHECK(ready.try_act(act).empty());
  const auto back = must(app::read_envelope(ready.world.service(), ready.world.integrator(), ready.document));
  CHECK(back.bytes == *act.envelope);
  write_file(folder / "back", base::to_text(back.bytes));
  const auto opened = run({"openssl", "cms", "-decrypt", "-inform", "DER", "-in", (folder / "back").string(), "-inkey",
                           pki_file("reserve.key").string(), "-recip", pki_file("reserve.pem").string()});
  CHECK(opened.out == R"({"schema":"segell.ink/1"})");
}

TEST_CASE("a time-stamping authority that is down, slow or lies leaves the time pending, and it comes later") {
  for (const char* behaviour : {"down", "slow", "wrong-nonce", "wrong-imprint", "untrusted", "garbage"}) {
    CAPTURE(behaviour);
    Ready ready({.tsa = behaviour});
    REQUIRE(ready.try_act(ready.act).empty());
    CHECK(ready.time_of_act() == "pending");
    CHECK(ready.indication() == "TOTAL-PASSED");
    ready.world.clock().pass(std::chrono::seconds(2));
    CHECK(ready.world.service().run_jobs_once() == 0);
    CHECK(ready.time_of_act() == "pending");
    ready.world.reopen("good");
    ready.world.clock().pass(std::chrono::minutes(2));
    CHECK(ready.world.service().run_jobs_once() == 1);
    CHECK(ready.time_of_act() == "tsa");
    CHECK(ready.indication() == "TOTAL-PASSED");
    ready.world.clock().pass(std::chrono::minutes(2));
    CHECK(ready.world.service().run_jobs_once() == 0);
  }
}

TEST_CASE("the background thread adds a late timestamp by itself") {
  Ready ready({.tsa = "down"});
  REQUIRE(ready.try_act(ready.act).empty());
  ready.world.reopen("good");
  ready.world.clock().pass(std::chrono::minutes(2));
  ready.world.service().start();
  for (int i = 0; i < 100 && ready.time_of_act() != "tsa"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  ready.world.service().stop();
  CHECK(ready.time_of_act() == "tsa");
}

TEST_CASE("a tenant that wants every seal timed refuses the act instead, and nothing is stored") {
  for (const char* behaviour : {"down", "wrong-nonce", ""}) {
    CAPTURE(behaviour);
    Ready ready({.tsa = behaviour, .require_timestamp = true});
    const auto before = ready.world.log_size();
    CHECK(ready.try_act(ready.act) == "act.timestamp-required");
    CHECK(ready.world.log_size() == before);
    CHECK(ready.time_of_act() == "no act");
  }
  Ready ready({.tsa = "good", .require_timestamp = true});
  CHECK(ready.try_act(ready.act).empty());
  CHECK(ready.time_of_act() == "tsa");
}

TEST_CASE("an expired seal certificate seals nothing") {
  Ready ready({.seal = "seal-expired"});
  CHECK(ready.try_act(ready.act) == "seal.certificate-expired");
}
