#include "address_cover.h"

#include <doctest/doctest.h>

using namespace segell;

TEST_CASE("what is compared of an address is its letters and digits alone") {
  CHECK(app::address_letters("C/ de l’Amagatall, núm. 12 – 3r") == "cdelamagatallnum123r");
  CHECK(app::address_letters("CARRER  AMAGAT·12") == "carreramagat12");
  CHECK(app::address_letters("улица 1") == "улица1");
}

TEST_CASE("each line of an address must be told apart from other words") {
  CHECK(app::address_lines("Carrer Amagat 12\nc/ Amagat 12").size() == 2);
  CHECK(app::address_lines("Carrer Amagat 12\n\n").size() == 1);
  CHECK(app::address_lines("Carrer Amagat 12\nMar 1").empty());
  CHECK(app::address_lines(" \n").empty());
}

TEST_CASE("the token names nothing but the end of the protection's id") {
  CHECK(app::address_token("abcdefghijklmnopqrstuv7f3k") == "A-7F3K");
}
