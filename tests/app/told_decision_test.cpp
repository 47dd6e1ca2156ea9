#include "app/told_decision.h"

#include "app/slips.h"
#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace told_decision_test {

namespace {

app::ToldDecision told(World& world, const std::string& kind = "withdraw") {
  return {kind,
          "meal-grant",
          kind == "object" ? "register" : "income.tax",
          "ensenyament",
          "Marta Inventada",
          base::format_rfc3339(world.clock().now()),
          "phone",
          "ca",
          {}};
}

base::Result<app::Reply> record(World& world, const std::string& person, const app::ToldDecision& what) {
  return app::record_told_decision(world.service(), world.integrator(), person, what, world.once());
}

/// A person who granted one item, was informed of another, and signed both.
std::string signer(World& world) {
  world.notice();
  const std::string person = world.person();
  const auto visit = world.visit(world.wish(world.document(), person));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "informed"}, "button"), world.once()));
  world.clock().pass(std::chrono::seconds(5));
  return person;
}

}  // namespace

TEST_CASE("what was said to a professional counts from when it was heard, and the person gets a slip of it") {
  World world;
  const std::string person = signer(world);
  CHECK(world.ask(person) == "permit");
  app::ToldDecision what = told(world);
  world.clock().pass(std::chrono::hours(3));
  const auto before = world.log_size();
  const base::Json body = must(record(world, person, what)).body;
  CHECK(world.log_size() == before + 3);  // the decision, whom to tell, the slip
  CHECK(at(body, {"decision", "state"}) == "withdrawn");
  CHECK(world.ask(person) == "withdrawn");
  CHECK(world.ask(person, "register") == "permit");

  const std::string code = at(body, {"slip", "code"});
  const base::Json shown = must(app::look_at_slip(world.service(), code));
  CHECK(at(shown, {"slip", "ending"}) == "told");
  const base::Json& line = shown.find("slip")->find("lines")->as_array()->front();
  CHECK(at(line, {"text"}) == "Consultar la renda a l'Agència Tributària");
  CHECK(at(line, {"choice"}) == "withdraw");
  CHECK(line.find("may")->is_null());
  const app::Content paper = must(app::read_slip_paper(world.service(), code));
  const TemporaryFolder folder;
  write_file(folder / "slip.pdf", base::as_text(paper.bytes));
  const std::string text = run({"pdftotext", "-layout", (folder / "slip.pdf").string(), "-"}).out;
  CHECK(text.find("Ja no hi dono permís") != std::string::npos);
  CHECK(text.find("de paraula") != std::string::npos);
  CHECK(text.find("Marta") == std::string::npos);
}

TEST_CASE("an objection by voice, with what it is about in the words of whoever heard it") {
  World world;
  const std::string person = signer(world);
  app::ToldDecision what = told(world, "object");
  what.text = "El padró";
  const base::Json body = must(record(world, person, what)).body;
  CHECK(at(body, {"decision", "state"}) == "opposed");
  CHECK(world.ask(person, "register") == "opposed");
  const base::Json shown = must(app::look_at_slip(world.service(), at(body, {"slip", "code"})));
  CHECK(at(shown.find("slip")->find("lines")->as_array()->front(), {"text"}) == "El padró");
}

TEST_CASE("who heard it is kept beside the decision, in no event") {
  World world;
  const std::string person = signer(world);
  must(record(world, person, told(world)));
  const auto id = must(base::PersonId::parse(person));
  const auto facts = must(
      world.store().read(world.tenant(), [&](const storage::View& view) { return view.consents().of_person(id); }));
  CHECK(facts.back().heard_by == "Marta Inventada");
  CHECK(facts.back().channel == "phone");
  for (std::uint64_t i = 0; i < world.log_size(); ++i) {
    const auto opening =
        world.store().read(world.tenant(), [&](const storage::View& view) { return view.evidence().opening(i); });
    if (opening) CHECK(base::to_text(opening->event).find("Marta") == std::string::npos);
  }
}

TEST_CASE("a yes that came later than the told no stands") {
  World world;
  const std::string person = signer(world);
  app::ToldDecision late = told(world);
  late.heard_at = base::format_rfc3339(world.clock().now() - std::chrono::hours(24));
  must(record(world, person, late));
  CHECK(world.ask(person) == "permit");
}

TEST_CASE("what cannot have been told so is refused by name, and the same call again answers the same") {
  World world;
  const std::string person = signer(world);
  const auto refused = [&](auto change) {
    app::ToldDecision what = told(world);
    change(what);
    return reason(record(world, person, what));
  };
  using app::ToldDecision;
  CHECK(refused([](ToldDecision& what) { what.kind = "grant"; }) == "told.bad-kind");
  CHECK(refused([](ToldDecision& what) { what.kind = "shout"; }) == "consent.unknown-code");
  CHECK(refused([](ToldDecision& what) { what.heard_by = ""; }) == "told.bad-listener");
  CHECK(refused([](ToldDecision& what) { what.channel = "rumour"; }) == "told.bad-channel");
  CHECK(refused([](ToldDecision& what) { what.language = "fr"; }) == "told.bad-language");
  CHECK(refused([](ToldDecision& what) { what.category = "a b"; }) == "consent.bad-code");
  CHECK(refused([](ToldDecision& what) { what.text = std::string("\x01"); }) == "told.bad-text");
  CHECK(refused([&](ToldDecision& what) {
          what.heard_at = base::format_rfc3339(world.clock().now() + std::chrono::hours(1));
        }) == "told.bad-time");
  CHECK(refused([&](ToldDecision& what) {
          what.heard_at = base::format_rfc3339(world.clock().now() - std::chrono::hours(24 * 32));
        }) == "told.bad-time");
  CHECK(reason(record(world, "nobody", told(world))) == "person.unknown");
  const auto key = world.once();
  const auto first = must(app::record_told_decision(world.service(), world.integrator(), person, told(world), key));
  const auto again = must(app::record_told_decision(world.service(), world.integrator(), person, told(world), key));
  CHECK(again.replayed);
  CHECK(base::write_json(first.body) == base::write_json(again.body));
}

}  // namespace told_decision_test
