#include "printable.h"

#include <doctest/doctest.h>

using segell::cli::printable;

TEST_CASE("ordinary text in any script stays as it is") {
  CHECK(printable("Ajuntament de Vilaexemple, «l·l» ñ Õ עברית 漢字 👍") ==
        "Ajuntament de Vilaexemple, «l·l» ñ Õ עברית 漢字 👍");
}

TEST_CASE("what moves a terminal's cursor or hides text is written out") {
  CHECK(printable("a\x1b[2Jb\r\n\tc\x7f") == "a\\x1b[2Jb\\x0d\\x0a\\x09c\\x7f");
  CHECK(printable("pay\u202Efdp.exe") == "pay\\u{202e}fdp.exe");
  CHECK(printable("a\u200Bb\u2066c\uFEFFd") == "a\\u{200b}b\\u{2066}c\\u{feff}d");
  CHECK(printable("\u009B31m") == "\\u{009b}31m");
}

TEST_CASE("octets that are no UTF-8 are written out one by one") {
  CHECK(printable("\xff\xc0\xaf") == "\\xff\\xc0\\xaf");
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(printable("\xe2\x82") == "\\xe2\\x82");
}

TEST_CASE("long text is cut with a mark") { CHECK(printable(std::string(500, 'x'), 10) == "xxxxxxxxxx…"); }
