#include "support/store_fixture.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

TEST_CASE("the register of officials keeps every entry, sealed, in the order of its events") {
  TempFolder folder;
  const std::unique_ptr<OpenStore> open = open_store(folder.path());
  const TenantRecord tenant = make_test_tenant(*open->store);
  const AccountId account = AccountId::make();
  OfficialRecord first{OfficialId::make(),
                       account,
                       "registered",
                       at_second(1),
                       at_second(9),
                       at_second(1),
                       7,
                       base::Json::object({{"name", "Marta Inventada"}})};
  OfficialRecord second = first;
  second.id = OfficialId::make();
  second.log_index = 8;
  OfficialRecord other = first;
  other.id = OfficialId::make();
  other.account = AccountId::make();
  other.log_index = 9;
  const auto act = [&](auto f) { return open->store->run(tenant.id, f); };
  const auto look = [&](auto f) { return open->store->read(tenant.id, f); };
  REQUIRE(act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.officials().add(first));
    SEGELL_CHECK(tx.officials().add(second));
    return tx.officials().add(other);
  }));
  const auto list = look([](const View& view) { return view.officials().list({}, 10); });
  REQUIRE(list->size() == 3);
  CHECK(list->front().id == other.id);
  CHECK(look([](const View& view) { return view.officials().list(8, 10); })->front().id == first.id);
  const auto own = look([&](const View& view) { return view.officials().of_account(account); });
  REQUIRE(own->size() == 2);
  CHECK(own->front().id == second.id);
  CHECK(own->back().since == at_second(1));
  CHECK(own->back().until == at_second(9));
  first.state = "withdrawn";
  first.details.set("reason", "plega");
  REQUIRE(act([&](Transaction& tx) { return tx.officials().update(first); }));
  const auto found = look([&](const View& view) { return view.officials().get(first.id); });
  CHECK(found->state == "withdrawn");
  CHECK(*found->details.find("reason")->as_string() == "plega");
  CHECK(*found->details.find("name")->as_string() == "Marta Inventada");
  CHECK(look([](const View& view) { return view.officials().get(OfficialId::make()); }).error().reason ==
        "official.unknown");
  other.id = OfficialId::make();
  CHECK(act([&](Transaction& tx) { return tx.officials().update(other); }).error().reason == "official.unknown");
}
