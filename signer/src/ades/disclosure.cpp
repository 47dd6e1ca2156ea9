#include "signer/ades/disclosure.h"

#include "ades/canonical_json.h"

#include "base/encoding.h"
#include "base/random.h"

#include <bitset>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Json;
using base::Result;

namespace {
constexpr std::string_view kDisclosureSchema = "segell.disclosure/1";
constexpr std::string_view kMalformedDisclosure = "disclosure.malformed";
constexpr std::array<std::string_view, kFactTypes> kTypes = {"identity-evidence",
                                                             "evidence-level",
                                                             "signer-name",
                                                             "role",
                                                             "capacity",
                                                             "representation",
                                                             "device",
                                                             "capture-quality",
                                                             "times",
                                                             "reservation",
                                                             "question-and-answer",
                                                             "custody-envelope",
                                                             "custody-recipients",
                                                             "place",
                                                             "support",
                                                             "choices"};

std::size_t index_of(FactType type) { return static_cast<std::size_t>(type); }

Json fact_json(std::string_view type, const Json& value) { return Json::object({{"type", type}, {"value", value}}); }
Json fact_json(const Fact& fact) { return fact_json(to_string(fact.type), fact.value); }

Result<Fact> read_fact(const Json& json) {
  MemberReader opening(json, kMalformedDisclosure);
  Fact out;
  SEGELL_TRY(out.salt, opening.base64url<32>("salt"));
  SEGELL_TRY(const Json* fact_member, opening.member("fact"));
  SEGELL_CHECK(opening.finish());
  MemberReader fact(*fact_member, kMalformedDisclosure);
  SEGELL_TRY(const std::string type, fact.text("type"));
  SEGELL_TRY(out.type, parse_fact_type(type));
  SEGELL_TRY(const Json* value, fact.member("value"));
  out.value = *value;
  SEGELL_CHECK(fact.finish());
  return out;
}
}  // namespace

std::string_view to_string(FactType type) noexcept { return kTypes[index_of(type)]; }
Result<FactType> parse_fact_type(std::string_view word) {
  return parse_word<FactType>(kTypes, word, kMalformedDisclosure);
}

Result<std::vector<Fact>> make_facts(std::vector<std::pair<FactType, Json>> values) {
  std::vector<Fact> facts(kFactTypes);
  std::bitset<kFactTypes> given;
  for (std::size_t i = 0; i < kFactTypes; ++i) {
    facts[i].type = static_cast<FactType>(i);
    facts[i].salt = base::random_array<32>();
  }
  for (auto& [type, value] : values) {
    if (given[index_of(type)])
      return fail(Code::invalid_argument, "fact.repeated",
                  "the fact " + std::string(to_string(type)) + " stands twice");
    given.set(index_of(type));
    facts[index_of(type)].value = std::move(value);
  }
  return facts;
}

Result<base::Sha256> commit(const Fact& fact) { return commit(to_string(fact.type), fact.value, fact.salt); }

Result<base::Sha256> commit(std::string_view type, const Json& value, std::span<const std::byte, 32> salt) {
  SEGELL_TRY(const std::string text, base::write_canonical_json(fact_json(type, value)));
  base::Hasher hasher(base::HashAlgorithm::sha256);
  hasher.update(salt);
  hasher.update(base::as_bytes(text));
  return hasher.finish_sha256();
}

Result<std::vector<base::Sha256>> commitments(std::span<const Fact> facts) {
  std::bitset<kFactTypes> seen;
  std::vector<base::Sha256> out;
  for (const Fact& fact : facts) {
    seen.set(index_of(fact.type));
    SEGELL_TRY(out.emplace_back(), commit(fact));
  }
  if (!seen.all() || facts.size() != kFactTypes)
    return fail(Code::invalid_argument, "fact.missing", "a manifest commits to each fact exactly once");
  std::sort(out.begin(), out.end());
  return out;
}

Result<Bytes> write_disclosure(const Disclosure& disclosure) {
  Json::Array facts;
  for (const Fact& fact : disclosure.facts)
    facts.push_back(Json::object({{"salt", base::to_base64url(fact.salt)}, {"fact", fact_json(fact)}}));
  SEGELL_TRY(const std::string text,
             base::write_canonical_json(Json::object({{"schema", kDisclosureSchema},
                                                      {"verificationCode", disclosure.verification_code.text()},
                                                      {"facts", Json(std::move(facts))}})));
  return base::to_bytes(text);
}

Result<Disclosure> parse_disclosure(BytesView bytes) {
  if (bytes.size() > kMaxDisclosureBytes)
    return fail(Code::limit_exceeded, "disclosure.too-large", "the disclosure is larger than 256 KiB");
  const auto json =
      base::parse_json(base::as_text(bytes), {.max_bytes = kMaxDisclosureBytes, .max_depth = 16, .max_values = 10'000});
  if (!json) return fail(Code::malformed, kMalformedDisclosure, "the disclosure is no JSON: " + json.error().message);
  MemberReader top(*json, kMalformedDisclosure);
  SEGELL_TRY(const std::string schema, top.text("schema"));
  if (schema != kDisclosureSchema)
    return fail(Code::unsupported, "disclosure.unknown-schema",
                "the disclosure has a schema this version does not know");
  SEGELL_TRY(const std::string code_text, top.text("verificationCode"));
  auto code = VerificationCode::parse(code_text);
  if (!code) return fail(Code::malformed, kMalformedDisclosure, code.error().message);
  SEGELL_TRY(const Json::Array* facts, top.array("facts"));
  SEGELL_CHECK(top.finish());

  Disclosure out{.verification_code = *std::move(code), .facts = {}};
  std::bitset<kFactTypes> seen;
  for (const Json& item : *facts) {
    SEGELL_TRY(Fact fact, read_fact(item));
    if (seen[index_of(fact.type)]) return fail(Code::malformed, kMalformedDisclosure, "a fact stands twice");
    seen.set(index_of(fact.type));
    out.facts.push_back(std::move(fact));
  }
  return out;
}

Opened open(const Manifest& manifest, const Disclosure& disclosure) {
  Opened out;
  out.same_document = manifest.verification_code == disclosure.verification_code;
  for (const Fact& fact : disclosure.facts) {
    const auto commitment = commit(fact);
    const bool proven = commitment && std::find(manifest.commitments.begin(), manifest.commitments.end(),
                                                *commitment) != manifest.commitments.end();
    if (proven)
      out.proven.push_back(fact);
    else
      out.unmatched.push_back(fact.type);
  }
  return out;
}

}  // namespace segell::signer::ades
