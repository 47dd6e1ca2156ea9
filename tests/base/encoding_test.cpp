#include "base/encoding.h"
#include "base/markup.h"

#include "base/random.h"

#include <doctest/doctest.h>

using namespace segell::base;

TEST_CASE("base64 gives the values of RFC 4648 section 10") {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& row : rows) {
    CAPTURE(std::string(row.first));
    CHECK(to_base64(as_bytes(row.first)) == row.second);
    CHECK(to_text(from_base64(row.second).value()) == row.first);
  }
  CHECK(to_base64url(Bytes{std::byte{0xfb}, std::byte{0xff}}) == "-_8");
  CHECK(from_base64url("-_8").value() == Bytes{std::byte{0xfb}, std::byte{0xff}});
}

TEST_CASE("base64 has one spelling: everything else is refused") {
  for (const std::string text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8=\n", "Zm\n8=", " Zm8=", "Zm-_",
                                 "Zg==Zg==", "====", "=", "Z===", "Z"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text));
  }
  for (const std::string text : {"Zg==", "Zh", "Z", "Zm+/", "Zm8=", "Zm 8"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64url(text));
  }
}

TEST_CASE("encodings give back what went in, at every length") {
  for (std::size_t size = 0; size < 70; ++size) {
    const Bytes bytes = random_bytes(size);
    CHECK(from_base64(to_base64(bytes)).value() == bytes);
    CHECK(from_base64url(to_base64url(bytes)).value() == bytes);
    CHECK(from_hex(to_hex(bytes)).value() == bytes);
  }
}

TEST_CASE("hexadecimal reads both cases and refuses the rest") {
  CHECK(to_hex(Bytes{std::byte{0x0a}, std::byte{0xf0}}) == "0af0");
  CHECK(from_hex("0AfF").value() == Bytes{std::byte{0x0a}, std::byte{0xff}});
  CHECK(from_hex("").value().empty());
  for (const std::string text : {"0", "0g", "0x", " 0", "00 ", "G0"}) CHECK_FALSE(from_hex(text));
}

TEST_CASE("UTF-8 is well formed or not, after table 3-7 of the Unicode standard") {
  for (const std::string text : {"", "abc", "ça va", "שלום", "€", "😀", "\xc2\x80", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf",
                                 "\xed\x9f\xbf", "\xee\x80\x80"}) {
    CAPTURE(text);
    CHECK(is_utf8(text));
  }
  for (const std::string text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xc3(", "\xf0\x9f\x98"}) {
    CAPTURE(text);
    CHECK_FALSE(is_utf8(text));
  }
}

TEST_CASE("comparing in constant time still compares") {
  CHECK(equal_constant_time(as_bytes("same"), as_bytes("same")));
  CHECK(equal_constant_time({}, {}));
  CHECK_FALSE(equal_constant_time(as_bytes("same"), as_bytes("samE")));
  CHECK_FALSE(equal_constant_time(as_bytes("same"), as_bytes("sam")));
}

TEST_CASE("a part of an address keeps only what is unreserved") {
  // As encodeURIComponent has it, but for the sub-delimiters that it leaves.
  CHECK(percent_encode("abcXYZ019-._~") == "abcXYZ019-._~");
  CHECK(percent_encode("a b+c@d/e?f&g=h%") == "a%20b%2Bc%40d%2Fe%3Ff%26g%3Dh%25");
  CHECK(percent_encode("ç'!") == "%C3%A7%27%21");
  CHECK(percent_encode(std::string_view("\0\xff", 2)) == "%00%FF");
}

TEST_CASE("text in markup is what it was, and no markup") {
  CHECK(escape_markup("a<b a='1' b=\"2\">&amp;</b> é") ==
        "a&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;amp;&lt;/b&gt; é");
  CHECK(escape_markup("").empty());
}
