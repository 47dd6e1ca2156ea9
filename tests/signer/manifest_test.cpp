#include "signer/ades/manifest.h"

#include "signer/ades/disclosure.h"
#include "support/child_process.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::signer::ades;

namespace {
std::vector<Fact> example_facts() {
  return make_facts(
             {{FactType::signer_name, base::Json("Rosa Exemple Fictícia")},
              {FactType::evidence_level, base::Json(3)},
              {FactType::choices, base::Json::array({base::Json::object({{"item", "1"}, {"choice", "grant"}})})}})
      .value();
}

Manifest example_manifest(std::span<const Fact> facts) {
  Manifest manifest{.verification_code = VerificationCode::make()};
  manifest.shown = {4711, base::sha256(base::as_bytes("shown")), base::sha512(base::as_bytes("shown"))};
  manifest.base = {4711, base::sha256(base::as_bytes("shown"))};
  manifest.rendition = base::sha256(base::as_bytes("rendition"));
  manifest.method = Method::drawn_with_dynamics;
  manifest.meaning = Meaning::agree_with_reservation;
  manifest.nonce = base::random_array<32>();
  manifest.signer = DocumentSignerId::make();
  manifest.commitments = commitments(facts).value();
  return manifest;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
}  // namespace

TEST_CASE("a manifest comes back from its canonical octets") {
  const auto facts = example_facts();
  const Manifest manifest = example_manifest(facts);
  const base::Bytes octets = write_manifest(manifest).value();
  CHECK(parse_manifest(octets).value() == manifest);
  CHECK(base::to_text(octets).rfind(R"({"base":{"length":4711,"sha256":")", 0) == 0);
  CHECK(base::to_text(octets).find("Rosa") == std::string::npos);
}

TEST_CASE("a manifest has every fact's commitment once, in order") {
  const auto facts = example_facts();
  Manifest manifest = example_manifest(facts);
  std::swap(manifest.commitments[0], manifest.commitments[1]);
  CHECK(write_manifest(manifest).error().reason == "manifest.commitments");
  std::swap(manifest.commitments[0], manifest.commitments[1]);
  manifest.commitments[1] = manifest.commitments[0];
  CHECK(write_manifest(manifest).error().reason == "manifest.commitments");
  manifest.commitments.pop_back();
  CHECK(write_manifest(manifest).error().reason == "manifest.commitments");
}

TEST_CASE("anything that is not the canonical manifest is refused") {
  const auto facts = example_facts();
  const std::string good = base::to_text(write_manifest(example_manifest(facts)).value());
  const auto reason = [](const std::string& text) {
    const auto parsed = parse_manifest(base::as_bytes(text));
    return parsed ? std::string() : std::string(parsed.error().reason);
  };
  CHECK(reason(good).empty());
  CHECK(reason("") == "manifest.malformed");
  CHECK(reason("[]") == "manifest.malformed");
  CHECK(reason(good + " ") == "manifest.malformed");
  CHECK(reason(replaced(good, R"("length":4711)", R"("length": 4711)")) == "manifest.malformed");
  CHECK(reason(replaced(good, R"("length":4711)", R"("length":-4711)")) == "manifest.malformed");
  CHECK(reason(replaced(good, R"("length":4711)", R"("length":4711.5)")) == "manifest.malformed");
  CHECK(reason(replaced(good, R"("schema")", R"("extra":1,"schema")")) == "manifest.malformed");
  CHECK(reason(replaced(good, "segell.manifest/1", "segell.manifest/2")) == "manifest.unknown-schema");
  CHECK(reason(replaced(good, "agree-with-reservation", "agreed")) == "manifest.malformed");
  CHECK(reason(replaced(good, "drawn-with-dynamics", "x")) == "manifest.malformed");
  CHECK(reason(replaced(good, R"("commitments":[")", R"("commitments":["00",")")) == "manifest.malformed");
  CHECK(reason(std::string(kMaxManifestBytes + 1, ' ')) == "manifest.too-large");
}

TEST_CASE("a fact's commitment is SHA-256 over its salt and canonical JSON, as openssl computes it") {
  Fact fact{FactType::signer_name, base::Json("Rosa Exemple Fictícia"), base::random_array<32>()};
  const std::string input = base::to_text(fact.salt) + R"({"type":"signer-name","value":"Rosa Exemple Fictícia"})";
  const auto result = tests::run({"openssl", "dgst", "-sha256", "-r"}, {.input = input});
  CHECK(result.out.substr(0, 64) == base::to_hex(commit(fact).value()));
}

TEST_CASE("presence of a fact tells nothing: all types stand there, absent ones as null") {
  const auto facts = make_facts({}).value();
  CHECK(facts.size() == kFactTypes);
  for (const auto& fact : facts) CHECK(fact.value.is_null());
  CHECK(commitments(facts).value().size() == kFactTypes);
  CHECK(make_facts({{FactType::role, 1}, {FactType::role, 2}}).error().reason == "fact.repeated");
  CHECK(commitments(std::span(facts).first(15)).error().reason == "fact.missing");
}

TEST_CASE("a disclosure opens the facts it holds and no others, and a false fact shows") {
  auto facts = example_facts();
  const Manifest manifest = example_manifest(facts);
  const Disclosure part{manifest.verification_code, {facts[2], facts[15]}};
  const auto back = parse_disclosure(write_disclosure(part).value()).value();
  CHECK(commit(back.facts.at(0)).value() == commit(facts[2]).value());
  CHECK(write_disclosure(back).value() == write_disclosure(part).value());
  auto opened = open(manifest, back);
  CHECK(opened.same_document);
  CHECK(opened.proven.size() == 2);
  CHECK(opened.unmatched.empty());

  Disclosure lie = part;
  lie.facts[0].value = "Another Name";
  lie.verification_code = VerificationCode::make();
  opened = open(manifest, lie);
  CHECK_FALSE(opened.same_document);
  CHECK(opened.unmatched == std::vector{FactType::signer_name});
  CHECK(opened.proven.size() == 1);
}

TEST_CASE("a disclosure that is not exactly ours is refused") {
  const auto facts = example_facts();
  const std::string good = base::to_text(write_disclosure({VerificationCode::make(), {facts[2], facts[3]}}).value());
  const auto reason = [](const std::string& text) {
    const auto parsed = parse_disclosure(base::as_bytes(text));
    return parsed ? std::string() : std::string(parsed.error().reason);
  };
  CHECK(reason(good).empty());
  CHECK(reason(replaced(good, R"("type":"role")", R"("type":"signer-name")")) == "disclosure.malformed");
  CHECK(reason(replaced(good, R"("type":"role")", R"("type":"shoe-size")")) == "disclosure.malformed");
  CHECK(reason(replaced(good, R"("facts")", R"("more":1,"facts")")) == "disclosure.malformed");
  CHECK(reason(replaced(good, "segell.disclosure/1", "segell.disclosure/9")) == "disclosure.unknown-schema");
  CHECK(reason(replaced(good, R"("salt":")", R"("salt":"A)")) == "disclosure.malformed");
  CHECK(reason(std::string(kMaxDisclosureBytes + 1, ' ')) == "disclosure.too-large");
  CHECK(reason("{") == "disclosure.malformed");
}

TEST_CASE("a manifest and a disclosure written by another program are read, and every fact opens") {
  const std::string seeds = SEGELL_SOURCE_DIR "/tests/fuzz/seeds/manifest/";  // made by make_signer_seeds.py
  const std::string manifest_text = tests::read_file(seeds + "manifest.json");
  const std::string disclosure_text = tests::read_file(seeds + "disclosure.json");
  const auto manifest = parse_manifest(base::as_bytes(manifest_text)).value();
  const auto disclosure = parse_disclosure(base::as_bytes(disclosure_text)).value();
  const auto opened = open(manifest, disclosure);
  CHECK(opened.same_document);
  CHECK(opened.proven.size() == kFactTypes);
  CHECK(opened.unmatched.empty());
}
