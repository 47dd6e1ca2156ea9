#include "app/world.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

TEST_CASE("a token names its tenant, its rights and its agreement") {
  World world;
  const auto caller = must(app::authenticate(world.service(), world.token()));
  CHECK(caller.tenant == world.tenant());
  CHECK(caller.may(app::Right::evaluate));
  CHECK(caller.agreement == std::vector<consent::Scope>{{"meal-grant", "", "ensenyament"}});
}

TEST_CASE("every wrong token fails in the same words") {
  World world;
  std::string other = world.token();
  other.back() = other.back() == 'A' ? 'B' : 'A';
  const std::string capability = world.token().substr(4);
  for (const std::string& token :
       {std::string(), std::string("sgt_"), other, "sgv_" + capability, world.token() + "x"}) {
    const auto refused = app::authenticate(world.service(), token);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::Code::unauthenticated);
    CHECK(refused.error().reason == "auth.invalid-token");
    CHECK(refused.error().message == "the credential is not valid");
  }
}

TEST_CASE("a tablet's capability is no token, and a token no capability") {
  World world;
  world.notice();
  const std::string capability = world.capability(world.wish(world.document(), world.person()));
  CHECK(reason(app::authenticate(world.service(), capability)) == "auth.invalid-token");
  CHECK(reason(app::authenticate_visit(world.service(), world.token())) == "auth.invalid-token");
  CHECK(app::authenticate_visit(world.service(), capability));
}

TEST_CASE("a link ends with its term") {
  World world;
  world.notice();
  const std::string capability = world.capability(world.wish(world.document(), world.person()));
  world.clock().pass(std::chrono::hours(3));
  const auto over = app::authenticate_visit(world.service(), capability);
  REQUIRE_FALSE(over);
  CHECK(over.error().code == base::Code::expired);
  CHECK(over.error().reason == "visit.expired");
}

TEST_CASE("a missing right is refused and nothing happens") {
  World world;
  app::Caller weak = world.integrator();
  weak.rights = {app::Right::evaluate};
  const auto before = world.log_size();
  CHECK(reason(app::create_person(world.service(), weak, {"Roser", {}}, world.once())) == "auth.missing-right");
  CHECK(reason(app::store_document(world.service(), weak, {}, world.once())) == "auth.missing-right");
  CHECK(reason(app::publish_notice(world.service(), weak, {}, world.once())) == "auth.missing-right");
  CHECK(world.log_size() == before);
}

TEST_CASE("a revoked token ends within a second, alone, and its end stands in the log") {
  World world;
  const auto issued =
      must(app::issue_token(world.store(), world.clock(), world.tenant(), {"x", {app::Right::evaluate}, {}}));
  CHECK(must(app::authenticate(world.service(), issued.token)).actor == issued.actor);
  const auto before = world.log_size();
  must(app::revoke_token(world.store(), world.clock(), world.tenant(), issued.actor));
  CHECK(world.log_size() == before + 1);
  world.clock().pass(std::chrono::seconds(1));
  CHECK(reason(app::authenticate(world.service(), issued.token)) == "auth.invalid-token");
  CHECK(app::authenticate(world.service(), world.token()));
  CHECK(reason(app::revoke_token(world.store(), world.clock(), world.tenant(), issued.actor)) == "app.unknown-token");
  CHECK(reason(app::revoke_token(world.store(), world.clock(), world.tenant(), app::ActorId::make())) ==
        "app.unknown-token");
  CHECK(world.log_size() == before + 1);
}

TEST_CASE("a clock that is put back does not lengthen what is remembered of a token") {
  World world;
  const auto issued =
      must(app::issue_token(world.store(), world.clock(), world.tenant(), {"x", {app::Right::evaluate}, {}}));
  CHECK(app::authenticate(world.service(), issued.token));
  must(app::revoke_token(world.store(), world.clock(), world.tenant(), issued.actor));
  world.clock().pass(-std::chrono::hours(1));
  CHECK(reason(app::authenticate(world.service(), issued.token)) == "auth.invalid-token");
}

TEST_CASE("a token's agreement holds codes only") {
  World world;
  const auto refused = app::issue_token(world.store(), world.clock(), world.tenant(),
                                        {"x", {app::Right::evaluate}, {{"meal grant|x", "", ""}}});
  CHECK(reason(refused) == "consent.bad-code");
}
