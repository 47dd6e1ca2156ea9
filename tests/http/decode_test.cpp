#include "http/decode.h"

#include "http/problem.h"

#include <doctest/doctest.h>

using segell::base::Code;
using segell::base::Error;
using segell::base::Json;
using segell::http::Fields;

namespace {

struct Inner {
  std::string type;
  std::uint32_t version = 0;
};
struct Outer {
  std::string name;
  std::optional<std::string> note;
  std::optional<Inner> inner;
  std::vector<Inner> list;
  std::vector<std::string> words;
  std::optional<segell::base::Bytes> octets;
};

void read_inner(Fields& fields, Inner& to) {
  fields.required("type", to.type);
  fields.required("version", to.version);
}

segell::base::Result<Outer> read(std::string_view text) {
  SEGELL_TRY(const auto json, segell::base::parse_json(text));
  Outer to;
  Fields fields(json);
  fields.required("name", to.name);
  fields.optional("note", to.note);
  fields.optional("inner", to.inner, read_inner);
  fields.required_list("list", to.list, read_inner);
  fields.required("words", to.words);
  fields.optional_base64("octets", to.octets);
  SEGELL_CHECK(fields.finish());
  return to;
}

}  // namespace

TEST_CASE("a body that is as declared is read") {
  const auto seen = read(
      R"({"name":"a","inner":{"type":"t","version":3},"list":[{"type":"u","version":0}],"words":["x","y"],"octets":"aGk="})");
  REQUIRE(seen.has_value());
  CHECK(seen->inner->version == 3);
  CHECK(seen->list.at(0).type == "u");
  CHECK(seen->words == std::vector<std::string>{"x", "y"});
  CHECK(segell::base::to_text(*seen->octets) == "hi");
  CHECK_FALSE(seen->note.has_value());
}

TEST_CASE("every other body is refused with the field named") {
  struct Row {
    const char* body;
    const char* reason;
    const char* message;
  };
  const Row rows[] = {
      {R"([])", "request.wrong-type", "the body is not an object"},
      {R"({"list":[],"words":[]})", "request.missing-field", "field name is missing"},
      {R"({"name":1,"list":[],"words":[]})", "request.wrong-type", "field name is not a text"},
      {R"({"name":null,"list":[],"words":[]})", "request.wrong-type", "field name is not a text"},
      {R"({"name":"a","list":[],"words":[],"Name":"b"})", "request.unknown-field", "unknown field Name"},
      {R"({"name":"a","list":[],"words":[],"note":null})", "request.wrong-type", "field note is not a text"},
      {R"({"name":"a","list":{},"words":[]})", "request.wrong-type", "field list is not an array"},
      {R"({"name":"a","list":[7],"words":[]})", "request.wrong-type", "field list[0] is not an object"},
      {R"({"name":"a","list":[{"type":"t","version":-1}],"words":[]})", "request.wrong-type",
       "field list[0].version is not a whole number, zero or more"},
      {R"({"name":"a","list":[{"type":"t","version":4294967296}],"words":[]})", "request.wrong-type",
       "field list[0].version is not a whole number, zero or more"},
      {R"({"name":"a","list":[{"type":"t","version":1.5}],"words":[]})", "request.wrong-type",
       "field list[0].version is not a whole number, zero or more"},
      {R"({"name":"a","list":[{"type":"t","version":1},{"type":"t","version":1,"extra":0}],"words":[]})",
       "request.unknown-field", "unknown field list[1].extra"},
      {R"({"name":"a","list":[],"words":["x",2]})", "request.wrong-type", "field words is not an array of texts"},
      {R"({"name":"a","list":[],"words":[],"octets":"aGk"})", "request.wrong-type",
       "field octets is not base64 with padding"},
      {R"({"name":"a","name":"b","list":[],"words":[]})", "json.duplicate-member", nullptr},
      {R"({"name":"a","list":[],"words":[]} x)", "json.malformed", nullptr},
      {R"({"name":"a","list":[],"words":[],"Maria Puig":1})", "request.unknown-field",
       "unknown field (a name that is not plain)"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    const auto seen = read(row.body);
    REQUIRE_FALSE(seen.has_value());
    CHECK(seen.error().reason == row.reason);
    if (row.message != nullptr) CHECK(seen.error().message == row.message);
  }
}

TEST_CASE("a problem document tells the caller's mistakes and keeps the service's own to itself") {
  const auto told =
      segell::http::make_problem({Code::stale, "act.stale", "the document moved", "show it again"}, "id1");
  CHECK(told.status == 409);
  CHECK(told.content_type == "application/problem+json");
  const auto json = segell::base::parse_json(segell::base::as_text(told.bytes()));
  REQUIRE(json.has_value());
  CHECK(*json->find("code")->as_string() == "act.stale");
  CHECK(*json->find("detail")->as_string() == "the document moved");
  CHECK(*json->find("hint")->as_string() == "show it again");
  CHECK(*json->find("requestId")->as_string() == "id1");
  CHECK(*json->find("status")->as_int() == 409);

  const auto kept = segell::http::make_problem({Code::corrupt, "sqlite.page", "table persons row 7", "secret"}, "id2");
  CHECK(kept.status == 500);
  const auto text = segell::base::to_text(kept.bytes());
  CHECK(text.find("sqlite") == text.npos);
  CHECK(text.find("persons") == text.npos);
  CHECK(text.find("secret") == text.npos);
  CHECK(text.find("id2") != text.npos);
}

TEST_CASE("the same key with another body is 422, any other conflict 409") {
  CHECK(segell::http::make_problem({Code::conflict, "idempotency.other-body", "", {}}, "i").status == 422);
  CHECK(segell::http::make_problem({Code::conflict, "idempotency.in-flight", "", {}}, "i").status == 409);
}
