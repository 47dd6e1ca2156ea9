#include "base/cbor.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

using namespace segell::base;

namespace {
std::string written(const Cbor& value) { return to_hex(write_cbor(value)); }
Result<Cbor> read(std::string_view hex) { return parse_cbor(from_hex(hex).value()); }
}  // namespace

TEST_CASE("CBOR gives the encodings of RFC 8949 appendix A") {
  const std::pair<Cbor, const char*> rows[] = {
      {0, "00"},
      {1, "01"},
      {10, "0a"},
      {23, "17"},
      {24, "1818"},
      {25, "1819"},
      {100, "1864"},
      {1000, "1903e8"},
      {1000000, "1a000f4240"},
      {std::int64_t{1000000000000}, "1b000000e8d4a51000"},
      {-1, "20"},
      {-10, "29"},
      {-100, "3863"},
      {-1000, "3903e7"},
      {false, "f4"},
      {true, "f5"},
      {Cbor(), "f6"},
      {Bytes(), "40"},
      {from_hex("01020304").value(), "4401020304"},
      {"", "60"},
      {"a", "6161"},
      {"IETF", "6449455446"},
      {"\"\\", "62225c"},
      {"\u00fc", "62c3bc"},
      {"\u6c34", "63e6b0b4"},
      {"\U00010151", "64f0908591"},
      {Cbor::Array{}, "80"},
      {Cbor::Array{1, 2, 3}, "83010203"},
      {Cbor::Array{1, Cbor::Array{2, 3}, Cbor::Array{4, 5}}, "8301820203820405"},
      {Cbor::Map{}, "a0"},
      {Cbor::Map{{1, 2}, {3, 4}}, "a201020304"},
      {std::numeric_limits<std::int64_t>::max(), "1b7fffffffffffffff"},
      {std::numeric_limits<std::int64_t>::min(), "3b7fffffffffffffff"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.second));
    CHECK(written(row.first) == row.second);
    CHECK(read(row.second).value() == row.first);
  }
}

TEST_CASE("map keys stand in the order of their encodings") {
  CHECK(written(Cbor::Map{{256, 3}, {24, 2}, {9, 1}}) == "a3090118180219010003");
}

TEST_CASE("another spelling of the same value is refused") {
  for (const std::string hex :
       {"1800", "1817", "190000", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5800", "7800", "9800", "b800",
        "9fff", "5fff", "7fff", "bfff", "a203040102", "a201020102", "a1180102"}) {
    CAPTURE(hex);
    const auto value = read(hex);
    REQUIRE_FALSE(value);
    CHECK(value.error().reason == "cbor.not-deterministic");
  }
}

TEST_CASE("what events cannot hold, or what is cut short, is refused") {
  for (const std::string hex : {"",
                                "18",
                                "19ff",
                                "41",
                                "61",
                                "81",
                                "a1",
                                "a101",
                                "1b8000000000000000",
                                "1bffffffffffffffff",
                                "3bffffffffffffffff",
                                "f7",
                                "f90000",
                                "fa47c35000",
                                "fb3ff199999999999a",
                                "f818",
                                "f8ff",
                                "c074",
                                "c249010000000000000000",
                                "61ff",
                                "62c328",
                                "0000",
                                "a16161",
                                "a12001",
                                "1c",
                                "fc",
                                "9bffffffffffffffff",
                                "bbffffffffffffffff",
                                "5bffffffffffffffff",
                                "e0",
                                "ff"}) {
    CAPTURE(hex);
    const auto value = read(hex);
    REQUIRE_FALSE(value);
    CHECK(value.error().reason == "cbor.malformed");
  }
}

TEST_CASE("sixteen levels are read and written, seventeen are not") {
  const auto nested = [](int levels) {
    Cbor value = 7;
    for (int i = 0; i < levels; ++i) value = Cbor(Cbor::Array{value});
    return value;
  };
  const Bytes deep = write_cbor(nested(16));
  CHECK(parse_cbor(deep).value() == nested(16));
  CHECK_THROWS_AS((void)write_cbor(nested(17)), std::logic_error);
  Bytes deeper{std::byte{0x81}};
  append(deeper, deep);
  CHECK_FALSE(parse_cbor(deeper));
  CHECK_THROWS_AS((void)write_cbor("\xff"), std::logic_error);
}
