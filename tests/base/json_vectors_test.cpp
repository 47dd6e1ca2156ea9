#include "base/json.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <bit>
#include <charconv>
#include <sstream>

using namespace segell::base;

namespace {

std::vector<std::string> lines_of(const std::string& name) {
  std::istringstream text(segell::tests::read_file(SEGELL_VECTORS "/jcs/" + name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

void numbers_agree(const std::string& file, std::size_t at_least) {
  const auto lines = lines_of(file);
  REQUIRE(lines.size() >= at_least);
  for (const std::string& line : lines) {
    CAPTURE(line);
    std::uint64_t bits = 0;
    std::from_chars(line.data(), line.data() + 16, bits, 16);
    const double number = std::bit_cast<double>(bits);
    const std::string expected = line.substr(17);
    CHECK(write_canonical_json(number).value() == expected);
    CHECK(write_json(number) == expected);
    // The text also reads back as the same number; integers come back as integers.
    const Json read = parse_json(expected).value();
    const double back = read.as_double() != nullptr ? *read.as_double() : static_cast<double>(*read.as_int());
    CHECK(back == number);
  }
}

}  // namespace

TEST_CASE("numbers are written as RFC 8785 appendix B has them") { numbers_agree("rfc8785-appendix-b.txt", 24); }

TEST_CASE("numbers are written as an ECMAScript engine writes them") { numbers_agree("numbers.txt", 3000); }

TEST_CASE("values get the canonical form that another implementation gives them") {
  const auto lines = lines_of("values.txt");
  REQUIRE(lines.size() == 300);
  for (const std::string& line : lines) {
    CAPTURE(line);
    const std::size_t tab = line.find('\t');
    const std::string expected = line.substr(tab + 1);
    CHECK(write_canonical_json(parse_json(line.substr(0, tab)).value()).value() == expected);
    CHECK(write_canonical_json(parse_json(expected).value()).value() == expected);
  }
}
