#include "app/visit_package.h"

#include "app/slips.h"
#include "app/tablet.h"
#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell;
using namespace segell::tests;

namespace captured_act_test {

namespace {

/// A visit to one person, packed.
struct Outing {
  explicit Outing(World& world, const WorldOptions& /*options*/ = {})
      : person(world.person()), document(world.document()), tablet(world, world.integrator()) {
    world.notice();
    request = request_of(world, world.wish(document, person));
    visit = tablet.prepare({request});
    tablet.pack(visit);
  }
  std::string person;
  std::string document;
  Tablet tablet;
  std::string request;
  std::string visit;
};

base::Json verdict_of(World& world, const std::string& document, bool disclosed = false) {
  const base::Bytes pdf = must(app::read_content(world.service(), world.integrator(), document)).bytes;
  CHECK(pdfsig(base::to_text(pdf)).front().valid);
  CHECK(qpdf_complaints(base::to_text(pdf)).empty());
  std::optional<base::Bytes> opened;
  if (disclosed) opened = must(app::read_disclosure(world.service(), world.integrator(), document)).bytes;
  return must(base::parse_json(
      must(app::verify(world.service(), pdf, opened ? std::optional<base::BytesView>(*opened) : std::nullopt))));
}

base::Json disclosed_act(const base::Json& verdict) {
  return *verdict.find("signatures")->as_array()->front().find("act")->find("disclosed");
}

}  // namespace

TEST_CASE("what a device captured is received on disk, then sealed by the same way as over the network") {
  World world({.tsa = "good"});
  Outing outing(world);
  base::Json act = outing.tablet.signed_act(0, {"grant", "informed"}, "drawn");
  act.set("identity", base::Json::object({{"kind", "known"}}));
  act.set("notes", must(base::parse_json(
                       R"({"questions":[{"asked":"Qui ho veurà?","answered":"Només el CAP."}],"interpreter":null,)"
                       R"("supportPerson":{"name":"Veïna Inventada","relation":"veïna"},"spokeAlone":"yes"})")));
  const auto before = world.log_size();
  const auto reply = must(outing.tablet.send(act));
  CHECK(at(reply.body, {"act", "state"}) == "received");
  CHECK(at(reply.body, {"act", "request"}) == outing.request);
  CHECK(world.log_size() == before + 1);
  CHECK(outing.tablet.state(0) == "received");
  CHECK(world.ask(outing.person) != "permit");

  world.clock().pass(std::chrono::seconds(90));
  CHECK(world.service().run_jobs_once() == 1);
  CHECK(outing.tablet.state(0) == "sealed");
  const base::Json standing = outing.tablet.standing(0);
  CHECK(at(standing, {"receivedAt"}) < at(standing, {"sealedAt"}));
  CHECK(at(standing, {"verificationCode"}) == at(outing.tablet.request(0), {"paper", "verificationCode"}));
  CHECK(standing.find("flags") == nullptr);
  CHECK(world.ask(outing.person) == "permit");

  const base::Json verdict = verdict_of(world, outing.document, true);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  const base::Json told = disclosed_act(verdict);
  CHECK(at(told, {"device", "id"}) == outing.tablet.id);
  CHECK(at(told, {"device", "counter"}) == "1");
  CHECK(at(told, {"device", "captured"}) ==
        base::to_hex(base::sha256(base::as_bytes(must(base::write_canonical_json(act))))));
  CHECK(at(told, {"times", "received"}) == at(standing, {"receivedAt"}));
  CHECK(at(told, {"times", "notBefore"}) == at(outing.tablet.package(), {"visit", "issuedAt"}));
  CHECK(at(told, {"times", "deviceClaimed", "captured"}) == "2026-11-20T10:05:00Z");
  CHECK(at(told, {"identity-evidence"}) == R"({"expected":"id-seen","kind":"known"})");
  CHECK(base::write_json(told).find("Qui ho veurà?") != std::string::npos);
  CHECK(base::write_json(told).find("Veïna Inventada") != std::string::npos);

  // Nothing of it stands in clear in what the seal adds, and the paper does not pass the seal's time off as the act's.
  const base::Bytes pdf = must(app::read_content(world.service(), world.integrator(), outing.document)).bytes;
  for (const char* canary : {"Inventada", "2026-11-20T10", "Qui ho"}) {
    CHECK(base::to_text(pdf).find(canary) == std::string::npos);
  }
  const TemporaryFolder folder;
  write_file(folder / "sealed.pdf", base::to_text(pdf));
  CHECK(run({"pdftotext", "-layout", (folder / "sealed.pdf").string(), "-"}).out.find("sense xarxa") !=
        std::string::npos);
}

TEST_CASE("who signs with a reservation without a network has their words in the facts, and only so") {
  World world;
  world.notice();
  auto wish = world.wish(world.document(), world.person());
  wish.meanings = {"agree", "agree-with-reservation"};
  Tablet tablet(world, world.integrator());
  const std::string request = request_of(world, wish);
  tablet.pack(tablet.prepare({request}));
  base::Json act = tablet.signed_act(0, {"grant", "informed"});
  act.set("meaning", "agree-with-reservation");
  act.set("reservation", "Fins al juny, i després en parlem");
  must(tablet.send(act));
  CHECK(world.service().run_jobs_once() == 1);
  CHECK(tablet.state(0) == "sealed");
  base::Json refused = tablet.answer_act(0, "refused");
  refused.set("reservation", "no");
  CHECK_FALSE(tablet.send(refused));
}

TEST_CASE("the nonce of the package stands in the manifest") {
  World world;
  Outing outing(world);
  must(outing.tablet.send(outing.tablet.signed_act(0, {"refuse", "object"})));
  world.service().run_jobs_once();
  const TemporaryFolder folder;
  const base::Bytes pdf = must(app::read_content(world.service(), world.integrator(), outing.document)).bytes;
  const std::string nonce = at(outing.tablet.request(0), {"nonce"});
  const std::string hex = base::to_hex(must(base::from_base64url(nonce)));
  const std::string text = base::to_text(pdf);
  const bool there = text.find(nonce) != std::string::npos || text.find(hex) != std::string::npos;
  CHECK(there);
}

TEST_CASE("the same act again answers the same, before and after it was sealed; another one on that nonce is refused") {
  World world;
  Outing outing(world);
  const base::Json act = outing.tablet.signed_act(0, {"grant", "informed"});
  const auto first = must(outing.tablet.send(act));
  world.clock().pass(std::chrono::minutes(2));
  const auto again = must(outing.tablet.send(act));
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  world.service().run_jobs_once();
  const auto before = world.log_size();
  CHECK(must(outing.tablet.send(act)).body == first.body);
  world.service().run_jobs_once();
  CHECK(world.log_size() == before);
  CHECK(outing.tablet.state(0) == "sealed");
  CHECK(reason(outing.tablet.send(outing.tablet.signed_act(0, {"refuse", "informed"}))) == "idempotency.other-body");
  CHECK(world.log_size() == before + 1);  // reading the paper, and no more
}

TEST_CASE("a refusal and a deferral are recorded as over the network") {
  World world;
  world.notice();
  const std::string first = request_of(world, world.wish(world.document(), world.person()));
  const std::string second = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({first, second}));
  // In another order than captured.
  const base::Json refused = tablet.answer_act(0, "refused");
  const base::Json deferred = tablet.answer_act(1, "deferred");
  must(tablet.send(deferred));
  must(tablet.send(refused));
  CHECK(world.service().run_jobs_once() == 2);
  CHECK(tablet.state(0) == "recorded");
  CHECK(tablet.state(1) == "recorded");
  const auto state_of = [&](const std::string& request) {
    return at(must(app::describe_signature_request(world.service(), world.integrator(), request)),
              {"request", "state"});
  };
  CHECK(state_of(first) == "refused");
  CHECK(state_of(second) == "deferred");
}

TEST_CASE("the slip that the person took home works from the moment at which the act is sealed") {
  World world;
  Outing outing(world);
  const std::string code = at(outing.tablet.request(0), {"slip", "code"});
  base::Json act = outing.tablet.signed_act(0, {"grant", "informed"});
  act.set("copy", base::Json::object({{"kind", "printed"}, {"code", code}}));
  must(outing.tablet.send(act));
  CHECK(reason(app::look_at_slip(world.service(), code)) == "slip.unknown");
  world.service().run_jobs_once();
  const base::Json slip = must(app::look_at_slip(world.service(), code));
  CHECK(slip.find("slip")->find("lines")->as_array()->size() == 2);
  CHECK(outing.tablet.standing(0).find("flags") == nullptr);
}

TEST_CASE("a copy whose code cannot be bound is flagged, and the act stands") {
  World world;
  Outing outing(world);
  base::Json act = outing.tablet.signed_act(0, {"grant", "informed"});
  act.set("copy", base::Json::object({{"kind", "phone"}, {"code", "7F3K"}}));
  must(outing.tablet.send(act));
  world.service().run_jobs_once();
  CHECK(outing.tablet.state(0) == "sealed");
  CHECK(base::write_json(*outing.tablet.standing(0).find("flags")) == R"(["copy-failed"])");
}

TEST_CASE("a crash between receipt and seal: the act goes on at the next start") {
  World world;
  Outing outing(world);
  must(outing.tablet.send(outing.tablet.signed_act(0, {"grant", "informed"})));
  world.reopen("");
  CHECK(outing.tablet.state(0) == "received");
  world.service().start();
  for (int i = 0; i < 200 && outing.tablet.state(0) != "sealed"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(outing.tablet.state(0) == "sealed");
  world.service().stop();
}

TEST_CASE("what stops halfway goes on: choices frozen, authority down, then the seal") {
  World world({.tsa = "good", .require_timestamp = true});
  Outing outing(world);
  must(outing.tablet.send(outing.tablet.signed_act(0, {"grant", "informed"})));
  world.reopen("down");
  CHECK(world.service().run_jobs_once() == 0);
  CHECK(outing.tablet.state(0) == "received");
  world.reopen("good");
  CHECK(world.service().run_jobs_once() == 0);  // it is not due yet
  // A busy machine may miss the authority's deadline once.
  for (int i = 0; i < 2 && outing.tablet.state(0) != "sealed"; ++i) {
    world.clock().pass(std::chrono::minutes(2));
    world.service().run_jobs_once();
  }
  CHECK(outing.tablet.state(0) == "sealed");
}

TEST_CASE("a form that is none is refused with the field's name, and nothing is stored") {
  World world;
  Outing outing(world);
  const base::Json act = outing.tablet.signed_act(0, {"grant", "informed"});
  const auto before = world.log_size();
  const auto changed = [&](const char* member, base::Json value) {
    base::Json other = act;
    other.set(member, std::move(value));
    return reason(outing.tablet.send(other));
  };
  CHECK(changed("more", true) == "request.unknown-field");
  CHECK(changed("schema", "segell.captured-act/2") == "act.bad-captured");
  CHECK(changed("counter", 0) == "act.bad-captured");
  CHECK(changed("counter", "1") == "request.wrong-type");
  CHECK(changed("answer", "perhaps") == "act.bad-captured");
  CHECK(changed("answer", "refused") == "act.bad-captured");
  CHECK(changed("device", "x") == "act.bad-captured");
  CHECK(changed("times", base::Json::object()) == "request.missing-field");
  CHECK(changed("times", base::Json::object({{"handedOver", "ahir"}, {"captured", "avui"}})) == "act.bad-captured");
  CHECK(changed("identity", base::Json::object({{"kind", "otp"}})) == "act.bad-captured");
  CHECK(changed("shown", nullptr) == "request.missing-field");
  CHECK(changed("copy", base::Json::object({{"kind", "fax"}})) == "copy.bad-kind");
  CHECK(changed("notes", must(base::parse_json(R"({"questions":[],"spokeAlone":"maybe"})"))) == "act.bad-notes");
  CHECK(changed("nonce", "AAAA") == "act.bad-captured");
  CHECK(reason(app::receive_act(world.service(), outing.tablet.caller(), act, "x", world.once_with("other", "x"))) ==
        "act.key-is-no-nonce");
  CHECK(world.log_size() == before);
  CHECK(outing.tablet.state(0) == "waiting");
}

TEST_CASE("a person who is erased takes what was captured with them") {
  World world;
  Outing outing(world);
  must(outing.tablet.send(outing.tablet.signed_act(0, {"grant", "informed"})));
  must(app::erase_person(world.service(), world.integrator(), outing.person, world.once()));
  world.service().run_jobs_once();
  CHECK(outing.tablet.state(0) == "set-aside person.erased");
}

}  // namespace captured_act_test
