#include "signer/pdf_text.h"

#include "signer/pdf/limits.h"
#include "signer/pdf/parser.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

// Tokens and objects (ISO 32000-1, 7.2 and 7.3), out of memory and out of a file through a sliding window.

namespace {

using namespace segell;
namespace pdf = signer::pdf;
namespace limits = pdf::limits;

base::Result<pdf::Object> parse(const std::string& text) {
  std::size_t used = 0;
  return pdf::parse_object(base::as_bytes(text), 0, used);
}

std::string reason(const std::string& text) {
  const auto object = parse(text);
  return object ? "" : std::string(object.error().reason);
}

std::string written(const std::string& text) {
  const auto object = parse(text);
  if (!object) return object.error().message;
  std::string out;
  pdf::write_object(out, *object);
  return out;
}

std::string string_in(const std::string& text) {
  const auto object = parse(text);
  return object && object->as_string() ? object->as_string()->octets : "no string";
}

base::Result<pdf::IndirectObject> read_from_file(const std::string& object, std::size_t before = 0) {
  const tests::CountingSource file(std::string(before, ' ') + "7 0 obj " + object + " endobj ");
  return pdf::parse_indirect(file, before, {});
}

// Memory and file must agree on value, place and refusal.
void check_alike(const std::string& object, std::size_t before = 0) {
  const std::string text = std::string(before, ' ') + "7 0 obj " + object + " endobj ";
  const auto memory = pdf::parse_indirect(pdf::MemorySource(base::as_bytes(text)), before, {});
  const auto file = read_from_file(object, before);
  REQUIRE(memory.has_value() == file.has_value());
  if (!memory) {
    REQUIRE(memory.error().reason == file.error().reason);
    return;
  }
  REQUIRE(memory->where == file->where);
  REQUIRE(memory->object.where() == file->object.where());
  REQUIRE(memory->object == file->object);
}

std::string random_object(std::size_t depth) {
  const auto text = [](const std::string& alphabet, int most) {
    std::string out;
    const int count = *rc::gen::inRange(0, most);
    for (int i = 0; i < count; ++i) out += *rc::gen::elementOf(alphabet);
    return out;
  };
  switch (*rc::gen::inRange(0, depth > 3 ? 7 : 9)) {
    case 0:
      return std::to_string(*rc::gen::arbitrary<int>());
    case 1:
      return *rc::gen::element<std::string>("true", "false", "null", "-.5", "+17.25", "0.0", "007");
    case 2:
      return "/" + text("abcXYZ+-.$", 12);
    case 3:
      return "(" + text("ab\n\r \\n(x)", 3) + "\\))";
    case 4:
      return "<" + text("0123456789abcdefABCDEF \n", 40) + ">";
    case 5:
      return std::to_string(*rc::gen::inRange(1, 99)) + " 0 R";
    case 6:  // longer than any window
      return "<" + std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 200'000)), '3') + ">";
    default: {
      const bool dictionary = *rc::gen::arbitrary<bool>();
      std::string out = dictionary ? "<<" : "[";
      const int count = *rc::gen::inRange(0, 5);
      for (int i = 0; i < count; ++i)
        out += *rc::gen::element<std::string>(" ", "\r\n", " % a comment\n") + (dictionary ? "/K" : "") +
               (dictionary ? std::to_string(i) + " " : "") + random_object(depth + 1);
      return out + (dictionary ? " >>" : " ]");
    }
  }
}

}  // namespace

TEST_CASE("a reference in an array is the same however it is spaced, and what only looks like one is none") {
  // The common spelling is read at once, every other one token by token: neither may know a reference that the other
  // does not.
  for (const std::string reference :
       {"12 0 R", "12  0 R", "12\n0\tR", "12 %c\n0 R", "012 0 R", "12 00 R", "0000000012 0 R"}) {
    CAPTURE(reference);
    CHECK(written("[" + reference + "]") == written("[12 0 R]"));
    CHECK(written("[7 0 R " + reference + "/A]") == written("[7 0 R 12 0 R /A]"));
  }
  CHECK(written("[12 0]") == "[12 0]");
  CHECK(written("[1 2 3 0 R 4]") == "[1 2 3 0 R 4]");
  CHECK(reason("[12 0 Rx]") == "pdf.syntax");
  CHECK(reason("[0 0 R]") == "pdf.syntax");
  CHECK(reason("[12 65536 R]") == "pdf.syntax");
  CHECK(reason("[8388608 0 R]") == "pdf.syntax");
  CHECK(reason("[12 0 R") == "pdf.syntax");
  const auto object = parse("[1 0 R 22 0 R]");
  REQUIRE(object);
  CHECK((*object->as_array())[1].where() == pdf::Range{7, 6});
}

TEST_CASE("every kind of object reads as the standard writes it") {
  CHECK(written("null") == "null");
  CHECK(written(" % words\r\n true") == "true");
  CHECK(written("[1 -2 +3 4.5 -.002 .25]") == "[1 -2 3 4.5 -.002 .25]");
  CHECK(written("12 0 R") == "12 0 R");
  CHECK(parse("[1 2 3 0 R]")->as_array()->size() == 3);
  CHECK(parse("[1 %5\n2 3%x\n 0 R]")->as_array()->size() == 3);
  CHECK(*parse("/A#42#2fc")->as_name() == "AB/c");
  CHECK(parse("/")->as_name()->empty());
  CHECK(*parse("9223372036854775807")->as_integer() == 9223372036854775807);
  CHECK(parse("9223372036854775808")->as_real() != nullptr);
}

TEST_CASE("strings read as the standard's examples say") {
  CHECK(string_in("(a (nested) b)") == "a (nested) b");
  CHECK(string_in("(one\\\ntwo)") == "onetwo");
  CHECK(string_in("(one\r\ntwo\rthree)") == "one\ntwo\nthree");
  CHECK(string_in("(\\245\\5a\\0053\\n\\q)") == "\245\005a\0053\nq");
  CHECK(string_in("<901FA3>") == "\x90\x1F\xA3");
  CHECK(string_in("<901FA>") == "\x90\x1F\xA0");
  CHECK(string_in("< 90 1\nF >") == "\x90\x1F");
  CHECK(string_in("<>").empty());
  CHECK(parse("<90 1F>")->as_string()->spaced);
  CHECK_FALSE(parse("<901F>")->as_string()->spaced);
}

TEST_CASE("zeros that pad a hexadecimal string are octets like others, wherever they begin and end") {
  for (const std::string head : {"", "A", "AB", "AB C"})
    for (std::size_t zeros = 0; zeros < 200; ++zeros)
      for (const std::string tail : {"", "5", "5E", " 05"}) {
        const std::string digits = head + std::string(zeros, '0') + tail;
        std::string plain = digits, expected;
        std::erase(plain, ' ');
        if (plain.size() % 2 != 0) plain += '0';  // ISO 32000-1, 7.3.4.3
        for (std::size_t i = 0; i < plain.size(); i += 2)
          expected += static_cast<char>(std::stoi(plain.substr(i, 2), nullptr, 16));
        REQUIRE(string_in("<" + digits + ">") == expected);
      }
}

TEST_CASE("what the standard does not allow is refused") {
  for (const char* text : {"",         "]",     ">>",      "<< /A >>", "<< (a) 1 >>", "<< /A 1 >", "[1", "(open",
                           "(open\\)", "<12",   "<1%\n2>", "<1g>",     "1.2.3",       "--1",       "+",  ".",
                           "nul",      "truex", "/A#4",    "/A#zz",    "/A#00",       "endobj",    "{1}"}) {
    CAPTURE(text);
    CHECK(reason(text) == "pdf.syntax");
  }
}

TEST_CASE("a key given twice is kept twice, the last one counts") {
  const auto object = parse("<< /A 1 /B 2 /#41 3 >>");
  const pdf::Dictionary& dictionary = *object->as_dictionary();
  CHECK(dictionary.has_duplicate_keys());
  CHECK(*dictionary.integer("A") == 3);
  CHECK_FALSE(parse("<< /A 1 /B 2 >>")->as_dictionary()->has_duplicate_keys());
  CHECK(parse("<< /A null >>")->as_dictionary()->find("A") == nullptr);
  CHECK(*parse("<< /A 1 /B [2] >>") == *parse("<</B[ 2 ]/C null/A 1>>"));
}

TEST_CASE("depth, names, values and length of one object are bounded, each by its own name") {
  CHECK(reason(std::string(limits::kDepth, '[') + std::string(limits::kDepth, ']')).empty());
  CHECK(reason(std::string(limits::kDepth + 2, '[')) == "pdf.limit.depth");
  CHECK(reason(std::string(1'000'000, '[')) == "pdf.limit.depth");
  CHECK(reason("/" + std::string(limits::kNameBytes, 'a')).empty());
  CHECK(reason("/" + std::string(limits::kNameBytes + 1, 'a')) == "pdf.limit.name");
  std::string many = "[";
  for (std::size_t i = 0; i <= limits::kObjectValues; ++i) many += "0 ";
  CHECK(reason(many + "]") == "pdf.limit.object");
  const auto long_string = read_from_file("(" + std::string(limits::kObjectBytes, 'a') + ")");
  REQUIRE_FALSE(long_string);
  CHECK(long_string.error().reason == "pdf.limit.object");
}

TEST_CASE("a long string is read once through a small window, wherever its seams fall") {
  constexpr std::size_t kDigits = 4U << 20U;
  const tests::CountingSource file("7 0 obj << /A <" + std::string(kDigits, '4') + "> /B (" +
                                   std::string(kDigits, 'x') + ") >> endobj ");
  const auto object = pdf::parse_indirect(file, 0, {});
  REQUIRE(object);
  CHECK(*object->object.as_dictionary()->string("A") == std::string(kDigits / 2, 'D'));
  CHECK(object->object.as_dictionary()->string("B")->size() == kDigits);
  CHECK(file.octets_read == file.size());
  CHECK(file.largest_read <= 64U << 10U);
}

TEST_CASE("any object reads alike out of memory and out of a file") {
  CHECK(rc::check("memory and file agree",
                  [] { check_alike(random_object(0), static_cast<std::size_t>(*rc::gen::inRange(0, 700))); }));
}

TEST_CASE("any object that was cut or garbled is judged alike out of memory and out of a file") {
  CHECK(rc::check("memory and file agree on damage", [] {
    std::string text = random_object(0);
    const auto at = static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, text.size()));
    if (*rc::gen::arbitrary<bool>())
      text.resize(at);
    else
      text[at] = *rc::gen::elementOf(std::string("<>[]()/%\\R0 x"));
    check_alike(text);
  }));
}

TEST_CASE("what is written reads back as the same value") {
  CHECK(rc::check("write and parse", [] {
    const auto object = parse(random_object(0));
    RC_PRE(object.has_value());
    std::string text;
    pdf::write_object(text, *object);
    const auto again = parse(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *object);
  }));
}

TEST_CASE("an indirect object needs its header, its end and a stream's true length") {
  const auto reason_of = [](const std::string& text) {
    const auto object = pdf::parse_indirect(pdf::MemorySource(base::as_bytes(text)), 0, {});
    return object ? "" : std::string(object.error().reason);
  };
  CHECK(reason_of("7 0 obj 1 endobj").empty());
  CHECK(reason_of("\r\n7 0 obj 1 endobj").empty());
  CHECK(reason_of("7 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj").empty());
  CHECK(reason_of("7 0 obj\n<< /Length 3 >>\nstream\r\nabcendstream endobj").empty());
  CHECK(reason_of("7 0 obj\n<< /Length 3 >>\nstream\rabc\nendstream\nendobj").empty());
  CHECK(reason_of("7 0 obj\n<< /Length 3 >>\nstream  \nabc \r\n\nendstream\nendobj").empty());
  for (const char* text : {"7 0 obj 1", "7 0 obj 1 2 endobj", "\n\n\n7 0 obj 1 endobj", "0 0 obj 1 endobj",
                           "7 65536 obj 1 endobj", "7 0 R", "7 0 obj\n<< /Length 3 >>\nstream\tabc\nendstream\nendobj",
                           "7 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream"}) {
    CAPTURE(text);
    CHECK(reason_of(text) == "pdf.syntax");
  }
  for (const char* text :
       {"7 0 obj\n<< /Length 2 >>\nstream\nabc\nendstream\nendobj",
        "7 0 obj\n<< /Length 5 >>\nstream\nabc\nendstream\nendobj",
        "7 0 obj\n<< /Length -1 >>\nstream\nabc\nendstream\nendobj", "7 0 obj\n<< >>\nstream\nabc\nendstream\nendobj",
        "7 0 obj\n<< /Length 9 0 R >>\nstream\nabc\nendstream\nendobj",
        "7 0 obj\n<< /Length 99999999999999999 >>\nstream\nabc\nendstream\nendobj"}) {
    CAPTURE(text);
    CHECK(reason_of(text) == "pdf.stream-length");
  }
}
