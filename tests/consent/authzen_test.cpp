#include "consent/mappings/authzen.h"

#include "consent/facts.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::consent;

namespace {

constexpr const char* kPerson = "01h2xcejqtf2nbrexx3vqjhp41";

std::string request(const std::string& subject, const std::string& action, const std::string& resource,
                    const std::string& more = "") {
  return R"({"subject":)" + subject + R"(,"action":)" + action + R"(,"resource":)" + resource + more + "}";
}

const std::string kSubject = R"({"type":"organization","id":"A09002970"})";
const std::string kAction = R"({"name":"read","properties":{"purpose":"meal-grant"}})";
const std::string kResource =
    std::string(R"({"type":"person_data","id":")") + kPerson + R"(","properties":{"category":"income.tax"}})";

base::Result<mappings::EvaluationRequest> parse(const std::string& text) {
  auto body = base::parse_json(text);
  REQUIRE(body);
  return mappings::parse_evaluation_request(*body);
}

}  // namespace

TEST_CASE("a complete evaluation request becomes a question") {
  const auto parsed = parse(request(kSubject, kAction, kResource, R"(,"context":{"procedure":"2877"},"other":1)"));
  REQUIRE(parsed);
  const auto question = mappings::to_question(*parsed);
  REQUIRE(question);
  CHECK(question->person.text() == kPerson);
  CHECK(question->question.scope == Scope{"meal-grant", "income.tax", "A09002970"});
}

TEST_CASE("a missing or mistyped mandatory member is malformed") {
  const std::string bad[] = {
      "[]",
      "{}",
      R"({"subject":)" + kSubject + R"(,"action":)" + kAction + "}",
      request("1", kAction, kResource),
      request(R"({"type":"organization"})", kAction, kResource),
      request(R"({"type":1,"id":"x"})", kAction, kResource),
      request(R"({"type":"","id":"x"})", kAction, kResource),
      request(R"({"type":"organization","id":"x","properties":[]})", kAction, kResource),
      request(kSubject, R"({})", kResource),
      request(kSubject, R"({"name":null})", kResource),
      request(kSubject, kAction, R"({"type":"person_data"})"),
      request(kSubject, kAction, kResource, R"(,"context":"x")"),
  };
  for (const std::string& text : bad) {
    CAPTURE(text);
    const auto parsed = parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().reason == "authzen.malformed");
  }
}

TEST_CASE("what Segell holds no answer to is no question") {
  const auto question = [](const std::string& text) {
    auto parsed = parse(text);
    REQUIRE(parsed);
    return mappings::to_question(*parsed);
  };
  CHECK_FALSE(question(request(R"({"type":"user","id":"x"})", kAction, kResource)));
  CHECK_FALSE(question(request(kSubject, R"({"name":"delete"})", kResource)));
  CHECK_FALSE(question(request(kSubject, R"({"name":"read"})", kResource)));
  CHECK_FALSE(question(request(kSubject, kAction, R"({"type":"person_data","id":"someone"})")));
  CHECK_FALSE(question(request(kSubject, R"({"name":"read","properties":{"purpose":"all"}})", kResource)));
}

TEST_CASE("an answer carries its id, basis, grounds and term; a neutral denial carries nothing") {
  Facts facts;
  facts.decisions = {test::fact(DecisionKind::grant, 1)};
  const base::Json permit = mappings::write_evaluation_response(test::ask(facts, 2), "01h2xcejqtf2nbrexx3vqjhp41");
  CHECK(
      base::write_json(permit) ==
      R"({"decision":true,"context":{"id":"01h2xcejqtf2nbrexx3vqjhp41","ruleVersion":"3","basis":"EXPRESS_CONSENT","scsp":"Si","validUntil":")" +
          base::format_rfc3339(test::day(1000)) + R"(","basedOn":["decision/)" + facts.decisions[0].id.text() +
          R"("]}})");
  const base::Json denial = mappings::write_evaluation_response(test::ask({}, 2), "x");
  CHECK(base::write_json(denial) ==
        R"({"decision":false,"context":{"id":"x","ruleVersion":"3","reason":"no_basis","basedOn":[]}})");
  CHECK(base::write_json(mappings::neutral_denial()) == R"({"decision":false})");
}
