#include "signer/ades/verification_code.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

using segell::signer::ades::verification_check_character;
using segell::signer::ades::VerificationCode;

TEST_CASE("the check character agrees with an independent calculation") {
  std::istringstream lines(segell::tests::read_file(SEGELL_VECTORS "/verification-code/vectors.txt"));
  std::string payload, check;
  int count = 0;
  for (; lines >> payload >> check; ++count) {
    CHECK(verification_check_character(payload).value() == check.at(0));
    CHECK(VerificationCode::parse(payload + check).has_value());
  }
  CHECK(count == 43);
}

TEST_CASE("every single wrong character of a code is caught, and nearly every swap of neighbours") {
  const std::string code = VerificationCode::make().text();
  int swaps = 0, missed = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (char other : VerificationCode::kAlphabet) {
      std::string wrong = code;
      wrong[i] = other;
      CHECK(VerificationCode::parse(wrong).has_value() == (other == code[i]));
    }
    if (i + 1 < code.size() && code[i] != code[i + 1]) {
      std::string swapped = code;
      std::swap(swapped[i], swapped[i + 1]);
      ++swaps;
      missed += VerificationCode::parse(swapped).has_value();
    }
  }
  CHECK(missed <= swaps / 8);
}

TEST_CASE("a code reads as people type it and has one spelling inside") {
  const auto code = VerificationCode::make();
  const std::string shown = code.shown();
  CHECK(shown.size() == 32);
  CHECK(std::count(shown.begin(), shown.end(), '-') == 5);
  std::string typed = " " + shown + " ";
  std::transform(typed.begin(), typed.end(), typed.begin(), [](unsigned char c) { return std::tolower(c); });
  CHECK(VerificationCode::parse(typed).value() == code);
  CHECK(VerificationCode::parse(code.text() + "2").error().reason == "verification-code.malformed");
  CHECK(VerificationCode::parse(code.text().substr(1)).error().reason == "verification-code.malformed");
  CHECK(VerificationCode::parse("0" + code.text().substr(1)).error().reason == "verification-code.malformed");
  CHECK(VerificationCode::parse("").error().reason == "verification-code.malformed");
}

TEST_CASE("codes are fresh and use the whole alphabet") {
  std::set<std::string> codes;
  std::set<char> characters;
  for (int i = 0; i < 200; ++i) {
    const std::string text = VerificationCode::make().text();
    codes.insert(text);
    characters.insert(text.begin(), text.end());
  }
  CHECK(codes.size() == 200);
  CHECK(characters.size() == VerificationCode::kAlphabet.size());
}
