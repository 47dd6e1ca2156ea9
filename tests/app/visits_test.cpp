#include "app/visits.h"

#include "app/tablet.h"
#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell;
using namespace segell::tests;

namespace visits_test {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string prepare_reason(World& world, const std::string& device, const std::vector<std::string>& requests,
                           std::chrono::minutes valid = minutes(30)) {
  const app::NewVisit wanted{device, requests, base::format_rfc3339(world.clock().now() + valid)};
  return reason(app::prepare_visit(world.service(), world.integrator(), wanted, world.once()));
}

std::string pack_reason(World& world, const app::Caller& caller, const std::string& visit) {
  return reason(app::issue_package(world.service(), caller, visit, world.once()));
}

}  // namespace

TEST_CASE("a package holds what the visit's page shows, and for each request a nonce and a slip of its own") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string first = request_of(world, world.wish(world.document(), person));
  const std::string second = request_of(world, world.wish(world.document(), world.person("Nil Fictici")));
  Tablet tablet(world, world.integrator());
  const std::string visit = tablet.prepare({first, second});
  const auto before = world.log_size();
  tablet.pack(visit);
  CHECK(world.log_size() == before + 3);  // each request that left, and the slips

  const base::Json& package = tablet.package();
  CHECK(at(package, {"schema"}) == "segell.visit-package/1");
  CHECK(at(package, {"visit", "id"}) == visit);
  CHECK(at(package, {"visit", "device"}) == tablet.id);
  CHECK(at(package, {"visit", "organisation"}) == "Ajuntament d'Exemple");
  CHECK(at(package, {"capability"}).starts_with("sgp_"));
  REQUIRE(package.find("requests")->as_array()->size() == 2);
  CHECK(at(tablet.request(0), {"id"}) == first);
  CHECK(at(tablet.request(1), {"personName"}) == "Nil Fictici");
  for (const char* member : {"state", "title", "language", "personName", "organisation", "items", "methods", "custody",
                             "nonce", "reading", "paper", "nonceExpiresAt", "slip", "discreet"}) {
    CAPTURE(member);
    CHECK(tablet.request(0).find(member) != nullptr);
  }
  CHECK(at(tablet.request(0), {"nonce"}) != at(tablet.request(1), {"nonce"}));
  CHECK(at(tablet.request(0), {"person"}) == "p1");
  CHECK(at(tablet.request(1), {"person"}) == "p2");
  CHECK(must(base::from_base64url(at(tablet.request(0), {"nonce"}))).size() == 32);
  CHECK(at(tablet.request(0), {"slip", "link"}) ==
        "https://segell.example/slip#" + at(tablet.request(0), {"slip", "code"}));
  CHECK(at(tablet.request(0), {"nonceExpiresAt"}) == at(package, {"visit", "expiresAt"}));

  const auto opened = world.log_size();
  const auto paper = must(app::read_package_paper(world.service(), tablet.caller(), first));
  CHECK(base::to_hex(base::sha256(paper.bytes)) == at(tablet.request(0), {"paper", "sha256"}));
  CHECK(world.log_size() == opened + 1);
  CHECK(reason(app::read_package_reading_view(world.service(), tablet.caller(), first)) == "document.no-reading-view");
  CHECK(tablet.state(0) == "waiting");
}

TEST_CASE("a package asked for again with the same key is the same; with another it is a further one, five times") {
  World world;
  world.notice();
  const std::string request = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  const std::string visit = tablet.prepare({request});
  const auto once = world.once_with("pack", "{}");
  const auto first = must(app::issue_package(world.service(), world.integrator(), visit, once));
  const auto again = must(app::issue_package(world.service(), world.integrator(), visit, once));
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  for (int i = 0; i < 4; ++i) tablet.pack(visit);
  CHECK(at(tablet.package(), {"capability"}) != at(first.body, {"capability"}));
  CHECK(pack_reason(world, world.integrator(), visit) == "visit.too-many-packages");
  const base::Json body = must(app::describe_visit(world.service(), world.integrator(), visit));
  CHECK(body.find("visit")->find("acts")->as_array()->size() == 5);
}

TEST_CASE("a document on which nothing is chosen is frozen when it is packed") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto signed_before = world.visit(world.wish(document, world.person()));
  must(app::perform_act(world.service(), signed_before, prepare(world, signed_before, {"grant", "informed"}),
                        world.once()));
  auto wish = world.wish(document, world.person("Nil Fictici"));
  wish.items.clear();
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request_of(world, wish)}));
  CHECK(tablet.request(0).find("paper") == nullptr);
  const auto bytes =
      must(app::read_package_paper(world.service(), tablet.caller(), at(tablet.request(0), {"id"}))).bytes;
  CHECK(base::to_hex(base::sha256(bytes)) == at(tablet.request(0), {"frozen", "sha256"}));
}

TEST_CASE("a visit says plainly what is wrong with it") {
  World world;
  world.notice();
  const std::string document = world.document();
  const std::string request = request_of(world, world.wish(document, world.person()));
  const Tablet tablet(world, world.integrator());
  CHECK(prepare_reason(world, tablet.id, {request}).empty());
  CHECK(prepare_reason(world, "x", {request}) == "device.unknown");
  CHECK(prepare_reason(world, base::PersonId::make().text(), {request}) == "device.unknown");
  CHECK(prepare_reason(world, tablet.id, {}) == "visit.bad-requests");
  CHECK(prepare_reason(world, tablet.id, {request, request}) == "visit.bad-requests");
  CHECK(prepare_reason(world, tablet.id, std::vector<std::string>(21, "x")) == "visit.bad-requests");
  CHECK(prepare_reason(world, tablet.id, {"x"}) == "request.unknown");
  CHECK(prepare_reason(world, tablet.id, {request}, minutes(0)) == "visit.bad-expiry");
  CHECK(prepare_reason(world, tablet.id, {request}, hours(24 * 32)) == "visit.bad-expiry");

  // Its choices would stand in the sealed facts only: the document was signed before this request was made.
  const auto visit = world.visit(world.wish(document, world.person()));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "informed"}), world.once()));
  const std::string late = request_of(world, world.wish(document, world.person()));
  CHECK(prepare_reason(world, tablet.id, {late}) == "visit.not-laid-out");

  auto short_lived = world.wish(world.document(), world.person());
  short_lived.expires_at = base::format_rfc3339(world.clock().now() + minutes(5));
  const std::string over = request_of(world, short_lived);
  const std::string visit_id = tablet.prepare({over});
  world.clock().pass(minutes(6));
  CHECK(prepare_reason(world, tablet.id, {over}) == "visit.expired");
  CHECK(pack_reason(world, world.integrator(), visit_id) == "visit.expired");
  must(app::revoke_device(world.service(), world.integrator(), tablet.id, "lost", world.once()));
  CHECK(prepare_reason(world, tablet.id, {request}) == "device.revoked");
  CHECK(pack_reason(world, world.integrator(), visit_id) == "device.revoked");
}

TEST_CASE("another tenant's device or request is as unknown as one that never was") {
  World world({.neighbour = true});
  world.notice();
  const std::string request = request_of(world, world.wish(world.document(), world.person()));
  const Tablet own(world, world.integrator());
  const Tablet foreign(world, world.neighbour());
  CHECK(prepare_reason(world, foreign.id, {request}) == "device.unknown");
  const app::NewVisit wanted{foreign.id, {request}, base::format_rfc3339(world.clock().now() + minutes(30))};
  CHECK(reason(app::prepare_visit(world.service(), world.neighbour(), wanted, world.once())) == "request.unknown");
  const std::string visit = own.prepare({request});
  CHECK(pack_reason(world, world.neighbour(), visit) == "visit.unknown");
  CHECK(reason(app::describe_visit(world.service(), world.neighbour(), visit)) == "visit.unknown");
}

TEST_CASE("a professional prepares visits to the persons they work with, and sees their own visits") {
  World world({.second_factor_for_staff = false});
  world.notice();
  const std::string person = world.person();
  const std::string request = request_of(world, world.wish(world.document(), person));
  const std::string other = request_of(world, world.wish(world.document(), world.person("Nil Fictici")));
  const std::string cookie = world.join("marta", app::Role::professional);
  const app::Caller marta = must(app::authenticate_session(world.service(), cookie)).caller.value();
  must(app::assign(world.store(), world.clock(), world.tenant(), "marta", must(base::PersonId::parse(person))));
  Tablet tablet(world, marta);
  const app::NewVisit wanted{tablet.id, {other}, base::format_rfc3339(world.clock().now() + minutes(30))};
  CHECK(reason(app::prepare_visit(world.service(), marta, wanted, world.once())) == "request.unknown");
  const std::string visit = tablet.prepare({request});
  tablet.pack(visit);
  const Tablet office(world, world.integrator());
  const std::string foreign = office.prepare({request});
  CHECK(pack_reason(world, marta, foreign) == "visit.unknown");
  const base::Json mine = must(app::list_visits(world.service(), marta, {}));
  REQUIRE(mine.find("visits")->as_array()->size() == 1);
  CHECK(at(mine.find("visits")->as_array()->front(), {"id"}) == visit);
  CHECK(at(mine.find("visits")->as_array()->front(), {"requests"}) == "1");
  CHECK(must(app::list_visits(world.service(), world.integrator(), {})).find("visits")->as_array()->size() == 2);

  must(app::unassign(world.store(), world.clock(), world.tenant(), "marta", must(base::PersonId::parse(person))));
  CHECK(reason(app::describe_visit(world.service(), marta, visit)) == "visit.unknown");
  CHECK(pack_reason(world, marta, visit) == "visit.unknown");
}

TEST_CASE("a preview says of each paper whether it can be carried, until when, and what is to be known before") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string document = world.document();
  const std::string good = request_of(world, world.wish(document, person));
  auto short_lived = world.wish(world.document(), person);
  short_lived.expires_at = base::format_rfc3339(world.clock().now() + minutes(20));
  const std::string brief = request_of(world, short_lived);
  const std::string cancelled = request_of(world, world.wish(world.document(), person));
  must(app::cancel_signature_request(world.service(), world.integrator(), cancelled, world.once()));
  const Tablet tablet(world, world.integrator());
  const std::string end = base::format_rfc3339(world.clock().now() + minutes(30));
  const auto preview = [&](const std::vector<std::string>& requests) {
    return must(app::preview_visit(world.service(), world.integrator(), {tablet.id, requests, end}));
  };
  const auto before = world.log_size();
  const base::Json body = preview({good, brief, cancelled, base::PersonId::make().text()});
  CHECK(world.log_size() == before + 1);  // the one person who was named
  CHECK(body.find("visit")->find("refused")->is_null());
  const auto& papers = *body.find("visit")->find("papers")->as_array();
  REQUIRE(papers.size() == 4);
  CHECK(papers[0].find("refused")->is_null());
  CHECK(at(papers[0], {"personName"}) == "Roser Exemple i Prova");
  CHECK(at(papers[0], {"holdsUntil"}) == end);
  CHECK(base::write_json(*papers[0].find("notes")) == R"(["person.no-language","document.no-reading-view"])");
  CHECK(at(papers[1], {"holdsUntil"}) == short_lived.expires_at);
  CHECK(at(papers[2], {"refused"}) == "visit.over");
  CHECK(base::write_json(papers[3]).find("personName") == std::string::npos);
  CHECK(at(papers[3], {"refused"}) == "request.unknown");
  CHECK(must(app::list_visits(world.service(), world.integrator(), {})).find("visits")->as_array()->empty());

  // What changed meanwhile: another visit carries it, its notice was published anew, the person was asked anew.
  (void)tablet.prepare({good});
  world.notice();
  must(app::cancel_signature_request(world.service(), world.integrator(), brief, world.once()));
  CHECK(base::write_json(*preview({good}).find("visit")->find("papers")->as_array()->front().find("notes")) ==
        R"(["visit.carried-elsewhere","notice.newer","person.no-language","document.no-reading-view"])");
  must(app::revoke_device(world.service(), world.integrator(), tablet.id, "lost", world.once()));
  CHECK(at(preview({good}), {"visit", "refused"}) == "device.revoked");
  const auto refused = [&](const std::string& device, const std::vector<std::string>& requests,
                           const std::string& till) {
    return reason(app::preview_visit(world.service(), world.integrator(), {device, requests, till}));
  };
  CHECK(refused("x", {good}, end) == "device.unknown");
  CHECK(refused(tablet.id, {}, end) == "visit.bad-requests");
  CHECK(refused(tablet.id, {good}, "2020-01-01T00:00:00Z") == "visit.bad-expiry");
}

TEST_CASE("a visit is taken back until its device took it, and then packs nothing") {
  World world;
  world.notice();
  const std::string request = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  const auto withdraw = [&](const std::string& visit) {
    return reason(app::withdraw_visit(world.service(), world.integrator(), visit, world.once()));
  };
  const std::string back = tablet.prepare({request});
  const auto before = world.log_size();
  CHECK(withdraw(back).empty());
  CHECK(withdraw(back).empty());
  CHECK(world.log_size() == before + 1);
  CHECK(pack_reason(world, world.integrator(), back) == "visit.withdrawn");
  CHECK(withdraw("x") == "visit.unknown");
  CHECK(withdraw(base::PersonId::make().text()) == "visit.unknown");
  const std::string taken = tablet.prepare({request});
  tablet.pack(taken);
  CHECK(withdraw(taken) == "visit.on-device");
}

TEST_CASE("the list says where each visit and each paper stands, and names people only where it is asked to") {
  World world;
  world.notice();
  const std::string document = world.document();
  const std::string person = world.person();
  const std::string first = request_of(world, world.wish(document, person));
  const std::string second = request_of(world, world.wish(world.document(), world.person("Nil Fictici")));
  Tablet tablet(world, world.integrator());
  const auto listed = [&](bool papers) {
    return must(app::list_visits(world.service(), world.integrator(), {{}, papers}))
        .find("visits")
        ->as_array()
        ->front();
  };
  const auto states = [&] {
    const base::Json visit = listed(true);
    std::string all = at(visit, {"state"});
    for (const base::Json& paper : *visit.find("papers")->as_array()) all += ' ' + at(paper, {"state"});
    return all;
  };
  const std::string visit = tablet.prepare({first, second});
  const auto before = world.log_size();
  CHECK(base::write_json(listed(false)).find("papers") == std::string::npos);
  CHECK(world.log_size() == before);
  const base::Json shown = listed(true);
  CHECK(world.log_size() == before + 2);
  CHECK(at(shown, {"deviceLabel"}) == "Tauleta");
  CHECK(at(shown.find("papers")->as_array()->back(), {"personName"}) == "Nil Fictici");
  CHECK(states() == "prepared prepared prepared");

  tablet.pack(visit);
  tablet.pack(visit);  // the first download broke off
  CHECK(states() == "on-device waiting waiting");
  must(tablet.send(tablet.answer_act(1, "refused")));
  CHECK(states() == "on-device waiting received");
  must(tablet.send(tablet.signed_act(0, {"grant", "informed"})));
  CHECK(states() == "received received received");
  world.service().run_jobs_once();
  CHECK(states() == "done sealed recorded");
  const base::Json done = listed(true);
  CHECK(at(done.find("papers")->as_array()->front(), {"requestState"}) == "signed");
  CHECK(at(done.find("papers")->as_array()->back(), {"answer"}) == "refused");
  CHECK(done.find("papers")->as_array()->front().find("newer")->is_null());
  world.clock().pass(minutes(1));
  const std::string anew = request_of(world, world.wish(document, person));
  CHECK(at(listed(true).find("papers")->as_array()->front(), {"newer"}) == anew);

  const std::string third = request_of(world, world.wish(world.document(), person));
  (void)tablet.prepare({third});
  world.clock().pass(hours(2));
  CHECK(states() == "expired expired");
  must(app::withdraw_visit(world.service(), world.integrator(), at(listed(false), {"id"}), world.once()));
  CHECK(states() == "withdrawn withdrawn");
}

TEST_CASE("a tablet that was lost leaves what it carried unfulfilled") {
  World world;
  world.notice();
  const std::string request = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request}));
  (void)tablet.prepare({request});
  const auto outstanding = [&] {
    const base::Json body = must(app::list_devices(world.service(), world.integrator(), {}));
    return at(body.find("devices")->as_array()->front(), {"outstanding"});
  };
  CHECK(outstanding() == "1");
  must(app::revoke_device(world.service(), world.integrator(), tablet.id, "lost", world.once()));
  const base::Json body = must(app::list_visits(world.service(), world.integrator(), {{}, true}));
  const auto& visits = *body.find("visits")->as_array();
  CHECK(at(visits[0], {"state"}) == "revoked");
  CHECK(at(visits[1], {"state"}) == "done");
  CHECK(at(visits[1].find("papers")->as_array()->front(), {"state"}) == "unfulfilled");
}

TEST_CASE("a capability reaches its visit alone, and papers only until the visit's end") {
  World world;
  world.notice();
  const std::string request = request_of(world, world.wish(world.document(), world.person()));
  const std::string other = request_of(world, world.wish(world.document(), world.person()));
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request}));
  const auto paper = [&](const std::string& id) {
    return reason(app::read_package_paper(world.service(), tablet.caller(), id));
  };
  CHECK(paper(request).empty());
  CHECK(paper(other) == "request.unknown");
  CHECK(paper("x") == "request.unknown");
  for (const std::string& bad :
       {std::string("sgp_"), "sgp_" + std::string(43, 'A'), at(tablet.package(), {"capability"}) + "A",
        "sgv_" + at(tablet.package(), {"capability"}).substr(4)}) {
    CHECK(reason(app::authenticate_package(world.service(), bad)) == "auth.invalid-token");
  }
  CHECK(reason(app::authenticate(world.service(), at(tablet.package(), {"capability"}))) == "auth.invalid-token");
  world.clock().pass(hours(2));
  CHECK(paper(request) == "visit.expired");
  CHECK(reason(app::describe_package(world.service(), tablet.caller())).empty());
  world.clock().pass(hours(24 * 90));
  CHECK(reason(app::authenticate_package(world.service(), at(tablet.package(), {"capability"}))) == "visit.expired");
}

TEST_CASE("nothing of a capability or of a slip's code is stored in clear, and no event names anybody") {
  World world;
  world.notice();
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request_of(world, world.wish(world.document(), world.person()))}));
  const std::uint64_t size = world.log_size();
  must(world.store().read(world.tenant(), [&](const storage::View& view) -> base::Result<void> {
    for (std::uint64_t index = 0; index < size; ++index) {
      const std::string event = base::to_text(must(view.evidence().opening(index)).event);
      for (const std::string& canary :
           {std::string("Roser"), std::string("Tauleta"), at(tablet.package(), {"capability"}),
            at(tablet.request(0), {"slip", "code"})}) {
        CHECK(event.find(canary) == std::string::npos);
      }
    }
    return base::ok();
  }));
}

}  // namespace visits_test
