#include "app/check_code.h"

#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace check_code_test {

namespace {

std::string check(World& world, const std::string& code) {
  const auto answer = app::check_code(world.service(), code);
  if (!answer) return std::string(answer.error().reason);
  const base::Json& said = *answer->find("check");
  return at(said, {"verdict"}) + "|" + (said.find("reason")->is_null() ? "-" : at(said, {"reason"}));
}

}  // namespace

TEST_CASE("a printed code tells the verdict on the stored document, nothing of it, and the check is an event") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const app::Act act = prepare(world, visit, {"grant", "informed"}, "button");
  const auto frozen = must(app::read_visit(world.service(), visit));
  const std::string code = at(frozen, {"request", "frozen", "verificationCode"});
  CHECK(check(world, code) == "none|-");
  must(app::perform_act(world.service(), visit, act, world.once()));
  const auto before = world.log_size();
  CHECK(check(world, code) == "unchanged|-");
  CHECK(world.log_size() == before + 1);
  std::string typed = code;
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  CHECK(check(world, typed) == "unchanged|-");
  const auto answer = must(app::check_code(world.service(), code));
  CHECK(base::write_json(answer) == R"({"check":{"verdict":"unchanged","reason":null,"void":[]}})");
}

TEST_CASE("a code that is none of ours gets an answer of the same shape, and leaves no event") {
  World world;
  const auto before = world.log_size();
  for (const char* code : {"23456-789AB-CDEFG-HJKL-MNPQ-RSTH", "x", ""}) {
    const auto answer = must(app::check_code(world.service(), code));
    CHECK(base::write_json(answer) == R"({"check":{"verdict":"unknown","reason":"no-document","void":[]}})");
  }
  CHECK(world.log_size() == before);
}

TEST_CASE("an erased person's document is still checked") {
  World world;
  world.notice();
  const std::string person = world.person();
  const auto visit = world.visit(world.wish(world.document(), person));
  const app::Act act = prepare(world, visit, {"grant", "informed"}, "button");
  const auto sealed = must(app::perform_act(world.service(), visit, act, world.once()));
  must(app::erase_person(world.service(), world.integrator(), person, world.once()));
  CHECK(check(world, at(sealed.body, {"sealed", "verificationCode"})) == "unchanged|-");
}

TEST_CASE("a busy service says so for every code alike") {
  World world({.verifications = 0});
  CHECK(check(world, "23456-789AB-CDEFG-HJKL-MNPQ-RSTH") == "verify.busy");
  CHECK(check(world, "x") == "verify.busy");
}

}  // namespace check_code_test
