#include "signer/ades/manifest.h"

#include "ades/canonical_json.h"
#include "signer/ades/disclosure.h"

#include "base/encoding.h"
#include "base/json.h"

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Json;
using base::Result;

namespace {
constexpr std::string_view kManifestSchema = "segell.manifest/1";
constexpr std::string_view kMalformedManifest = "manifest.malformed";
constexpr std::array<std::string_view, 5> kMeanings = {"agree", "agree-with-reservation", "informed", "received",
                                                       "disagree"};
constexpr std::array<std::string_view, 5> kMethodNames = {"drawn", "drawn-with-dynamics", "button", "official",
                                                          "witnesses"};

bool one_commitment_for_each_fact(const std::vector<base::Sha256>& commitments) {
  const auto not_ascending = [](const base::Sha256& a, const base::Sha256& b) { return a >= b; };
  return commitments.size() == kFactTypes &&
         std::adjacent_find(commitments.begin(), commitments.end(), not_ascending) == commitments.end();
}

Json to_json(const Manifest& manifest) {
  Json::Array commitments;
  for (const auto& commitment : manifest.commitments) commitments.emplace_back(base::to_hex(commitment));
  return Json::object({
      {"schema", kManifestSchema},
      {"verificationCode", manifest.verification_code.text()},
      {"shown", Json::object({{"length", manifest.shown.length},
                              {"sha256", base::to_hex(manifest.shown.sha256)},
                              {"sha512", base::to_hex(manifest.shown.sha512)}})},
      {"base", Json::object({{"length", manifest.base.length}, {"sha256", base::to_hex(manifest.base.sha256)}})},
      {"rendition", Json::object({{"sha256", base::to_hex(manifest.rendition)}})},
      {"method", to_string(manifest.method)},
      {"meaning", to_string(manifest.meaning)},
      {"nonce", base::to_base64url(manifest.nonce)},
      {"signer", manifest.signer.text()},
      {"commitments", Json(std::move(commitments))},
  });
}

Result<Manifest> read_members(const Json& json) {
  MemberReader top(json, kMalformedManifest);
  SEGELL_TRY(const std::string schema, top.text("schema"));
  if (schema != kManifestSchema)
    return fail(Code::unsupported, "manifest.unknown-schema", "the manifest has a schema this version does not know");
  SEGELL_TRY(const std::string code_text, top.text("verificationCode"));
  SEGELL_TRY(auto code, VerificationCode::parse(code_text));
  Manifest out{.verification_code = std::move(code)};

  SEGELL_TRY(const Json* shown_json, top.member("shown"));
  MemberReader shown(*shown_json, kMalformedManifest);
  SEGELL_TRY(out.shown.length, shown.count("length"));
  SEGELL_TRY(out.shown.sha256, shown.hex<32>("sha256"));
  SEGELL_TRY(out.shown.sha512, shown.hex<64>("sha512"));
  SEGELL_CHECK(shown.finish());

  SEGELL_TRY(const Json* base_json, top.member("base"));
  MemberReader base_reader(*base_json, kMalformedManifest);
  SEGELL_TRY(out.base.length, base_reader.count("length"));
  SEGELL_TRY(out.base.sha256, base_reader.hex<32>("sha256"));
  SEGELL_CHECK(base_reader.finish());

  SEGELL_TRY(const Json* rendition_json, top.member("rendition"));
  MemberReader rendition(*rendition_json, kMalformedManifest);
  SEGELL_TRY(out.rendition, rendition.hex<32>("sha256"));
  SEGELL_CHECK(rendition.finish());

  SEGELL_TRY(const std::string method, top.text("method"));
  SEGELL_TRY(out.method, parse_method(method));
  SEGELL_TRY(const std::string meaning, top.text("meaning"));
  SEGELL_TRY(out.meaning, parse_meaning(meaning));
  SEGELL_TRY(out.nonce, top.base64url<32>("nonce"));
  SEGELL_TRY(const std::string signer, top.text("signer"));
  SEGELL_TRY(out.signer, DocumentSignerId::parse(signer));

  SEGELL_TRY(const Json::Array* commitments, top.array("commitments"));
  for (const Json& item : *commitments) {
    const auto* digits = item.as_string();
    const auto octets = digits ? base::from_hex(*digits) : Result<Bytes>(top.failure("commitments"));
    if (!octets || octets->size() != 32) return top.failure("commitments");
    std::copy(octets->begin(), octets->end(), out.commitments.emplace_back().begin());
  }
  SEGELL_CHECK(top.finish());
  return out;
}
}  // namespace

std::string_view to_string(Meaning meaning) noexcept { return kMeanings[static_cast<std::size_t>(meaning)]; }
std::string_view to_string(Method method) noexcept { return kMethodNames[static_cast<std::size_t>(method)]; }
Result<Meaning> parse_meaning(std::string_view word) {
  return parse_word<Meaning>(kMeanings, word, kMalformedManifest);
}
Result<Method> parse_method(std::string_view word) {
  return parse_word<Method>(kMethodNames, word, kMalformedManifest);
}

Result<Bytes> write_manifest(const Manifest& manifest) {
  if (!one_commitment_for_each_fact(manifest.commitments))
    return fail(Code::invalid_argument, "manifest.commitments", "a manifest has one commitment for each fact, sorted");
  SEGELL_TRY(const std::string text, base::write_canonical_json(to_json(manifest)));
  return base::to_bytes(text);
}

Result<Manifest> parse_manifest(BytesView bytes) {
  if (bytes.size() > kMaxManifestBytes)
    return fail(Code::limit_exceeded, "manifest.too-large", "the manifest is larger than 16 KiB");
  const auto json =
      base::parse_json(base::as_text(bytes), {.max_bytes = kMaxManifestBytes, .max_depth = 4, .max_values = 128});
  if (!json) return fail(Code::malformed, kMalformedManifest, "the manifest is no JSON: " + json.error().message);
  auto manifest = read_members(*json);
  if (!manifest) {
    if (manifest.error().code == Code::unsupported) return fail(manifest.error());
    return fail(Code::malformed, kMalformedManifest, "the manifest is wrong: " + manifest.error().message);
  }
  // One manifest has one spelling: a reader that hashes these octets and one that writes them again must agree.
  const auto again = write_manifest(*manifest);
  if (!again || base::as_text(*again) != base::as_text(bytes))
    return fail(Code::malformed, kMalformedManifest, "the manifest is not in its canonical form");
  return manifest;
}

}  // namespace segell::signer::ades
