#include "base/result.h"

#include <doctest/doctest.h>

#include <memory>

using namespace segell::base;

namespace {
Result<int> half(int value) {
  if (value % 2 != 0) return fail(Code::invalid_argument, "test.odd", "odd", "give an even number");
  return value / 2;
}
Result<int> quarter(int value) {
  SEGELL_TRY(const int once, half(value));
  return half(once);
}
Result<void> need_even(int value) {
  SEGELL_CHECK(half(value));
  return ok();
}
}  // namespace

TEST_CASE("a failure travels through SEGELL_TRY with its reason and hint") {
  CHECK(*quarter(8) == 2);
  const auto failed = quarter(6);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Code::invalid_argument);
  CHECK(failed.error().reason == "test.odd");
  CHECK(failed.error().hint == "give an even number");
  CHECK(need_even(4));
  CHECK_FALSE(need_even(5));
}

TEST_CASE("reading the wrong side of a Result is a defect that throws") {
  CHECK_THROWS_AS(half(3).value(), std::logic_error);
  CHECK_THROWS_AS((void)half(4).error(), std::logic_error);
}

TEST_CASE("a Result moves values that cannot be copied") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 7);
}
