// What people say about the use of the pages.

#include "app/feedback.h"

#include "app/world.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace feedback_test {

namespace {

const base::Json::Array& feedback_of(const base::Json& body) { return *body.find("feedback")->as_array(); }

app::Caller staff(World& world, const std::string& name, app::Role role) {
  return must(app::authenticate_session(world.service(), world.join(name, role))).caller.value();
}

}  // namespace

TEST_CASE("what is said without a name becomes a task, is read as an event, and its contact goes with the answer") {
  World world{{.second_factor_for_staff = false}};
  auto& service = world.service();
  const auto marta = staff(world, "marta", app::Role::professional);
  const auto before = world.log_size();
  const auto sent =
      must(app::send_feedback(service, {"El botó és petit.\nNo el veig.", "visit", "phone", "600 000 000"}));
  CHECK(world.log_size() == before + 1);
  CHECK(at(sent, {"feedback", "reference"}).size() == 8);
  const auto list = must(app::list_feedback(service, marta, {}));
  REQUIRE(feedback_of(list).size() == 1);
  const std::string listed = base::write_json(list);
  CHECK(listed.find("600 000 000") == std::string::npos);
  CHECK(listed.find("petit") == std::string::npos);
  const std::string id = at(feedback_of(list)[0], {"id"});
  CHECK(id.ends_with(at(sent, {"feedback", "reference"})));
  const auto read = must(app::read_feedback(service, marta, id));
  CHECK(world.log_size() == before + 2);
  CHECK(at(read, {"feedback", "text"}) == "El botó és petit.\nNo el veig.");
  CHECK(at(read, {"feedback", "contact"}) == "600 000 000");
  CHECK(at(read, {"feedback", "page"}) == "visit");
  must(app::answer_feedback(service, marta, id, "Li hem trucat: ja és gran.", world.once()));
  CHECK(reason(app::answer_feedback(service, marta, id, "Un altre cop", world.once())) == "feedback.answered");
  const auto answered = must(app::read_feedback(service, marta, id));
  CHECK(answered.find("feedback")->find("contact")->is_null());
  CHECK(at(answered, {"feedback", "answer", "by"}) == "professional");
}

TEST_CASE("an answer is due within twenty working days") {
  World world;
  const auto sent = must(app::send_feedback(world.service(), {"x", {}, "none", {}}));
  const auto due = must(base::parse_rfc3339(at(sent, {"feedback", "dueAt"})));
  // Four weeks, whatever the day: twenty working days hold four weekends, five where it begins on one of them.
  CHECK(due >= world.clock().now() + std::chrono::hours(24 * 26));
  CHECK(due <= world.clock().now() + std::chrono::hours(24 * 28));
}

TEST_CASE("what is no feedback is refused; an address, which could tell of a visit, has no place in it") {
  World world{{.second_factor_for_staff = false}};
  auto& service = world.service();
  const auto refused = [&](const app::NewFeedback& wanted) { return reason(app::send_feedback(service, wanted)); };
  CHECK(refused({"", {}, "none", {}}) == "feedback.bad-text");
  CHECK(refused({std::string(4001, 'x'), {}, "none", {}}) == "feedback.bad-text");
  CHECK(refused({"x", "https://segell.example/visit#codi", "none", {}}) == "feedback.bad-page");
  CHECK(refused({"x", {}, "mail", "a@b.example"}) == "feedback.bad-contact");
  CHECK(refused({"x", {}, "phone", {}}) == "feedback.bad-contact");
  CHECK(refused({"x", {}, "none", "600"}) == "feedback.bad-contact");
  CHECK(refused({"x", {}, "post", std::string(301, 'x')}) == "feedback.bad-contact");
  CHECK(refused({"x", {}, "none", {}}).empty());
  const auto auditor = staff(world, "auditora", app::Role::auditor);
  CHECK(reason(app::list_feedback(service, auditor, {})) == "http.not-found");
  CHECK(reason(app::read_feedback(service, world.integrator(), "x")) == "feedback.unknown");
  CHECK(reason(app::answer_feedback(service, world.integrator(), "x", "y", world.once())) == "feedback.unknown");
}

TEST_CASE("a flood ends where a thousand wait, and says how else to tell it") {
  World world;
  auto& service = world.service();
  for (int i = 0; i < 1000; ++i) must(app::send_feedback(service, {"x", {}, "none", {}}));
  const auto full = app::send_feedback(service, {"x", {}, "none", {}});
  CHECK(reason(full) == "feedback.full");
  CHECK(full.error().hint.find("telephone") != std::string::npos);
}

}  // namespace feedback_test
