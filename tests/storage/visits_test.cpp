#include "base/random.h"
#include "support/store_fixture.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

/// A tenant with a device, a person's request, a visit that carries it, and a nonce for it.
struct Shed {
  template <class F>
  auto act(F f) {
    return open->store->run(tenant.id, f);
  }
  template <class F>
  auto look(F f) {
    return open->store->read(tenant.id, f);
  }

  Shed() {
    device.id = DeviceId::make();
    device.state = "active";
    device.key = base::to_bytes("a public key");
    device.created = at_second(1);
    device.log_index = 7;
    device.details = base::Json::object({{"label", "Tauleta"}});
    visit.id = VisitId::make();
    visit.device = device.id;
    visit.created = at_second(2);
    visit.expires = at_second(50);
    visit.log_index = 8;
    visit.details = base::Json::object({{"madeBy", "x"}});
    visit.requests = {request};
    nonce = {base::random_bytes(32), visit.id, request, person, at_second(3), at_second(50)};
    REQUIRE(open->store->stage_blob(tenant.id, document, 0, base::to_bytes("%PDF")));  // makes the document's key
    REQUIRE(act([&](Transaction& tx) -> base::Result<void> {
      SEGELL_CHECK(tx.persons().add({person, false, nullptr, {}, at_second(1), 4}));
      SEGELL_CHECK(tx.documents().add({document, "draft", "", base::Json::object(), at_second(1)}));
      RequestRecord record;
      record.id = request;
      record.state = "created";
      record.document = document;
      record.person = person;
      record.nonce = base::random_bytes(32);
      record.payload = base::Json::object();
      SEGELL_CHECK(tx.requests().add(record));
      SEGELL_CHECK(tx.devices().add(device));
      SEGELL_CHECK(tx.visits().add(visit));
      return tx.visits().add_nonce(nonce);
    }));
  }

  CapturedActRecord captured(std::uint64_t counter) const {
    CapturedActRecord record;
    record.nonce = nonce.nonce;
    record.visit = visit.id;
    record.request = request;
    record.person = person;
    record.device = device.id;
    record.counter = counter;
    record.answer = "signed";
    record.state = "received";
    record.received = at_second(9);
    record.content = base::Json::object({{"act", "Només el CAP"}});
    return record;
  }

  TempFolder folder;
  std::unique_ptr<OpenStore> open = open_store(folder.path());
  TenantRecord tenant = make_test_tenant(*open->store);
  PersonId person = PersonId::make();
  DocumentId document = DocumentId::make();
  RequestId request = RequestId::make();
  DeviceRecord device;
  VisitRecord visit;
  NonceRecord nonce;
};

}  // namespace

TEST_CASE("a device is kept with its key, and a key has one device") {
  Shed shed;
  const auto found = shed.look([&](const View& view) { return view.devices().get(shed.device.id); });
  REQUIRE(found);
  CHECK(found->key == shed.device.key);
  CHECK(found->created == at_second(1));
  CHECK(*found->details.find("label")->as_string() == "Tauleta");
  DeviceRecord other = shed.device;
  other.id = DeviceId::make();
  CHECK(shed.act([&](Transaction& tx) { return tx.devices().add(other); }).error().reason == "device.enrolled-already");
  DeviceRecord ended = *found;
  ended.state = "revoked";
  ended.details.set("reason", "lost");
  REQUIRE(shed.act([&](Transaction& tx) { return tx.devices().update(ended); }));
  const auto list = shed.look([](const View& view) { return view.devices().list({}, 10); });
  REQUIRE(list->size() == 1);
  CHECK(list->front().state == "revoked");
  CHECK(*list->front().details.find("reason")->as_string() == "lost");
  CHECK(shed.look([](const View& view) { return view.devices().list(7, 10); })->empty());
  CHECK(shed.look([](const View& view) { return view.devices().get(DeviceId::make()); }).error().reason ==
        "device.unknown");
}

TEST_CASE("a visit has its requests in order, its packages are found by hash across tenants") {
  Shed shed;
  const base::Sha256 hash = base::sha256(base::as_bytes("sgp_example"));
  REQUIRE(shed.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.visits().count_refusal(shed.visit.id));
    return tx.visits().add_package(shed.visit.id, hash, at_second(99));
  }));
  const auto visit = shed.look([&](const View& view) { return view.visits().get(shed.visit.id); });
  REQUIRE(visit);
  CHECK(visit->requests == shed.visit.requests);
  CHECK(visit->device == shed.device.id);
  CHECK(visit->refusals == 1);
  CHECK(visit->packages == 1);
  const auto place = shed.open->store->find_package(hash);
  REQUIRE(place);
  CHECK(place->tenant == shed.tenant.id);
  CHECK(place->visit == shed.visit.id);
  CHECK(place->expires == at_second(99));
  CHECK(shed.open->store->find_package(base::Sha256{}).error().reason == "package.unknown");
  CHECK(shed.look([](const View& view) { return view.visits().list({}, 10); })->size() == 1);
  CHECK(shed.look([](const View& view) { return view.visits().list(8, 10); })->empty());
}

TEST_CASE("a visit's details change, and it is found by what it carries and by what has not come of it") {
  Shed shed;
  VisitRecord changed = shed.visit;
  changed.details.set("withdrawnAt", "x");
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().update(changed); }));
  const auto found = shed.look([&](const View& view) { return view.visits().get(shed.visit.id); });
  REQUIRE(found);
  CHECK(*found->details.find("withdrawnAt")->as_string() == "x");
  CHECK(*found->details.find("madeBy")->as_string() == "x");
  changed.id = VisitId::make();
  CHECK(shed.act([&](Transaction& tx) { return tx.visits().update(changed); }).error().reason == "visit.unknown");

  const auto carrying = [&](const RequestId& request, std::int64_t after) {
    return shed.look([&](const View& view) { return view.visits().carrying(request, at_second(after)); })->size();
  };
  CHECK(carrying(shed.request, 49) == 1);
  CHECK(carrying(shed.request, 50) == 0);
  CHECK(carrying(RequestId::make(), 0) == 0);

  const auto outstanding = [&] { return *shed.look([](const View& view) { return view.visits().outstanding(); }); };
  CHECK(outstanding() == std::map<DeviceId, std::uint64_t>{{shed.device.id, 1}});
  NonceRecord again = shed.nonce;
  again.nonce = base::random_bytes(32);
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().add_nonce(again); }));
  CHECK(outstanding().at(shed.device.id) == 1);  // one request, however often it was packed
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().add_act(shed.captured(5)); }));
  CHECK(outstanding().empty());
}

TEST_CASE("what was captured is kept until it is forgotten, and a device counts each act once") {
  Shed shed;
  const auto act = [&] { return *shed.look([&](const View& view) { return view.visits().act(shed.nonce.nonce); }); };
  CHECK_FALSE(act());
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().add_act(shed.captured(5)); }));
  REQUIRE(act());
  CHECK(*act()->content.find("act")->as_string() == "Només el CAP");
  CHECK(*shed.look([&](const View& view) { return view.visits().counter_used(shed.device.id, 5); }));
  CHECK_FALSE(*shed.look([&](const View& view) { return view.visits().counter_used(shed.device.id, 6); }));
  CHECK_FALSE(shed.act([&](Transaction& tx) { return tx.visits().add_act(shed.captured(6)); }));  // the nonce

  CapturedActRecord record = *act();
  record.state = "sealed";
  record.flags = "superseded";
  record.finished = at_second(11);
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().update_act(record); }));
  CHECK_FALSE(act()->content.is_null());
  record.content = {};
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().update_act(record); }));
  CHECK(act()->content.is_null());
  CHECK(act()->state == "sealed");
  CHECK(act()->flags == "superseded");
  CHECK(act()->finished == at_second(11));
  CHECK(shed.look([&](const View& view) { return view.visits().acts_of(shed.visit.id); })->size() == 1);
}

TEST_CASE("a person who is erased takes what was captured with them") {
  Shed shed;
  REQUIRE(shed.act([&](Transaction& tx) { return tx.visits().add_act(shed.captured(1)); }));
  REQUIRE(shed.act([&](Transaction& tx) { return tx.persons().erase(shed.person, 12); }));
  const auto act = shed.look([&](const View& view) { return view.visits().act(shed.nonce.nonce); });
  REQUIRE(act);
  CHECK((*act)->content.is_null());
}
