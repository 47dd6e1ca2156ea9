#include "base/totp.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell::base;

namespace {

constexpr std::string_view kSecret = "12345678901234567890";  // of RFC 6238 appendix B

Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

}  // namespace

TEST_CASE("codes are those of RFC 6238 appendix B") {
  const std::pair<std::int64_t, const char*> rows[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                       {1111111111, "14050471"}, {1234567890, "89005924"},
                                                       {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& row : rows) {
    const auto& [seconds, code] = row;
    CAPTURE(row.first);
    CHECK(totp_code(as_bytes(kSecret), totp_step(at(seconds)), 8) == code);
    CHECK(totp_code(as_bytes(kSecret), totp_step(at(seconds))) == std::string(code).substr(2));
  }
}

TEST_CASE("counters are those of RFC 4226 appendix D") {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                               "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t i = 0; i < 10; ++i) CHECK(totp_code(as_bytes(kSecret), i) == codes[i]);
}

TEST_CASE("the steps beside the clock's match, others do not, and a used one never again") {
  const Instant now = at(1'790'000'000);
  const std::uint64_t step = totp_step(now);
  const auto match = [&](std::uint64_t of, std::optional<std::uint64_t> used) {
    return match_totp(as_bytes(kSecret), totp_code(as_bytes(kSecret), of), now, used);
  };
  for (const std::uint64_t of : {step - 1, step, step + 1}) {
    CHECK(match(of, {}) == of);
    CHECK(match(of, of - 1) == of);
    CHECK_FALSE(match(of, of).has_value());
    CHECK_FALSE(match(of, of + 1).has_value());
  }
  CHECK_FALSE(match(step - 2, {}).has_value());
  CHECK_FALSE(match(step + 2, {}).has_value());
  for (const char* bad : {"", "1", "12345", "1234567", "abcdef", "１２３４５６"})
    CHECK_FALSE(match_totp(as_bytes(kSecret), bad, now, {}).has_value());
}

TEST_CASE("base32 gives the vectors of RFC 4648 section 10, without padding") {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "MY"},
                                                      {"fo", "MZXQ"},
                                                      {"foo", "MZXW6"},
                                                      {"foob", "MZXW6YQ"},
                                                      {"fooba", "MZXW6YTB"},
                                                      {"foobar", "MZXW6YTBOI"}};
  for (const auto& [text, code] : rows) CHECK(to_base32(as_bytes(std::string_view(text))) == code);
}
