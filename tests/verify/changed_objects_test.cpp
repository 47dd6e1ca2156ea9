#include "verify/changed.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cctype>
#include <regex>

// Changed objects one by one and at random, and those that several parts of a document share.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;
using Objects = Paper::Objects;

/// Alike but for white space: then the values are the same.
bool same_text(std::string a, std::string b) {
  for (std::string* text : {&a, &b}) std::erase_if(*text, [](char c) { return c == ' ' || c == '\n'; });
  return a == b;
}

/// What shows nothing and shows nothing afterwards, of fields that hold nothing: where filling in is permitted,
/// programs draw it anew. tests/attacks (looks, buttons) has what must not appear there.
bool is_empty_look(int number, const std::string& body, const std::string& other) {
  const bool look = number >= 30 && number <= 33;
  const bool off = number == 21 && body.substr(0, body.find("/Off 32")) == other.substr(0, body.find("/Off 32"));
  return look || off;
}

}  // namespace

TEST_CASE("no character of a signed object can change and pass") {
  for (const int docmdp : {0, 2, 3}) {
    Paper paper;
    paper.sign({.docmdp = docmdp});
    std::size_t tried = 0, passed = 0;
    for (int number = 1; number <= 42; ++number) {
      if (!paper.knows(number)) continue;
      const std::string& body = paper.body(number);
      for (std::size_t at = 0; at < body.size(); ++at) {
        if (std::isalnum(static_cast<unsigned char>(body[at])) == 0) continue;
        std::string other = body;
        other[at] = body[at] == '7'                                      ? '3'
                    : body[at] == 'x'                                    ? 'y'
                    : std::isdigit(static_cast<unsigned char>(body[at])) ? '7'
                                                                         : 'x';
        Paper copy = paper;
        copy.save({{number, other}});
        const Verdict verdict = judge(copy.octets());
        ++tried;
        if (verdict.indication != Indication::total_passed) continue;
        // P 3 lets links change
        const auto& classes = verdict.signatures[0].change_classes;
        if (docmdp == 3 && classes == std::vector<std::string>{"annotation"}) continue;
        if (docmdp != 0 && classes == std::vector<std::string>{"form-filling"} && is_empty_look(number, body, other))
          continue;
        ++passed;
        MESSAGE("P" << docmdp << ", object " << number << ": " << other << " " << first_words(verdict));
      }
    }
    CHECK(tried > 1000);
    CHECK(passed == 0);
  }
}

TEST_CASE("whatever else becomes of signed objects never passes") {
  const Paper signed_paper = Paper().sign({});
  std::vector<int> numbers;
  for (int number = 1; number <= 42; ++number)
    if (signed_paper.knows(number)) numbers.push_back(number);
  // freed, or another object's value, or a piece of its own text left out
  const bool holds = rc::check("changed at random", [&] {
    Objects changed;
    const int count = *rc::gen::inRange(1, 4);
    bool differs = false;
    for (int i = 0; i < count; ++i) {
      const int number = *rc::gen::elementOf(numbers);
      const std::string body = signed_paper.body(number);
      const auto at = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(body.size())));
      const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, 12));
      std::string next;
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          break;
        case 1:
          next = signed_paper.body(*rc::gen::elementOf(numbers));
          break;
        default:
          next = body.substr(0, at) + body.substr(std::min(body.size(), at + length));
          break;
      }
      changed[number] = next;
    }
    for (const auto& [number, next] : changed) differs = differs || !same_text(next, signed_paper.body(number));
    RC_PRE(differs);
    Paper copy = signed_paper;
    copy.save(changed);
    RC_ASSERT(judge(copy.octets()).indication != Indication::total_passed);
  });
  CHECK(holds);
}

TEST_CASE("fields that a signature locks are as they were, by their whole names") {
  const auto lock = [](const std::string& what) {
    return " /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams "
           "/Action " +
           what + " /V /1.2 >> >>]";
  };
  const auto fill = [](int number) {
    return [number](Paper& paper) { paper.save({{number, paper.edited(number, "/T (", "/V (x) /T (")}}); };
  };
  const auto answer = [&](const std::string& what, int number) {
    return name_of(after(fill(number), {.reference = lock(what)}));
  };
  const std::string forbidden = words(kForbidden), told = words(kSuspicious);
  CHECK(answer("/All", 24) == forbidden);
  CHECK(answer("/Include /Fields [(part.one)]", 24) == forbidden);
  CHECK(answer("/Include /Fields [(part)]", 24) == forbidden);
  CHECK(answer("/Include /Fields [(part.on)]", 24) == told);
  CHECK(answer("/Include /Fields [(one)]", 24) == told);
  CHECK(answer("/Include /Fields [(part.one)]", 25) == told);
  CHECK(answer("/Exclude /Fields [(part.one)]", 24) == told);
  CHECK(answer("/Exclude /Fields [(part.one)]", 25) == forbidden);
  CHECK(answer("/Include /Fields [(town)]", 23) == forbidden);
  const auto with = [&](const std::function<void(Paper&)>& edit, const std::string& what) {
    return name_of(after(edit, {.reference = lock(what)}));
  };
  CHECK(with(
            [](Paper& p) {
              p.save({{26, p.edited(26, "(part)", "(other)")}});
            },
            "/Include /Fields [(part.one)]") == forbidden);
  CHECK(with([](Paper& p) { p.save({{26, p.edited(26, "25 0 R", "")}}); }, "/Include /Fields [(part)]") == forbidden);
  CHECK(with([](Paper& p) { p.sign({.field = 42}); }, "/All") == forbidden);
  CHECK(with([](Paper& p) { p.sign({.field = 42}); }, "/Include /Fields [(Othe)]") == words(kPasses));
  // /P of a lock counts as that of a certification
  const auto closed = [&](int level) {
    Paper paper;
    paper.with({{40, paper.edited(
                         40, "/T (Seal)",
                         "/T (Seal) /Lock << /Action /Include /Fields [(town)] /P " + std::to_string(level) + " >>")}});
    paper.sign({});
    paper.save(kFilledName);
    return name_of(judge(paper.octets()));
  };
  CHECK(closed(1) == forbidden);
  CHECK(closed(2) == words(kPasses));
}

TEST_CASE("an object that a permitted change may replace is no way to something else") {
  const auto after_shared = [](const Objects& shared, const Objects& changed, int docmdp) {
    Paper paper;
    paper.with(shared).sign({.docmdp = docmdp}).save(changed);
    return judge(paper.octets());
  };
  const Paper plain;
  const std::string value = plain.edited(20, "/AP", "/V (Aina) /AP");
  const auto refused = [&](const Objects& shared, const Objects& changed) {
    const Verdict verdict = after_shared(shared, changed, 2);
    CHECK_MESSAGE(verdict.indication != Indication::total_passed, first_words(verdict));
  };
  // the appearance is a form object of the page as well
  refused({{4, plain.edited(4, "/X1 10 0 R", "/X1 30 0 R")}}, {{20, value}, {30, Paper::appearance("(Aina)")}});
  // the appearance of two fields
  refused({{22, plain.edited(22, "33 0 R", "30 0 R")}}, {{20, value}, {30, Paper::appearance("(Aina)")}});
  // the list of annotations is the list of contents
  refused({{4, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 50 0 R /Annots 50 0 R >>"},
           {50, "[5 0 R 20 0 R]"}},
          {{50, "[5 0 R 20 0 R 60 0 R]"},
           {60, Paper::stream("0 0 9 9 re f", "/FT /Sig /T (x) /Subtype /Widget /Rect [0 0 0 0]")},
           {8, plain.edited(8, "/Fields [", "/Fields [60 0 R ")}});
  // the security store is something else too
  refused({{1, plain.edited(1, "/Pages", "/DSS 50 0 R /OCProperties 50 0 R /Pages")}, {50, "<< /OCGs [] /D << >> >>"}},
          {{50, "<< /OCGs [] /D << /BaseState /OFF >> >>"}});
  refused({{1, plain.edited(1, "/Pages", "/DSS << /Certs [5 0 R] >> /Pages")}}, {{5, Paper::stream("0 0 9 9 re f")}});
  // the value of a field is the content of a page
  refused({{20, plain.edited(20, "/AP", "/V 7 0 R /AP")}}, {{7, Paper::stream("0 0 9 9 re f")}});
  // a reference that led to nothing
  refused({{4, plain.edited(4, "/X1 10 0 R", "/X1 99 0 R")}}, {{99, plain.body(10)}});
  // and nobody else's
  const Verdict own = after_shared({}, {{20, value}, {30, Paper::appearance("(Aina)")}}, 2);
  CHECK_MESSAGE(own.indication == Indication::total_passed, first_words(own));
}

TEST_CASE("evidence may grow and not shrink") {
  Paper paper;
  paper.with({{1, paper.edited(1, "/Pages", "/DSS 50 0 R /Pages")},
              {50, "<< /Type /DSS /Certs [51 0 R] >>"},
              {51, Paper::stream("certificate")}});
  paper.sign({});
  const auto with = [&](const Objects& changed) {
    Paper copy = paper;
    copy.save(changed);
    return name_of(judge(copy.octets()));
  };
  CHECK(with({{50,
               "<< /Type /DSS /Certs [51 0 R 60 0 R] /VRI << /" + std::string(40, 'A') + " << /Cert [60 0 R] >> >> >>"},
              {60, Paper::stream("another")}}) == "TOTAL-PASSED");
  CHECK(with({{50, "<< /Type /DSS /Certs [60 0 R 61 0 R] >>"},
              {60, Paper::stream("another")},
              {61, Paper::stream("certificate")}}) == "TOTAL-PASSED");
  CHECK(with({{50, "<< /Type /DSS /Certs [] >>"}}) == words(kSuspicious));
  CHECK(with({{51, Paper::stream("another")}}) == words(kSuspicious));
  CHECK(with({{1, paper.edited(1, "/DSS 50 0 R", "")}}) == words(kSuspicious));
}

TEST_CASE("a document is certified once, and first") {
  const auto again = [](int first, int second) {
    Paper paper;
    paper.sign({.docmdp = first}).sign({.field = 42, .docmdp = second});
    return judge(paper.octets()).indication;
  };
  CHECK(again(0, 2) == Indication::indeterminate);
  CHECK(again(2, 2) == Indication::total_failed);
}

TEST_CASE("what was hidden when it was signed is warned of, and passes") {
  const auto warned = [](const Objects& objects) {
    Paper paper;
    paper.with(objects).sign({});
    const Verdict verdict = judge(paper.octets());
    CHECK(verdict.indication == Indication::total_passed);
    return std::ranges::any_of(verdict.checks, [](const Check& check) {
      return check.id == "pdf.hidden-content" && check.status == CheckStatus::warn;
    });
  };
  const Paper plain;
  CHECK_FALSE(warned({}));
  CHECK(warned({{20, plain.edited(20, "/F 4", "/F 2")}}));
  CHECK(warned({{1, plain.edited(1, "/Pages", "/OCProperties << /OCGs [11 0 R] /D << /OFF [11 0 R] >> >> /Pages")}}));
}

TEST_CASE("long dictionaries and elements that name one another over and over are judged in time") {
  std::string keys, kids;
  for (int i = 0; i < 60'000; ++i) keys += "/K" + std::to_string(i) + " " + std::to_string(i) + " ";
  for (int i = 0; i < 300; ++i) kids += "61 0 R ";
  Paper paper;
  paper.with({{1, paper.edited(1, "/Pages", "/Data 50 0 R /StructTreeRoot 51 0 R /Pages")},
              {50, "<< " + keys + ">>"},
              {51, "<< /Type /StructTreeRoot /K [] >>"}});
  paper.sign({});
  Objects changed{{50, "<< " + keys + "/More 1 >>"}, {51, "<< /Type /StructTreeRoot /K [60 0 R] >>"}};
  for (int number = 60; number < 70; ++number)
    changed[number] =
        "<< /S /Div /K [" + std::regex_replace(kids, std::regex("61"), std::to_string(number + 1)) + "] >>";
  paper.save(changed);
  CHECK(judge(paper.octets()).indication == Indication::indeterminate);
}
