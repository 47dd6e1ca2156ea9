#include "app/devices.h"

#include "app/tablet.h"
#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace devices_test {

namespace {

app::Caller professional(World& world, const std::string& name) {
  const std::string cookie = world.join(name, app::Role::professional);
  return must(app::authenticate_session(world.service(), cookie)).caller.value();
}

std::string listed(World& world, const app::Caller& caller) {
  std::string ids;
  const base::Json body = must(app::list_devices(world.service(), caller, {}));
  for (const base::Json& device : *body.find("devices")->as_array()) ids += at(device, {"id"}) + at(device, {"state"});
  return ids;
}

}  // namespace

TEST_CASE("a device is enrolled by whoever holds its key, once") {
  World world;
  const auto before = world.log_size();
  const Tablet tablet(world, world.integrator());
  CHECK(world.log_size() == before + 1);
  CHECK(listed(world, world.integrator()) == tablet.id + "active");

  const auto refused = [&](const std::string& label, const std::string& key, const std::string& proof) {
    return reason(app::enrol_device(world.service(), world.integrator(), {label, key, proof}, world.once()));
  };
  const std::string key = tablet.public_key();
  const std::string proof = tablet.sign("segell.device/1\n" + key);
  CHECK(refused("Una altra", key, proof) == "device.enrolled-already");
  CHECK(refused("", key, proof) == "device.bad-label");
  CHECK(refused("Tauleta\n", key, proof) == "device.bad-label");
  CHECK(refused("Tauleta", key.substr(4), proof) == "device.bad-key");
  CHECK(refused("Tauleta", "%", proof) == "device.bad-key");
  CHECK(refused("Tauleta", base::to_base64(pki_identity("seal-rsa").key->public_key_der()), proof) == "device.bad-key");
  CHECK(refused("Tauleta", key, tablet.sign(key)) == "device.bad-proof");
  CHECK(refused("Tauleta", key, proof.substr(1)) == "device.bad-proof");
  CHECK(world.log_size() == before + 1);
}

TEST_CASE("a device that was lost ends for good, and its key with it") {
  World world;
  const Tablet tablet(world, world.integrator());
  const auto revoke = [&](const std::string& device, const std::string& why) {
    return app::revoke_device(world.service(), world.integrator(), device, why, world.once());
  };
  CHECK(reason(revoke("x", "lost")) == "device.unknown");
  CHECK(reason(revoke(base::PersonId::make().text(), "lost")) == "device.unknown");
  CHECK(reason(revoke(tablet.id, "Marta se l'ha deixada al bus")) == "device.bad-reason");
  const auto before = world.log_size();
  const auto ended = must(revoke(tablet.id, "lost")).body;
  CHECK(at(ended, {"device", "state"}) == "revoked");
  CHECK(at(ended, {"device", "reason"}) == "lost");
  CHECK(at(must(revoke(tablet.id, "stolen")).body, {"device", "reason"}) == "lost");
  CHECK(world.log_size() == before + 1);
  CHECK(listed(world, world.integrator()) == tablet.id + "revoked");
  CHECK(
      reason(app::enrol_device(world.service(), world.integrator(),
                               {"Tauleta", tablet.public_key(), tablet.sign("segell.device/1\n" + tablet.public_key())},
                               world.once())) == "device.enrolled-already");
}

TEST_CASE("a professional has the devices that they enrolled, and learns of no other") {
  World world({.second_factor_for_staff = false});
  const app::Caller marta = professional(world, "marta");
  const app::Caller pere = professional(world, "pere");
  const Tablet own(world, marta);
  const Tablet other(world, pere);
  CHECK(listed(world, marta) == own.id + "active");
  CHECK(listed(world, world.integrator()) == other.id + "active" + own.id + "active");
  CHECK(reason(app::revoke_device(world.service(), marta, other.id, "lost", world.once())) == "device.unknown");
  CHECK(reason(app::revoke_device(world.service(), marta, own.id, "lost", world.once())).empty());
}

TEST_CASE("an administrator sees the devices of the organisation and who enrolled each, and ends what is lost") {
  World world({.second_factor_for_staff = false});
  const app::Caller marta = professional(world, "marta");
  const Tablet own(world, marta);
  const Tablet other(world, world.integrator());
  const std::string cookie = world.join("anna", app::Role::administrator);
  const app::Caller anna = must(app::authenticate_session(world.service(), cookie)).caller.value();
  CHECK(listed(world, anna) == other.id + "active" + own.id + "active");
  const base::Json body = must(app::list_devices(world.service(), anna, {}));
  const auto& devices = *body.find("devices")->as_array();
  CHECK(devices[0].find("enrolledBy")->is_null());
  CHECK_FALSE(at(devices[1], {"enrolledBy"}).empty());
  CHECK(at(devices[1], {"outstanding"}) == "0");
  CHECK(reason(app::revoke_device(world.service(), anna, own.id, "lost", world.once())).empty());
  CHECK(listed(world, marta) == own.id + "revoked");
  const app::NewDevice wanted{"Tauleta", own.public_key(), own.sign("segell.device/1\n" + own.public_key())};
  CHECK(reason(app::enrol_device(world.service(), anna, wanted, world.once())) == "http.not-found");
}

TEST_CASE("the list of devices comes in parts, and each part goes on where the last one ended") {
  World world;
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(Tablet(world, world.integrator()).id);
  std::string seen;
  app::Page page{{}, 2};
  for (int parts = 1;; ++parts) {
    const base::Json body = must(app::list_devices(world.service(), world.integrator(), page));
    for (const base::Json& device : *body.find("devices")->as_array()) seen += at(device, {"id"});
    if (body.find("next")->is_null()) {
      CHECK(parts == 3);
      break;
    }
    page.cursor = at(body, {"next"});
  }
  CHECK(seen == ids[4] + ids[3] + ids[2] + ids[1] + ids[0]);
}

}  // namespace devices_test
