// How each trouble of a visit without a network ends: nothing that a person did is lost, and nothing is passed off as
// what it is not.

#include "app/visit_package.h"

#include "app/tablet.h"
#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell;
using namespace segell::tests;

namespace captured_trouble_test {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Farm {
  explicit Farm(World& world, const std::string& pdf = {})
      : m_world(world),
        person(world.person()),
        document(pdf.empty() ? world.document() : world.document(pdf)),
        tablet(world, world.integrator()) {
    world.notice();
    request = request_of(world, world.wish(document, person));
    tablet.pack(tablet.prepare({request}));
  }
  World& m_world;
  std::string person;
  std::string document;
  Tablet tablet;
  std::string request;

  app::VisitCaller online(const std::string& other) const {
    return app::VisitCaller{m_world.tenant(), must(app::RequestId::parse(other))};
  }
  std::string verdict(const std::string& of) const {
    const base::Bytes pdf = must(app::read_content(m_world.service(), m_world.integrator(), of)).bytes;
    CHECK(pdfsig(base::to_text(pdf)).back().valid);
    return at(must(base::parse_json(must(app::verify(m_world.service(), pdf, {})))), {"indication"});
  }
  std::string document_of(const std::string& other) const {
    return at(must(app::describe_signature_request(m_world.service(), m_world.integrator(), other)),
              {"request", "documentId"});
  }
  std::string flags(std::size_t index = 0) const {
    const base::Json standing = tablet.standing(index);
    return standing.find("flags") == nullptr ? "" : base::write_json(*standing.find("flags"));
  }
};

}  // namespace

TEST_CASE("two tablets, one request: the first that is sealed wins, the other is kept and shown") {
  World world;
  Farm farm(world);
  Tablet second(world, world.integrator());
  second.pack(second.prepare({farm.request}));
  const base::Json first_act = farm.tablet.signed_act(0, {"grant", "informed"});
  const base::Json second_act = second.signed_act(0, {"refuse", "object"});
  must(second.send(second_act));
  world.clock().pass(seconds(1));
  must(farm.tablet.send(first_act));
  world.service().run_jobs_once();
  CHECK(second.state(0) == "sealed");
  CHECK(farm.tablet.state(0) == "set-aside request.answered-already");
  CHECK(world.ask(farm.person) == "refused");
  const base::Json shown =
      must(app::describe_visit(world.service(), world.integrator(), at(farm.tablet.package(), {"visit", "id"})));
  const base::Json& aside = shown.find("visit")->find("acts")->as_array()->front();
  CHECK(at(aside, {"state"}) == "set-aside");
  CHECK(at(aside, {"answer"}) == "signed");
}

TEST_CASE("signed in the office meanwhile: the tablet's act is set aside") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  const auto online = farm.online(farm.request);
  must(app::perform_act(world.service(), online, prepare(world, online, {"refuse", "informed"}, "button"),
                        world.once()));
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "set-aside request.answered-already");
}

TEST_CASE("taken back in the office meanwhile: the tablet's act is set aside, and says so") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  must(app::cancel_signature_request(world.service(), world.integrator(), farm.request, world.once()));
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "set-aside request.cancelled");
}

TEST_CASE("chosen otherwise over the network, not signed: what the tablet shows is stale") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  prepare(world, farm.online(farm.request), {"refuse", "informed"}, "button");
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "set-aside act.stale");
}

TEST_CASE("a clock that is years off changes nothing: its times are claims") {
  World world;
  Farm farm(world);
  base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  act.set("times",
          base::Json::object({{"handedOver", "1999-01-01T00:00:00Z"}, {"captured", "2054-01-01T00:00:00+02:00"}}));
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "sealed");
  CHECK(farm.verdict(farm.document) == "TOTAL-PASSED");
  CHECK(base::to_text(must(app::read_disclosure(world.service(), world.integrator(), farm.document)).bytes)
            .find("2053-12-31T22:00:00Z") != std::string::npos);
}

TEST_CASE("too late: received, and set aside, never lost") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  world.clock().pass(minutes(61));
  CHECK(at(must(farm.tablet.send(act)).body, {"act", "state"}) == "received");
  CHECK(farm.tablet.state(0) == "set-aside nonce.expired");
  CHECK(world.service().run_jobs_once() == 0);
  CHECK(world.ask(farm.person) != "permit");
}

TEST_CASE("received in time and sealed after the nonce's end: it counts") {
  World world;
  Farm farm(world);
  must(farm.tablet.send(farm.tablet.signed_act(0, {"grant", "informed"})));
  world.clock().pass(hours(30));  // the request's own term is over too
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "sealed");
  CHECK(world.ask(farm.person) == "permit");
}

TEST_CASE("the same person was asked anew: signed on the version shown, and flagged") {
  World world;
  Farm farm(world);
  world.clock().pass(seconds(1));
  request_of(world, world.wish(farm.document, farm.person));
  must(farm.tablet.send(farm.tablet.signed_act(0, {"grant", "informed"})));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "sealed");
  CHECK(farm.flags() == R"(["superseded"])");
  CHECK(farm.verdict(farm.document) == "TOTAL-PASSED");
  CHECK(farm.document_of(farm.request) == farm.document);
}

TEST_CASE("the document got another page meanwhile: the version shown stands alone, nothing is moved onto another") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  world.clock().pass(seconds(1));
  const std::string newer = request_of(world, world.wish(farm.document, farm.person));
  const auto office = farm.online(newer);
  must(app::perform_act(world.service(), office, prepare(world, office, {"refuse", "informed"}, "button"),
                        world.once()));
  const base::Bytes before = must(app::read_content(world.service(), world.integrator(), farm.document)).bytes;
  world.clock().pass(seconds(1));
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "sealed");
  CHECK(farm.flags() == R"(["superseded"])");
  const std::string branch = farm.document_of(farm.request);
  CHECK(branch != farm.document);
  CHECK(farm.verdict(branch) == "TOTAL-PASSED");
  CHECK(must(app::read_content(world.service(), world.integrator(), farm.document)).bytes == before);
  // What the person was shown is how the sealed file begins.
  const base::Bytes sealed = must(app::read_content(world.service(), world.integrator(), branch)).bytes;
  const auto length = static_cast<std::size_t>(*act.find("shown")->find("length")->as_int());
  CHECK(base::to_hex(base::sha256(base::BytesView(sealed).first(length))) == at(act, {"shown", "sha256"}));
}

TEST_CASE("a yes that was captured never goes over a no that was said before it came in") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  world.clock().pass(minutes(10));
  must(app::record_decision(world.service(), world.integrator(), farm.person,
                            {"withdraw", "meal-grant", "income.tax", "ensenyament", {}, {}, {}, "phone"},
                            world.once()));
  world.clock().pass(minutes(10));
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "sealed");
  CHECK(world.ask(farm.person) == "withdrawn");
  CHECK(world.ask(farm.person, "register") == "permit");
}

TEST_CASE("a lost tablet: nothing is taken from it, each try is an event up to a bound, its nonces are unfulfilled") {
  World world;
  Farm farm(world);
  const base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  const app::PackageCaller caller = farm.tablet.caller();
  must(app::revoke_device(world.service(), world.integrator(), farm.tablet.id, "lost", world.once()));
  const auto before = world.log_size();
  CHECK(reason(farm.tablet.send(act)) == "device.revoked");
  CHECK(reason(app::describe_package(world.service(), caller)) == "device.revoked");
  CHECK(reason(app::read_package_paper(world.service(), caller, farm.request)) == "device.revoked");
  CHECK(world.log_size() == before + 3);
  for (int i = 0; i < 150; ++i) CHECK(reason(app::describe_package(world.service(), caller)) == "device.revoked");
  CHECK(world.log_size() == before + 100);
  const base::Json shown =
      must(app::describe_visit(world.service(), world.integrator(), at(farm.tablet.package(), {"visit", "id"})));
  CHECK(at(shown.find("visit")->find("acts")->as_array()->front(), {"state"}) == "unfulfilled");
}

TEST_CASE("what was received before the device was lost is sealed") {
  World world;
  Farm farm(world);
  must(farm.tablet.send(farm.tablet.signed_act(0, {"grant", "informed"})));
  must(app::revoke_device(world.service(), world.integrator(), farm.tablet.id, "stolen", world.once()));
  world.service().run_jobs_once();
  CHECK(farm.verdict(farm.document) == "TOTAL-PASSED");
}

TEST_CASE("a bad signature, an unknown nonce, a counter used twice: refused, and nothing stored but the event") {
  World world({.neighbour = true});
  world.notice();
  const std::string first = request_of(world, world.wish(world.document(), world.person()));
  const std::string second = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({first, second}));
  const Tablet other(world, world.integrator());
  const base::Json act = tablet.signed_act(0, {"grant", "informed"});
  base::Json next = tablet.signed_act(1, {"grant", "informed"});
  const std::string nonce = at(act, {"nonce"});
  const auto send_signed = [&](const base::Json& what, const std::string& signature) {
    return reason(app::receive_act(world.service(), tablet.caller(), what, signature,
                                   world.once_with(at(what, {"nonce"}), base::write_json(what))));
  };
  const std::string canonical = must(base::write_canonical_json(act));
  auto before = world.log_size();
  CHECK(send_signed(act, other.sign(canonical)) == "act.bad-signature");
  CHECK(send_signed(act, tablet.sign(base::write_json(act) + " ")) == "act.bad-signature");
  CHECK(send_signed(act, "") == "act.bad-signature");
  CHECK(world.log_size() == before + 3);

  const auto changed = [&](const char* member, base::Json value) {
    base::Json it = act;
    it.set(member, std::move(value));
    return reason(tablet.send(it));
  };
  CHECK(changed("nonce", base::to_base64url(base::random_bytes(32))) == "nonce.unknown");
  CHECK(changed("request", second) == "nonce.unknown");
  CHECK(changed("visit", base::PersonId::make().text()) == "act.other-visit");
  CHECK(changed("device", other.id) == "act.other-visit");
  must(tablet.send(act));
  before = world.log_size();
  next.set("counter", 1);
  CHECK(reason(tablet.send(next)) == "act.counter-used");
  CHECK(world.log_size() == before + 1);
  next.set("counter", 2);
  CHECK(reason(tablet.send(next)).empty());

  // Another tenant's device has neither a visit here nor a nonce.
  std::swap(world.integrator(), world.neighbour());
  world.notice();
  Tablet foreign(world, world.integrator());
  foreign.pack(foreign.prepare({request_of(world, world.wish(world.document(), world.person()))}));
  base::Json theirs = foreign.signed_act(0, {"grant", "informed"});
  theirs.set("nonce", nonce);
  CHECK(reason(foreign.send(theirs)) == "nonce.unknown");
}

TEST_CASE(
    "an act that does not fit its request is kept with the reason, and nothing of it becomes part of a document") {
  const std::pair<const char*, const char*> troubles[] = {
      {R"({"method":"drawn-with-dynamics"})", "act.method-not-offered"},
      {R"({"meaning":"perhaps"})", "act.bad-meaning"},
      {R"({"method":"drawn"})", "act.picture-missing"},
      {R"({"choices":[]})", "visit.choice-missing"},
      {R"({"capture":{"pointerType":"nose"}})", "act.bad-capture"},
      {R"({"shown":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","sha512":"00","length":1}})",
       "act.bad-digest"},
  };
  for (const auto& row : troubles) {
    const auto& [change, why] = row;
    CAPTURE(row.first);
    World world;
    Farm farm(world);
    base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
    const base::Json changes = must(base::parse_json(change));
    for (const auto& [name, value] : *changes.as_object()) act.set(name, value);
    must(farm.tablet.send(act));
    CHECK(world.service().run_jobs_once() == 1);
    CHECK(farm.tablet.state(0) == std::string("set-aside ") + why);
    CHECK(at(must(app::describe_document(world.service(), world.integrator(), farm.document)), {"document", "state"}) ==
          "draft");
  }
}

TEST_CASE("octets that the recipe does not make are set aside") {
  World world;
  Farm farm(world);
  base::Json act = farm.tablet.signed_act(0, {"grant", "informed"});
  base::Json::Array& choices = *act.as_object()->at(8).second.as_array();
  REQUIRE(act.as_object()->at(8).first == "choices");
  choices[1].set("choice", "object");  // the paper shows "informed"
  must(farm.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(farm.tablet.state(0) == "set-aside act.wrong-digest");
}

}  // namespace captured_trouble_test
