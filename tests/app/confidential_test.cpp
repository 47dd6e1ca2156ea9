// What a person reads of those who decide for them, and what is kept from these.

#include "app/family.h"

#include "app/mine.h"
#include "app/protections.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <chrono>

namespace representations_test {

TEST_CASE(
    "a person's own page says who decides for them, and who decided; to whoever represents them it names nobody") {
  Family family;
  const std::string mother = family.record(parental(family.laia));
  family.record(parental(family.pau));
  app::NewRepresentation unseen = judgment(family.person("Oncle Fictici"));
  unseen.evidence.seen = false;
  family.record(unseen);
  family.grant(family.nil, mother);
  family.world.clock().pass(std::chrono::seconds(1));
  const auto login = [&](const std::string& name, app::Role role, const std::string& person) {
    return must(app::authenticate_session(family.service(), family.world.join(name, role, person))).caller.value();
  };
  const auto newest = [&](const app::Caller& caller) {
    const base::Json body = must(app::list_my_decisions(family.service(), caller, {}));
    return list_of(list_of(list_of(body, "groups").front(), "items").front(), "decisions").front();
  };
  const app::Caller own = login("nil", app::Role::citizen, family.nil);
  base::Json body = must(app::list_my_representatives(family.service(), own));
  CHECK(at(body, {"age"}) == "under-14");
  const auto acting = list_of(body, "representatives");
  REQUIRE(acting.size() == 2);
  CHECK(at(acting[0], {"name"}) == "Laia Inventada");
  CHECK(at(acting[0], {"basis"}) == "parental-authority");
  CHECK(at(newest(own), {"representative", "name"}) == "Laia Inventada");
  CHECK(newest(login("segona", app::Role::representative, family.nil)).find("representative")->find("name")->is_null());

  // Whoever is excluded does not act; and at 14 the person decides, which is told at once.
  app::NewProtection excluded{"excluded-person", "ordre inventada", {}, {}, {}, {}, {}};
  excluded.person = family.pau;
  must(app::set_protection(family.service(), family.marta, family.nil, excluded, family.world.once()));
  CHECK(family.birth(family.born_years_ago(14)).empty());
  body = must(app::list_my_representatives(family.service(), own));
  CHECK(at(body, {"age"}) == "14-17");
  for (const base::Json& one : list_of(body, "representatives")) CHECK(at(one, {"name"}) != "Pau Inventat");
  family.grant(family.nil, std::nullopt);
  CHECK(newest(own).find("representative")->is_null());

  const app::Caller third = login("tercera", app::Role::representative, family.nil);
  body = must(app::list_my_representatives(family.service(), third));
  CHECK(at(body, {"age"}) == "14-17");
  CHECK(list_of(body, "representatives").empty());
  const app::Caller unrelated = login("laia", app::Role::citizen, family.laia);
  body = must(app::list_my_representatives(family.service(), unrelated));
  CHECK(at(body, {"age"}) == "unknown");
  CHECK(list_of(body, "representatives").empty());
}

TEST_CASE("a document is confidential once, for its own person, and two together take that away") {
  Family family;
  const std::string document = at(
      must(app::store_document(family.service(), family.marta, base::to_bytes(make_sample_pdf()), family.world.once()))
          .body,
      {"document", "id"});
  const auto set = [&](app::NewProtection wanted) {
    return reason(app::set_protection(family.service(), family.marta, family.nil, wanted, family.world.once()));
  };
  app::NewProtection wanted{"confidential", "és cosa seva", {}, {}, {}, {}, {}};
  CHECK(set(wanted) == "protection.bad-document");
  wanted.document = document;
  wanted.address = "Carrer Inventat 99";
  CHECK(set(wanted) == "protection.bad-person");
  wanted.address.clear();
  CHECK(set({"address", "és cosa seva", {}, {}, {}, "Carrer Inventat 99", document}) == "protection.bad-document");
  wanted.document = base::DocumentId::make().text();
  CHECK(set(wanted) == "document.unknown");
  wanted.document = document;
  CHECK(set(wanted).empty());
  CHECK(set(wanted) == "protection.confidential");
  const auto is_kept = [&] {
    return must(family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return view.protection_flags().covers(must(base::DocumentId::parse(document)), "confidential");
    }));
  };
  const app::Caller dpo = family.staff("delegada", app::Role::dpo);
  const app::Caller second = family.staff("segona", app::Role::dpo);
  const auto listed = list_of(must(app::list_protections(family.service(), dpo, {})), "protections");
  REQUIRE(listed.size() == 1);
  CHECK(at(listed[0], {"documentId"}) == document);
  CHECK(at(listed[0], {"kind"}) == "confidential");
  CHECK(listed[0].find("token")->is_null());
  const auto remove = [&](const app::Caller& by) {
    return reason(
        app::remove_protection(family.service(), by, at(listed[0], {"id"}), "ja no cal", family.world.once()));
  };
  CHECK(remove(dpo).empty());
  CHECK(is_kept());
  CHECK(remove(dpo) == "protection.second-person");
  CHECK(remove(second).empty());
  CHECK_FALSE(is_kept());

  // A paper of somebody else is none that could be confidential to Nil.
  const std::string of_pau = family.world.document();
  must(app::create_signature_request(family.service(), family.world.integrator(), family.world.wish(of_pau, family.pau),
                                     family.world.once()));
  wanted.document = of_pau;
  CHECK(set(wanted) == "document.unknown");
}

}  // namespace representations_test
