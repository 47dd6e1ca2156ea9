#include "base/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace segell::base;

namespace {
std::string reason_of(std::string_view text, const JsonLimits& limits = {}) {
  const auto parsed = parse_json(text, limits);
  return parsed ? "accepted" : std::string(parsed.error().reason);
}
std::string canonical(std::string_view text) { return write_canonical_json(parse_json(text).value()).value(); }
}  // namespace

TEST_CASE("JSON is read with its members in their order, and written back the same") {
  const char* text = R"({"b":1,"a":[true,false,null,-7,"é\"\\\n\u0001",{}],"z":9007199254740993,"m":0.5})";
  const Json value = parse_json(text).value();
  CHECK(write_json(value) == text);
  CHECK(*value.find("z")->as_int() == 9007199254740993);
  CHECK(*value.find("m")->as_double() == 0.5);
  CHECK(value.find("none") == nullptr);
  CHECK(Json(7).find("none") == nullptr);
  CHECK(value.find("a")->as_array()->size() == 6);
}

TEST_CASE("values are built and changed in place") {
  Json value;
  value.set("list", Json::array({1, "two"})).set("flag", true);
  value.set("list", Json::array());
  Json list;
  list.push(3).push(nullptr);
  value.set("list", list);
  CHECK(write_json(value) == R"({"list":[3,null],"flag":true})");
  CHECK_THROWS_AS(list.set("x", 1), std::logic_error);
  CHECK_THROWS_AS(value.push(1), std::logic_error);
  CHECK(*Json(std::uint64_t{18446744073709551615u}).as_double() == 18446744073709551616.0);
  CHECK(*Json(std::uint64_t{9223372036854775807u}).as_int() == 9223372036854775807);
  CHECK(write_json(Json(std::nan(""))) == "null");
}

TEST_CASE("what RFC 8259 does not allow is refused") {
  for (const std::string text : {"",
                                 " ",
                                 "{",
                                 "[1,]",
                                 "{\"a\":1,}",
                                 "{'a':1}",
                                 "{a:1}",
                                 "01",
                                 "1.",
                                 ".5",
                                 "+1",
                                 "0x1",
                                 "NaN",
                                 "Infinity",
                                 "-",
                                 "1e",
                                 "tru",
                                 "\"\t\"",
                                 "\"\\x\"",
                                 "\"\\u12\"",
                                 "\"\\ud800\"",
                                 "\"\\udc00\"",
                                 "\"\\ud800\\u0041\"",
                                 "\"\xff\"",
                                 "\"\xc0\x80\"",
                                 "\"\xed\xa0\x80\"",
                                 "{} {}",
                                 "[1] x",
                                 "1 2",
                                 "// c\n1",
                                 "/* c */1",
                                 "\xef\xbb\xbf{}",
                                 "[1}",
                                 "\"abc",
                                 "1e999",
                                 "[1]\xc3"}) {
    CAPTURE(text);
    CHECK(reason_of(text) == "json.malformed");
  }
  CHECK(reason_of(std::string_view("{}\0", 3)) == "json.malformed");
  CHECK(reason_of(std::string_view("\"a\0b\"", 5)) == "json.malformed");
}

TEST_CASE("an error gives the place and never the text") {
  const auto parsed = parse_json("{\"name\": \"Rosa Invented\", oops}");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().message == "not valid JSON near byte 27");
}

TEST_CASE("one object must not name a member twice, however the name is written") {
  CHECK(reason_of(R"({"a":1,"a":1})") == "json.duplicate-member");
  CHECK(reason_of(R"({"a":1,"\u0061":2})") == "json.duplicate-member");
  CHECK(reason_of(R"([{"x":{"b":1,"c":2,"b":3}}])") == "json.duplicate-member");
  CHECK(reason_of(R"({"a":{"a":1},"b":{"a":1}})") == "accepted");
}

TEST_CASE("the bounds hold exactly") {
  CHECK(reason_of("[[1]]", {.max_depth = 2}) == "accepted");
  CHECK(reason_of("[[[1]]]", {.max_depth = 2}) == "json.too-deep");
  CHECK(reason_of("[{\"a\":{}}]", {.max_depth = 2}) == "json.too-deep");
  CHECK(reason_of("[1,2]", {.max_values = 3}) == "accepted");
  CHECK(reason_of("[1,2,3]", {.max_values = 3}) == "json.too-large");
  CHECK(reason_of("[1,2]", {.max_bytes = 5}) == "accepted");
  CHECK(reason_of("[1,2] ", {.max_bytes = 5}) == "json.too-large");
  CHECK(reason_of(std::string(100'000, '[')) == "json.too-deep");
}

TEST_CASE("canonical JSON gives the examples of RFC 8785 section 3.2") {
  CHECK(
      canonical(R"({"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]})") ==
      R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"})");
  CHECK(
      canonical("{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With "
                "Dagesh\",\"1\":\"One\","
                "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
                "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}") ==
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
      "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  CHECK(canonical("-0") == "0");
  CHECK(canonical("-0.0") == "0");
  CHECK(canonical(R"({"":0,"a":{"c":1,"b":2}})") == R"({"":0,"a":{"b":2,"c":1}})");
}

TEST_CASE("a value without a canonical form is refused") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const Json& value : {Json(std::nan("")), Json(infinity), Json(-infinity), Json(std::int64_t{9007199254740992}),
                            Json(std::int64_t{-9007199254740992}), Json("\xff"), Json::object({{"\xc3", 1}}),
                            Json::object({{"a", 1}, {"a", 1}}), Json::array({Json::array({std::nan("")})})}) {
    const auto text = write_canonical_json(value);
    REQUIRE_FALSE(text);
    CHECK(text.error().reason == "json.not-canonical");
  }
  CHECK(write_canonical_json(std::int64_t{9007199254740991}).value() == "9007199254740991");
  CHECK(write_canonical_json(std::int64_t{-9007199254740991}).value() == "-9007199254740991");
}
