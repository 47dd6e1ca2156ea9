#include "cli/program.h"
#include "support/child_process.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace segell;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace {

const std::string kTemplates = std::string(SEGELL_SOURCE_DIR) + "/service/templates/";

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("segell template lint passes the shipped templates and says so") {
  const auto result = run({tests::kSegell, "template", "lint", kTemplates + "data-consent-1.json",
                           kTemplates + "work-plan-1.json", kTemplates + "minor-activity-1.json"});
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("data-consent version 1, 7 renditions: clean") != std::string::npos);
  CHECK(result.err.empty());
}

TEST_CASE("a template with faults is exit 1, one that cannot be read exit 2, a warning alone exit 0") {
  const TemporaryFolder folder;
  const std::string good = text_of(kTemplates + "work-plan-1.json");
  const auto lint = [&](const std::string& text, std::vector<std::string> options = {}) {
    write_file(folder / "t.json", text);
    std::vector<std::string> command{tests::kSegell, "template", "lint"};
    command.insert(command.end(), options.begin(), options.end());
    command.push_back((folder / "t.json").string());
    return run(command);
  };
  const auto faulty = lint(replaced(good, "El teu pla\"", "El teu PIA\""));
  CHECK(faulty.exit_code == 1);
  CHECK(faulty.out.find("error abbreviation: renditions.ca-simple.title: \"PIA\"") != std::string::npos);
  CHECK(faulty.out.find("1 findings") != std::string::npos);
  const auto warned = lint(replaced(
      good, "You can ask for it too.",
      "If you want us to look at this plan again then you can ask any of the people of the team at any time."));
  CHECK(warned.exit_code == 0);
  CHECK(warned.out.find("warning sentence-long") != std::string::npos);
  const auto malformed = lint("{\"schema\": 1}");
  CHECK(malformed.exit_code == 2);
  CHECK(malformed.out.empty());
  CHECK(malformed.err.find("segell: ") == 0);
  CHECK(run({tests::kSegell, "template", "lint", (folder / "absent.json").string()}).exit_code == 2);
  CHECK(run({tests::kSegell, "template"}).exit_code == 2);
}

TEST_CASE("--json prints one object a file with the digests that a signature can name") {
  const TemporaryFolder folder;
  write_file(folder / "bad.json", "[]");
  const auto result = run(
      {tests::kSegell, "template", "lint", "--json", kTemplates + "work-plan-1.json", (folder / "bad.json").string()});
  CHECK(result.exit_code == 2);
  std::istringstream lines(result.out);
  std::string line;
  REQUIRE(std::getline(lines, line));
  const base::Json first = base::parse_json(line).value();
  CHECK(*first.find("schema")->as_string() == "segell.template-lint/1");
  CHECK(*first.find("key")->as_string() == "work-plan");
  CHECK(*first.find("exit")->as_int() == 0);
  CHECK(first.find("findings")->as_array()->empty());
  CHECK(first.find("renditions")->find("ca-simple")->as_string()->size() == 64);
  REQUIRE(std::getline(lines, line));
  const base::Json second = base::parse_json(line).value();
  CHECK(*second.find("exit")->as_int() == 2);
  CHECK(*second.find("error")->find("code")->as_string() == "template.malformed");
}
