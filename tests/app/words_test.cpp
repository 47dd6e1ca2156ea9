#include "words.h"

#include "base/encoding.h"
#include "base/json.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

using namespace segell;
using app::Words;

TEST_CASE("the embedded words are the file, and their digest is the file's") {
  const std::string file = tests::read_file(SEGELL_SOURCE_DIR "/service/templates/words-1.json");
  CHECK(base::to_hex(Words::embedded().digest()) == base::to_hex(base::sha256(base::as_bytes(file))));
  CHECK(Words::embedded().version() == 1);
}

TEST_CASE("all three languages have the same keys and the same placeholders") {
  const auto file = base::parse_json(tests::read_file(SEGELL_SOURCE_DIR "/service/templates/words-1.json"));
  REQUIRE(file);
  const auto placeholders = [](std::string_view text) {
    std::vector<std::string> found;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
      found.emplace_back(text.substr(open, text.find('}', open) - open));
    }
    std::sort(found.begin(), found.end());
    return found;
  };
  const base::Json& catalan = *file->find("languages")->find("ca");
  for (const char* language : {"es", "en"}) {
    const base::Json& other = *file->find("languages")->find(language);
    CHECK(other.as_object()->size() == catalan.as_object()->size());
    for (const auto& row : *catalan.as_object()) {
      const auto& [key, text] = row;
      CAPTURE(row.first);
      REQUIRE(other.find(key) != nullptr);
      CHECK(placeholders(*text.as_string()) == placeholders(*other.find(key)->as_string()));
    }
  }
}

TEST_CASE("a value that looks like a placeholder stays what it is") {
  const std::string said =
      Words::embedded().say("en", "choice-until", {{"choice", "{date} {choice}"}, {"date", "01/02/2027"}});
  CHECK(said == "{date} {choice}. Until 01/02/2027.");
}

TEST_CASE("the statement says who seals and who only declares, in every language") {
  for (const char* language : {"ca", "es", "en"}) {
    const std::string said =
        Words::embedded().say(language, "statement",
                              {{"organisation", "Ajuntament"}, {"person", "Roser"}, {"method", "x"}, {"meaning", "y"}});
    CHECK(said.find("Ajuntament") < said.find("Roser"));
    CHECK((said.find("declar") < said.find("Roser")));
  }
}

TEST_CASE("a missing word is a broken build, not an empty line") {
  CHECK_THROWS_AS(static_cast<void>(Words::embedded().say("en", "no-such-key")), std::logic_error);
  CHECK_THROWS_AS(static_cast<void>(Words::embedded().say("fr", "label-code")), std::logic_error);
  CHECK_THROWS_AS(static_cast<void>(Words::embedded().say("en", "page-title")), std::logic_error);
}

TEST_CASE("days and minutes are written the same way in every language") {
  const auto time = base::parse_rfc3339("2026-11-22T04:10:59.5Z");
  REQUIRE(time);
  CHECK(app::format_day(*time) == "22/11/2026");
  CHECK(app::format_minute(*time) == "22/11/2026 04:10 UTC");
}
