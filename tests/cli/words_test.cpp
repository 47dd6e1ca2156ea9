#include "words.h"
#include "report.h"

#include "base/json.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

// What people read, fixed octet by octet: verdicts as data in, golden texts out (tests/vectors/verdict).

namespace {

using namespace segell::signer::ades;
using segell::base::Instant;
using segell::cli::Language;

Instant at(std::string_view text) { return segell::base::parse_rfc3339(text).value(); }

SignatureVerdict act() {
  SignatureVerdict signature;
  signature.field = "Signature1";
  signature.type = SignatureType::seal;
  signature.indication = Indication::total_passed;
  signature.integrity = Integrity::intact;
  signature.coverage = Coverage::whole_file;
  signature.level = Level::b_t;
  signature.signer = {"Ajuntament de Vilaexemple", "CN=Ajuntament de Vilaexemple,O=Exemple", "0a1b", "Exemple"};
  signature.claimed_time = at("2026-11-20T09:14:00Z");
  signature.proven_time = at("2026-11-20T09:14:07Z");
  signature.time_basis = TimeBasis::tsa;
  signature.act.present = true;
  signature.act.method = "drawn";
  signature.act.meaning = "agree";
  signature.act.verification_code = "23456-789AB-CDEFG-HJKL-MNPQ-RSTU";
  signature.act.statement = "sealed by Ajuntament de Vilaexemple, which declares that a person (name not disclosed) …";
  signature.checks = {{"pdf.byte-range", CheckStatus::pass, ""}, {"cert.revocation", CheckStatus::skip, "no data"}};
  return signature;
}

Verdict passed() {
  Verdict verdict;
  verdict.input = "pla.pdf";
  verdict.signatures = {act()};
  verdict.not_checked = {{"revocation", "no revocation data and no network"},
                         {"act.identity-evidence", "not disclosed"},
                         {"trusted-list", "this program reads no trusted lists"}};
  verdict.trust_sha256 = std::string(64, 'a');
  verdict.policy_sha256 = std::string(64, 'b');
  conclude_from_signatures(verdict);
  verdict.summary = "unchanged since it was signed";
  return verdict;
}

Verdict changed() {
  Verdict verdict = passed();
  SignatureVerdict& signature = verdict.signatures[0];
  signature.indication = Indication::total_failed;
  signature.sub_indication = SubIndication::hash_failure;
  signature.integrity = Integrity::broken;
  signature.changes = {"revision 3: page 1: content replaced"};
  signature.change_classes = {"page-content"};
  signature.checks[0] = {"cms.message-digest", CheckStatus::fail, "expected …, computed …"};
  conclude_from_signatures(verdict);
  return verdict;
}

Verdict unsure() {
  Verdict verdict = passed();
  verdict.signatures[0].indication = Indication::indeterminate;
  verdict.signatures[0].sub_indication = SubIndication::no_certificate_chain_found;
  verdict.signatures[0].proven_time.reset();
  verdict.signatures[0].act = {};
  verdict.signatures[0].checks[0] = {"cert.chain", CheckStatus::fail, "unable to get local issuer certificate"};
  verdict.not_checked.push_back({"time", "no trusted timestamp"});
  conclude_from_signatures(verdict);
  return verdict;
}

Verdict many() {
  Verdict verdict = passed();
  for (int i = 1; i < 9; ++i) {
    verdict.signatures.push_back(act());
    verdict.signatures.back().index = i;
  }
  verdict.signatures[8].type = SignatureType::document_timestamp;
  verdict.signatures[8].act = {};
  verdict.signatures[0].modification = Modification::permitted;
  verdict.signatures[0].only_signed_later = true;
  conclude_from_signatures(verdict);
  return verdict;
}

SignatureVerdict counter(std::string name, Indication indication, SubIndication why = SubIndication::none) {
  SignatureVerdict signature;
  signature.indication = indication;
  signature.sub_indication = why;
  signature.integrity = indication == Indication::total_failed ? Integrity::broken : Integrity::intact;
  if (!name.empty()) signature.signer.subject = "CN=" + name;
  signature.signer.common_name = std::move(name);
  signature.claimed_time = at("2026-11-21T10:00:00Z");
  signature.time_basis = TimeBasis::claimed;
  return signature;
}

Verdict countersigned() {
  Verdict verdict = passed();
  SignatureVerdict& signature = verdict.signatures[0];
  signature.counter_signatures = {counter("Secretaria", Indication::total_passed),
                                  counter("Intervenció", Indication::total_failed, SubIndication::hash_failure),
                                  counter("", Indication::indeterminate, SubIndication::no_certificate_chain_found),
                                  counter("Alcaldia", Indication::total_passed)};
  signature.counter_signatures[2].claimed_time.reset();
  signature.counter_signatures[0].proven_time = at("2026-11-21T10:00:05Z");
  signature.counter_signatures[0].counter_signatures = {counter("Arxiu", Indication::total_passed)};
  return verdict;
}

Verdict nothing() {
  Verdict verdict;
  verdict.input = "buit.pdf";
  conclude_from_signatures(verdict);
  return verdict;
}

std::string golden(const std::string& name) {
  return segell::tests::read_file(std::filesystem::path(SEGELL_VECTORS) / "verdict" / name);
}

struct Named {
  std::string name;
  Verdict verdict;
};

std::vector<Named> samples() {
  return {{"passed", passed()}, {"changed", changed()}, {"unsure", unsure()},
          {"many", many()},     {"nothing", nothing()}, {"countersigned", countersigned()}};
}

}  // namespace

TEST_CASE("the text of every kind of verdict is fixed in three languages") {
  for (const Named& sample : samples()) {
    for (const auto& row : {std::pair{Language::ca, "ca"}, {Language::es, "es"}, {Language::en, "en"}}) {
      const auto& [language, tag] = row;
      CAPTURE(sample.name);
      CAPTURE(row.second);
      const std::string text = write_text(sample.verdict, language);
      CHECK(text == golden(sample.name + "." + tag + ".txt"));
      CHECK(write_text(sample.verdict, language) == text);
    }
  }
}

TEST_CASE("no text is longer than twelve lines, and all have the same number in every language") {
  for (const Named& sample : samples()) {
    const auto lines = [&](Language language) {
      const std::string text = write_text(sample.verdict, language);
      return std::count(text.begin(), text.end(), '\n');
    };
    CHECK(lines(Language::ca) <= 12);
    CHECK(lines(Language::ca) == lines(Language::es));
    CHECK(lines(Language::ca) == lines(Language::en));
  }
}

TEST_CASE("the first line and the ids are the same in every language") {
  for (const Named& sample : samples()) {
    const auto first = [&](Language language) {
      const std::string text = write_text(sample.verdict, language);
      return text.substr(0, text.find('\n'));
    };
    CHECK(first(Language::ca) == first(Language::en));
    CHECK(first(Language::ca) == first(Language::es));
    CHECK(first(Language::en).find(to_string(sample.verdict.indication)) == 0);
  }
}

TEST_CASE("nothing ever says that a person's signature is valid") {
  for (const Named& sample : samples()) {
    for (const Language language : {Language::ca, Language::es, Language::en}) {
      const std::string text = write_text(sample.verdict, language);
      for (const char* word : {"valid", "vàlid", "válid", "qualified", "qualificad", "cualificad", "legal"})
        CHECK(text.find(word) == std::string::npos);
    }
  }
}

TEST_CASE("names from certificates cannot move the cursor or forge a line") {
  Verdict verdict = passed();
  verdict.signatures[0].signer.common_name = "X\nTOTAL-PASSED  all.pdf\x1b[2J";
  const std::string text = write_text(verdict, Language::en);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\nTOTAL-PASSED") == std::string::npos);
}

TEST_CASE("who signed in turn is told with what is wrong first, and over whose signature in a report") {
  const Verdict verdict = countersigned();
  const std::string text = write_text(verdict, Language::en);
  const std::size_t bad =
      text.find("Intervenció (2026-11-21T10:00:00Z, claimed by the signer): not good (signed something else)");
  CHECK(bad != std::string::npos);
  CHECK(text.find("Secretaria (2026-11-21T10:00:05Z, proven by a timestamp): good") > bad);
  CHECK(text.find("… and 2 more") != std::string::npos);
  const auto html = segell::cli::write_html(segell::cli::make_report({verdict}, {}, Language::ca));
  for (const char* words :
       {"Signada al seu torn per Secretaria<", "Signada al seu torn per Arxiu, sobre la signatura de Secretaria<",
        "TOTAL-FAILED / HASH_FAILURE, no és bona (va signar una altra cosa)<", "TOTAL-PASSED, bona<",
        "Signada al seu torn per Alcaldia<"})
    CHECK_MESSAGE(html.find(words) != std::string::npos, words);
}

TEST_CASE("the JSON verdict has its keys in their order") {
  for (const Named& sample : samples())
    CHECK(segell::base::write_json(to_json(sample.verdict, "0.0.0")) + "\n" == golden(sample.name + ".json"));
}

TEST_CASE("an input that could not be read is an ERROR with exit 2") {
  const Verdict verdict = make_error_verdict(
      "no.pdf", {segell::base::Code::not_found, "file.not-found", "no.pdf: no such file", "look again"});
  const auto json = to_json(verdict, "0.0.0");
  CHECK(*json.find("indication")->as_string() == "ERROR");
  CHECK(*json.find("exit")->as_int() == 2);
  CHECK(*json.find("error")->find("code")->as_string() == "file.not-found");
}

TEST_CASE("the worst of several outcomes is chosen by 1 > 2 > 3 > 4 > 0") {
  const std::vector<int> order{0, 4, 3, 2, 1};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = 0; j < order.size(); ++j) CHECK(worse_exit(order[i], order[j]) == order[std::max(i, j)]);
}
