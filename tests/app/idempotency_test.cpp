#include "app/world.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace segell;
using namespace segell::tests;

namespace {

app::NewPerson roser() { return {"Roser Exemple", {}}; }

}  // namespace

TEST_CASE("the same call repeated gives the same answer and happens once") {
  World world;
  const auto key = world.once_with("k1", "body");
  const auto first = must(app::create_person(world.service(), world.integrator(), roser(), key));
  const auto size = world.log_size();
  const auto second = must(app::create_person(world.service(), world.integrator(), roser(), key));
  CHECK_FALSE(first.replayed);
  CHECK(second.replayed);
  CHECK(first.body == second.body);
  CHECK(world.log_size() == size);
}

TEST_CASE("the same key with another body is refused") {
  World world;
  must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body")));
  CHECK(reason(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "other"))) ==
        "idempotency.other-body");
}

TEST_CASE("a key belongs to its caller and its route") {
  World world;
  must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body")));
  CHECK_FALSE(must(app::create_person(world.service(), world.integrator(), roser(),
                                      world.once_with("k1", "body", "other route")))
                  .replayed);
  app::Caller other = world.integrator();
  other.actor = app::ActorId::make();
  CHECK_FALSE(must(app::create_person(world.service(), other, roser(), world.once_with("k1", "body"))).replayed);
}

TEST_CASE("an answer is kept for seven days") {
  World world;
  must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body")));
  world.clock().pass(std::chrono::hours(24 * 7 - 1));
  CHECK(must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body"))).replayed);
  world.clock().pass(std::chrono::hours(2));
  CHECK_FALSE(
      must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body"))).replayed);
}

TEST_CASE("a failed call leaves its key free") {
  World world;
  CHECK(reason(app::create_person(world.service(), world.integrator(), {"", {}}, world.once_with("k1", "body"))) ==
        "person.bad-name");
  CHECK_FALSE(
      must(app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body"))).replayed);
}

TEST_CASE("keys without visible characters are refused") {
  World world;
  for (const std::string& key : {std::string(), std::string("a b"), std::string(129, 'x'), std::string("a\n")}) {
    CHECK(reason(app::create_person(world.service(), world.integrator(), roser(), world.once_with(key, "body"))) ==
          "idempotency.bad-key");
  }
}

TEST_CASE("one call sent by many threads at once happens once") {
  World world;
  const auto before = world.log_size();
  std::vector<std::string> outcomes(8);
  std::vector<std::thread> threads;
  for (std::string& outcome : outcomes) {
    threads.emplace_back([&] {
      const auto reply =
          app::create_person(world.service(), world.integrator(), roser(), world.once_with("k1", "body"));
      outcome = reply ? "done" : std::string(reply.error().reason);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(world.log_size() == before + 1);
  for (const std::string& outcome : outcomes) CHECK((outcome == "done" || outcome == "idempotency.in-flight"));
}
