#include "base/password_hash.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

using namespace segell::base;

namespace {

std::string derived(std::string_view password, std::string_view salt, const ScryptCost& cost) {
  return to_hex(scrypt(as_bytes(password), as_bytes(salt), cost, 64));
}

/// Quick, for what is not about cost.
constexpr ScryptCost kQuick{4, 1, 1};

}  // namespace

TEST_CASE("scrypt gives the vectors of RFC 7914 section 12") {
  CHECK(derived("", "", {4, 1, 1}) ==
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
  CHECK(derived("password", "NaCl", {10, 8, 16}) ==
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  CHECK(derived("pleaseletmein", "SodiumChloride", {14, 8, 1}) ==
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST_CASE("a stored form opens with its password alone, each with a salt of its own") {
  const std::string stored = hash_password("correcte cavall bateria", kQuick);
  CHECK(stored.starts_with("$scrypt$ln=4,r=1,p=1$"));
  CHECK(*verify_password(stored, "correcte cavall bateria"));
  for (const char* wrong : {"", "correcte cavall bateri", "correcte cavall bateria ", "Correcte cavall bateria"})
    CHECK_FALSE(*verify_password(stored, wrong));
  std::set<std::string> forms;
  for (int i = 0; i < 8; ++i) forms.insert(hash_password("a", kQuick));
  CHECK(forms.size() == 8);
}

TEST_CASE("the usual cost works within its own memory, and an older one is noticed") {
  const std::string stored = hash_password("contrasenya");
  CHECK(*verify_password(stored, "contrasenya"));
  CHECK_FALSE(has_other_cost(stored));
  CHECK(has_other_cost(hash_password("contrasenya", kQuick)));
  CHECK_THROWS_AS(static_cast<void>(scrypt({}, {}, {21, 8, 1}, 32)), std::logic_error);
}

TEST_CASE("a stored form that is none is an error, not a wrong password") {
  const std::string good = hash_password("a", kQuick);
  for (const std::string& bad :
       {std::string(), std::string("a"), good.substr(1), good + "A", good.substr(0, good.size() - 2),
        "$scrypt$ln=40,r=1,p=1" + good.substr(good.find("p=1") + 3), "$scrypt$ln=4,r=1$" + good.substr(21)}) {
    CAPTURE(bad);
    REQUIRE_FALSE(verify_password(bad, "a"));
    CHECK(verify_password(bad, "a").error().reason == "password.stored");
    CHECK(has_other_cost(bad, kQuick));
  }
}
