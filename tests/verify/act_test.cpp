#include "verify/samples.h"

#include "base/json.h"
#include "base/random.h"
#include "signer/ades/disclosure.h"
#include "signer/ades/seal.h"

#include <doctest/doctest.h>

// A person's act as the organisation's seal declares it: what was shown, what was sealed, what is disclosed.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;
namespace pdf = segell::signer::pdf;

std::vector<Fact> facts() {
  return make_facts({{FactType::identity_evidence, base::Json::object({{"kind", "id-card-seen"}, {"level", 4}})},
                     {FactType::evidence_level, base::Json(4)},
                     {FactType::signer_name, base::Json("Maria Exemple")}})
      .value();
}

Manifest manifest_for(base::BytesView shown, base::BytesView on, const std::vector<Fact>& known) {
  return Manifest{.verification_code = VerificationCode::make(),
                  .shown = {shown.size(), base::sha256(shown), base::sha512(shown)},
                  .base = {on.size(), base::sha256(on)},
                  .rendition = {},
                  .method = Method::drawn,
                  .meaning = Meaning::agree,
                  .nonce = base::random_array<32>(),
                  .signer = DocumentSignerId::make(),
                  .commitments = commitments(known).value()};
}

base::Bytes seal(base::BytesView on, const Manifest& manifest) {
  const auto document = pdf::Document::open(pdf::borrow_source(on)).value();
  SealRequest request;
  request.manifest = write_manifest(manifest).value();
  request.claimed_time = base::SystemClock().now();
  const auto sealed =
      Sealer::make(pki_identity("seal-p256")).value().seal(document, std::move(request), TimeDemand::none, nullptr);
  REQUIRE_MESSAGE(sealed, sealed.error().message);
  base::Bytes out = base::to_bytes(on);
  base::append(out, sealed->bytes);
  return out;
}

const Check* find(const SignatureVerdict& verdict, std::string_view id) {
  for (const Check& check : verdict.checks)
    if (check.id == id) return &check;
  return nullptr;
}

}  // namespace

TEST_CASE("an act is declared, never proven: nothing disclosed means evidence level 0") {
  Samples samples;
  const auto plain = samples.plain();
  const Verdict verdict = judge(seal(plain, manifest_for(plain, plain, facts())));
  REQUIRE(name_of(verdict) == "TOTAL-PASSED");
  const SignatureVerdict& signature = verdict.signatures.at(0);
  CHECK(signature.act.present);
  CHECK(signature.act.self_declared);
  CHECK(signature.act.method == "drawn");
  CHECK(signature.act.meaning == "agree");
  CHECK(signature.act.disclosed == base::Json::object());
  CHECK(signature.act.statement.find("sealed by Ajuntament de Vilaexemple") == 0);
  CHECK(signature.act.statement.find("which declares that a person (name not disclosed)") != std::string::npos);
  CHECK(signature.evidence_level == 0);
  CHECK(find(signature, "act.shown")->status == CheckStatus::pass);
  CHECK(find(signature, "act.base")->status == CheckStatus::pass);
}

TEST_CASE("a disclosure opens facts, and the level follows from them") {
  Samples samples;
  const auto plain = samples.plain();
  const auto known = facts();
  const Manifest manifest = manifest_for(plain, plain, known);
  const auto sealed = seal(plain, manifest);
  const auto judge_with = [&](const std::vector<Fact>& disclosed) {
    const auto file = write_disclosure({manifest.verification_code, disclosed}).value();
    return judge(sealed, {.at = base::SystemClock().now(), .disclosures = {file}});
  };
  const Verdict open = judge_with(known);
  REQUIRE(name_of(open) == "TOTAL-PASSED");
  CHECK(open.signatures[0].evidence_level == 4);
  CHECK(open.signatures[0].act.person == "Maria Exemple");
  CHECK(*open.signatures[0].act.disclosed.find("signer-name")->as_string() == "Maria Exemple");

  auto forged = known;
  for (Fact& fact : forged)
    if (fact.type == FactType::signer_name) fact.value = base::Json("Joan Fals");
  const Verdict wrong = judge_with(forged);
  CHECK(wrong.signatures[0].act.person.empty());
  CHECK(find(wrong.signatures[0], "act.disclosure")->status == CheckStatus::fail);
  CHECK(base::write_json(to_json(wrong, "0")).find("Joan Fals") == std::string::npos);
}

TEST_CASE("a declaration about other octets is proven false") {
  Samples samples;
  const auto plain = samples.plain();
  Manifest manifest = manifest_for(plain, plain, facts());
  manifest.shown.sha512[0] ^= std::byte{1};
  CHECK(name_of(judge(seal(plain, manifest))) == "TOTAL-FAILED/FORMAT_FAILURE");
  manifest = manifest_for(plain, plain, facts());
  manifest.base.sha256[0] ^= std::byte{1};
  CHECK(name_of(judge(seal(plain, manifest))) == "TOTAL-FAILED/FORMAT_FAILURE");
  manifest = manifest_for(plain, plain, facts());
  manifest.shown.length += 1'000'000'000;
  CHECK(name_of(judge(seal(plain, manifest))) == "TOTAL-FAILED/FORMAT_FAILURE");
}

TEST_CASE("an altered paper is called altered, though the declaration about it no longer holds either") {
  Samples samples;
  const auto plain = samples.plain();
  auto sealed = seal(plain, manifest_for(plain, plain, facts()));
  const auto text = base::to_text(plain);
  const auto content = text.rfind("endstream");  // in a content stream, where no structure breaks
  REQUIRE(content != std::string::npos);
  sealed[content - 3] ^= std::byte{1};
  const Verdict verdict = judge(sealed);
  CHECK(name_of(verdict) == "TOTAL-FAILED/HASH_FAILURE");
  CHECK(find(verdict.signatures[0], "act.shown")->status == CheckStatus::fail);
}

TEST_CASE("between what was shown and what was sealed only Segell's own revisions may stand") {
  Samples samples;
  const auto plain = samples.plain();
  const auto first = seal(plain, manifest_for(plain, plain, facts()));
  const Verdict chained = judge(seal(first, manifest_for(plain, first, facts())));
  CHECK(name_of(chained) == "TOTAL-PASSED");
  const auto changed = samples.update(plain, "replace-content");
  const Verdict stale = judge(seal(changed, manifest_for(plain, changed, facts())));
  CHECK(name_of(stale) == "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
  CHECK(find(stale.signatures[0], "act.base")->status == CheckStatus::fail);
}
