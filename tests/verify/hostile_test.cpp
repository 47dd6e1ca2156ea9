#include "support/sample_pdf.h"
#include "verify/samples.h"

#include "base/encoding.h"
#include "base/json.h"
#include "base/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

// Bytes that somebody changed: every one gets a verdict, and none a better one than the original.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;

base::Bytes concat(base::BytesView a, std::string_view b) {
  base::Bytes out = base::to_bytes(a);
  base::append(out, b);
  return out;
}

struct Ranges {
  std::size_t gap_begin = 0, gap_end = 0;
};

Ranges gap_of(base::BytesView file) {
  const std::string_view text = base::as_text(file);
  const std::size_t begin = text.rfind("/Contents <") + 10;
  return {begin, text.find('>', begin) + 1};
}

}  // namespace

TEST_CASE("one flipped octet in the signed ranges is proven bad, wherever it lies") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-p256", {"--room", "4096"});
  REQUIRE(judge(sealed).indication == Indication::total_passed);
  const Ranges gap = gap_of(sealed);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    if (at >= gap.gap_begin && at < gap.gap_end) continue;
    base::Bytes mutant = sealed;
    mutant[at] ^= std::byte{0x01};
    const Verdict verdict = judge(mutant);
    CAPTURE(at);
    CAPTURE(name_of(verdict));
    // a flip in the first octets makes it no PDF at all for any reader; everywhere else the signature is found broken
    CHECK(verdict.indication == Indication::total_failed);
  }
}

TEST_CASE("one flipped octet in the signature itself never passes, but for the case of a letter in a name") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-p256", {"--room", "4096"});
  const Ranges gap = gap_of(sealed);
  // whom the SignerInfo names: names are compared as RFC 5280 7.1 says, which tells no case apart
  const std::string issuer = base::to_hex(pki_certificate("seal-p256").issuer_der());
  std::string_view contents = base::as_text(sealed);
  contents = contents.substr(gap.gap_begin, gap.gap_end - gap.gap_begin);
  const std::size_t bound = contents.rfind(issuer);  // in the signed attribute, behind it
  const std::size_t named = contents.rfind(issuer, bound - 1);
  REQUIRE(named != std::string_view::npos);
  std::size_t passed = 0;
  for (std::size_t at = gap.gap_begin; at < gap.gap_end; at += 3) {
    base::Bytes mutant = sealed;
    mutant[at] ^= std::byte{0x02};
    const Verdict verdict = judge(mutant);
    CHECK(verdict.signatures.size() == 1);
    if (verdict.indication != Indication::total_passed) continue;
    ++passed;
    const std::size_t place = at - gap.gap_begin - named;
    CAPTURE(place);
    CHECK(place < issuer.size());
    CHECK(place % 2 == 0);  // 0x20 of a letter: its case
  }
  CHECK(passed <= issuer.size() / 6);
}

TEST_CASE("a truncated file never passes and never ends without a verdict") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-p256", {"--room", "4096"});
  const Ranges gap = gap_of(sealed);
  for (std::size_t length = 0; length < sealed.size(); length += length < 64 ? 1 : 37) {
    const Verdict verdict = judge(base::BytesView(sealed).first(length));
    CAPTURE(length);
    CHECK(verdict.indication != Indication::total_passed);
    CHECK(verdict.indication != Indication::error);
    if (length > gap.gap_end) CHECK(verdict.indication == Indication::total_failed);
  }
}

TEST_CASE("what is no signed PDF has nothing to verify") {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  const std::string zip("PK\x03\x04\x14\0\0\0\0\0", 10);
  for (const std::string& text : {std::string(), png, zip, std::string("%PDF-1.7\n"), std::string("hello\n"),
                                  std::string(100000, 'x'), std::string(1000, '\0')})
    CHECK(name_of(judge(base::as_bytes(text))) == "NO-SIGNATURE");
  Samples samples;
  CHECK(name_of(judge(samples.plain())) == "NO-SIGNATURE");
  std::mt19937 random(20261120);
  for (int round = 0; round < 50; ++round) {
    base::Bytes noise(4096);
    for (std::byte& octet : noise) octet = static_cast<std::byte>(random());
    CHECK(judge(noise).indication == Indication::no_signature);
  }
}

TEST_CASE("a password-protected file gets a verdict") {
  Samples samples;
  const auto plain = samples.write(samples.plain(), "plain");
  const auto streams = samples.write(base::to_bytes(with_object_streams(base::to_text(samples.plain()))), "streams");
  for (const auto& file : {plain, streams}) {
    const Verdict locked = judge(samples.encrypt(file, {"user", "owner", "256"}));
    CHECK(name_of(locked) == "NO-SIGNATURE");
    CHECK(locked.summary.find("encrypted") != std::string::npos);
    const Verdict open = judge(samples.encrypt(file, {"", "owner", "256"}));
    CHECK(name_of(open) == "NO-SIGNATURE");
    CHECK(open.summary.find("encrypted") == std::string::npos);
  }
  const auto sealed = samples.write(samples.sign(samples.plain(), "seal-rsa"), "sealed");
  CHECK(judge(samples.encrypt(sealed, {"user", "owner", "256"})).indication != Indication::total_passed);
  // encrypting moves every octet: what was signed before is broken
  CHECK(judge(samples.encrypt(sealed, {"", "owner", "256"})).indication == Indication::total_failed);
}

TEST_CASE("a signature on a file that is encrypted and open to every reader is judged like any other") {
  Samples samples;
  const auto plain = samples.write(samples.plain(), "plain");
  for (const auto& how : std::vector<std::vector<std::string>>{{"", "owner", "40", "--"},
                                                               {"", "owner", "128", "--use-aes=n", "--"},
                                                               {"", "owner", "128", "--use-aes=y", "--"},
                                                               {"", "owner", "256", "--force-R5", "--"},
                                                               {"", "owner", "256", "--"}}) {
    std::string name;
    for (const std::string& word : how) name += word + ' ';
    CAPTURE(name);
    const auto encrypted = samples.encrypt(plain, {how.begin(), how.end() - 1});
    const auto signed_once = samples.sign(encrypted, "seal-rsa");
    const Verdict good = judge(signed_once);
    CHECK_MESSAGE(good.indication == Indication::total_passed, good.summary);
    CHECK(good.signatures.at(0).coverage == Coverage::whole_file);
    CHECK(judge(samples.sign(signed_once, "seal-p256", {"--field", "Second"})).indication == Indication::total_passed);
    auto flipped = signed_once;
    flipped[400] ^= std::byte{1};
    CHECK(judge(flipped).indication != Indication::total_passed);
  }
}

TEST_CASE("another encryption in a later revision makes other text of what was signed, and never passes") {
  Samples samples;
  const auto encrypted = samples.encrypt(samples.write(samples.plain(), "plain"), {"", "owner", "256"});
  const auto sealed = samples.sign(encrypted, "seal-rsa");
  REQUIRE(judge(sealed).indication == Indication::total_passed);
  const std::string text = base::to_text(sealed);
  const std::size_t trailer = text.rfind("/Encrypt ") + 9;
  const std::string number = text.substr(trailer, text.find(' ', trailer) - trailer);
  const std::size_t begin = text.find("\n" + number + " 0 obj") + 1;
  std::string object = text.substr(begin, text.find("endobj", begin) + 7 - begin);
  const std::size_t streams = object.find("/StmF /StdCF");
  REQUIRE(streams != std::string::npos);
  object.replace(streams, 12, "/StmF /Identity");
  std::string attack = text + object;
  const std::size_t table = attack.size();
  char entry[32];
  std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", text.size());
  const std::size_t last = text.rfind("trailer");
  std::string trailer_text = text.substr(last, text.rfind("startxref") - last);
  const std::size_t previous = trailer_text.find("/Prev ");
  trailer_text.replace(
      previous, trailer_text.find_first_of(" />", previous + 6) - previous,
      "/Prev " + text.substr(text.rfind("startxref") + 10, text.rfind("%%EOF") - text.rfind("startxref") - 11));
  attack += "xref\n" + number + " 1\n" + entry + trailer_text + "startxref\n" + std::to_string(table) + "\n%%EOF\n";
  const Verdict verdict = judge(base::to_bytes(attack));
  CHECK_MESSAGE(verdict.indication != Indication::total_passed, verdict.summary);
  REQUIRE(verdict.signatures.size() == 1);
  CHECK(verdict.signatures[0].integrity == Integrity::intact);
}

TEST_CASE("octets behind the last revision are an attack, one end-of-line is not") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  for (const std::string_view tail : {"x", "\n\nhello", "1 0 obj\n<<>>\nendobj\n", "\nxref\n0 1\n",
                                      "startxref\n0\n%%EOF\n", "%%EOF\n", "trailer\n<<>>\nstartxref\n9\n%%EOF\n"}) {
    CAPTURE(tail);
    const Verdict verdict = judge(concat(sealed, tail));
    CHECK(verdict.indication != Indication::total_passed);
    CHECK(verdict.indication != Indication::no_signature);
  }
  const Verdict verdict = judge(concat(sealed, "\n"));
  CHECK(verdict.indication != Indication::no_signature);
}

TEST_CASE("a ByteRange that is moved, widened or shortened is refused") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const std::string_view text = base::as_text(sealed);
  const std::size_t at = text.rfind("/ByteRange [") + 12;
  const std::string old(text.substr(at, text.find(']', at) - at));
  std::uint64_t a = 0, b = 0, c = 0, d = 0;
  REQUIRE(std::sscanf(old.c_str(), "%lu %lu %lu %lu", &a, &b, &c, &d) == 4);
  const auto with = [&](std::uint64_t w, std::int64_t x, std::int64_t y, std::int64_t z) {
    std::string next = std::to_string(w) + " " + std::to_string(x) + " " + std::to_string(y) + " " + std::to_string(z);
    next.resize(old.size(), ' ');
    return judge(replaced(sealed, old, next)).indication;
  };
  const auto s = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  CHECK(with(a, s(b) - 1, s(c), s(d)) == Indication::total_failed);
  CHECK(with(a, s(b), s(c) + 1, s(d) - 1) == Indication::total_failed);
  CHECK(with(a, s(b), s(c), s(d) - 1) == Indication::total_failed);
  CHECK(with(a, s(b), s(c), s(d) + 1) == Indication::total_failed);
  CHECK(with(1, s(b) - 1, s(c), s(d)) == Indication::total_failed);
  CHECK(with(a, -1, s(c), s(d)) == Indication::total_failed);
  CHECK(with(a, s(c), s(b), s(d)) == Indication::total_failed);
}

TEST_CASE("forged and hollow /Contents are broken signatures, never skipped") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const Ranges gap = gap_of(sealed);
  const auto with = [&](std::string contents) {
    contents.resize(gap.gap_end - gap.gap_begin, ' ');
    base::Bytes out = sealed;
    const auto text = base::as_bytes(contents);
    std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(gap.gap_begin));
    return judge(out);
  };
  for (const char* contents : {"<>", "<00>", "null", "<3082>", "()", "99 0 R", "/Name", "<zz>"}) {
    CAPTURE(contents);
    const Verdict verdict = with(contents);
    CHECK(verdict.indication == Indication::total_failed);
    CHECK(verdict.signatures.size() == 1);
  }
  CHECK(judge(replaced(sealed, "/Contents <", "/Kontents <")).indication == Indication::total_failed);
  CHECK(judge(replaced(sealed, "/ByteRange [", "/KyteRange [")).indication == Indication::total_failed);
}

TEST_CASE("anything but digits in the place of the signature is a format failure, though every digest holds") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const Ranges gap = gap_of(sealed);
  const auto with = [&](std::size_t at, std::string_view text) {
    base::Bytes out = sealed;
    const auto octets = base::as_bytes(text);
    std::copy(octets.begin(), octets.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
    return judge(out);
  };
  REQUIRE(name_of(with(gap.gap_end - 9, "00000000")) == "TOTAL-PASSED");
  for (const std::string_view text : {"0000000 ", "0000  00", "000000\r\n", " 0000000", "\t000000\f"}) {
    const Verdict verdict = with(gap.gap_end - 9, text);
    CHECK(name_of(verdict) == "TOTAL-FAILED/FORMAT_FAILURE");
    REQUIRE(verdict.signatures.size() == 1);
    CHECK(verdict.signatures[0].integrity == Integrity::intact);
    CHECK(std::ranges::any_of(verdict.signatures[0].checks, [](const Check& check) {
      return check.id == "pdf.byte-range-gap" && check.status == CheckStatus::fail && !check.detail.empty();
    }));
  }
  for (const std::string_view text : {"00000%00", "0000><00", "000/A>00"}) {
    CAPTURE(text);
    CHECK(name_of(with(gap.gap_end - 9, text)) == "TOTAL-FAILED/FORMAT_FAILURE");
  }
  // octets other than zero behind the message are room that nobody signed
  CHECK(with(gap.gap_end - 9, "deadbeef").indication == Indication::indeterminate);
}

TEST_CASE("a signature that a later revision frees is broken, not forgotten") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const std::string text = base::to_text(sealed);
  const auto object = text.rfind(" 0 obj\n<< /Type /Sig ");
  REQUIRE(object != std::string::npos);
  const auto line = text.rfind('\n', object) + 1;
  const std::string number = text.substr(line, object - line);
  const auto start = text.rfind("startxref\n") + 10;
  const std::string previous = text.substr(start, text.find('\n', start) - start);
  const auto freed =
      concat(sealed, "xref\n" + number + " 1\n0000000000 00001 f \ntrailer\n<< /Size 100 /Root 1 0 R /Prev " +
                         previous + " >>\nstartxref\n" + std::to_string(sealed.size()) + "\n%%EOF\n");
  const Verdict verdict = judge(freed);
  CHECK(name_of(verdict) == "TOTAL-FAILED/FORMAT_FAILURE");
  CHECK(verdict.signatures.size() == 1);
}

// What may be read of a file is bounded by its length: naming an object costs nothing of that, reading it does.
TEST_CASE("a large object that many later revisions list again is read no more often than a few times") {
  Samples samples;
  const SamplePdf large{.extra_objects = "1000 0 obj\n[" + std::string(4U << 20U, ' ') + "]\nendobj", .extra_count = 1};
  const auto sealed = samples.sign(base::as_bytes(make_sample_pdf(large)), "seal-p256");
  const std::string file = with_revisions_naming(1000, std::string(base::as_text(sealed)), 100);
  CHECK(name_of(judge(base::as_bytes(file))) == "TOTAL-PASSED");
}

TEST_CASE("random mutations never improve a verdict and never end without one") {
  Samples samples;
  auto file = samples.sign(samples.plain(), "seal-p256", {"--room", "4096"});
  file = samples.timestamp(samples.update(file, "annotation"));
  const int before = badness(judge(file));
  REQUIRE(before == 1);  // the annotation is suspicious: there is something to improve
  const unsigned seed = 20261120;
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const auto pick = [&](std::size_t below) { return random() % below; };
  for (int round = 0; round < 400; ++round) {
    base::Bytes mutant = file;
    const std::size_t at = pick(mutant.size());
    const std::size_t length = 1 + pick(200);
    const auto from = mutant.begin() + static_cast<std::ptrdiff_t>(at);
    const auto to = mutant.begin() + static_cast<std::ptrdiff_t>(std::min(mutant.size(), at + length));
    switch (pick(5)) {
      case 0:
        mutant[at] = static_cast<std::byte>(random());
        break;
      case 1:
        mutant.erase(from, to);
        break;
      case 2: {
        const base::Bytes copy(from, to);
        mutant.insert(mutant.begin() + static_cast<std::ptrdiff_t>(pick(mutant.size())), copy.begin(), copy.end());
        break;
      }
      case 3:
        std::reverse(from, to);
        break;
      default:
        mutant.resize(at);
        break;
    }
    if (mutant == file) continue;
    const Verdict verdict = judge(mutant);
    CAPTURE(round);
    CHECK(verdict.indication != Indication::total_passed);
    CHECK(verdict.indication != Indication::error);
    CHECK_FALSE(base::write_json(to_json(verdict, "0")).empty());
  }
}
