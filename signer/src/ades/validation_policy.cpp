#include "signer/ades/validation_policy.h"

#include "algorithms.h"
#include "base/encoding.h"
#include "base/json.h"
#include "work.h"

#include <string_view>

namespace segell::signer::ades {

using base::Json;
using base::Result;

namespace {

constexpr std::string_view kPolicySchema = "segell.policy/1";
constexpr std::string_view kRequired = "required", kAtHand = "at-hand";
constexpr std::string_view kAllGood = "all-good", kTold = "told";

Result<RevocationDemand> read_demand(const Json& value) {
  const std::string* text = value.as_string();
  if (text != nullptr && *text == kRequired) return RevocationDemand::required;
  if (text != nullptr && *text == kAtHand) return RevocationDemand::at_hand;
  return bad_policy(R"(the policy's revocation is none of "required", "at-hand")");
}

Result<CounterSignatureDemand> read_counter_demand(const Json& value) {
  const std::string* text = value.as_string();
  if (text != nullptr && *text == kAllGood) return CounterSignatureDemand::all_good;
  if (text != nullptr && *text == kTold) return CounterSignatureDemand::told;
  return bad_policy(R"(the policy's counterSignatures is none of "told", "all-good")");
}

Result<std::map<base::Sha256, base::Instant>> read_ends(const Json& value) {
  if (value.as_object() == nullptr) return bad_policy("the policy's trustedUntil is no object");
  std::map<base::Sha256, base::Instant> out;
  for (const auto& [name, time] : *value.as_object()) {
    const auto octets = base::from_hex(name);
    base::Sha256 fingerprint{};
    if (!octets || octets->size() != fingerprint.size())
      return bad_policy("the policy's trustedUntil names an anchor by something else than its SHA-256: " + name);
    std::ranges::copy(*octets, fingerprint.begin());
    const auto until = time.as_string() == nullptr ? bad_policy("no time") : base::parse_rfc3339(*time.as_string());
    if (!until) return bad_policy("the policy's trustedUntil has no time (RFC 3339, in UTC) for " + name);
    out.emplace(fingerprint, *until);
  }
  return out;
}

Result<PolicyDigests> read_digests(const std::string& identifier, const Json& value) {
  if (value.as_object() == nullptr || value.as_object()->empty())
    return bad_policy("the policy's signaturePolicies names no digest of " + identifier);
  PolicyDigests out;
  for (const auto& [name, digest] : *value.as_object()) {
    const auto algorithm = digest_of_name(name);
    if (!algorithm) return bad_policy("the policy's signaturePolicies names a digest that is not known: " + name);
    auto octets = digest.as_string() == nullptr ? bad_policy("no text") : base::from_base64(*digest.as_string());
    if (!octets || octets->size() != digest_of(*algorithm, {}).size())
      return bad_policy("the policy's signaturePolicies has no " + name + " in Base64 for " + identifier);
    out.emplace(*algorithm, *std::move(octets));
  }
  return out;
}

Result<std::map<std::string, PolicyDigests>> read_signature_policies(const Json& value) {
  if (value.as_object() == nullptr) return bad_policy("the policy's signaturePolicies is no object");
  std::map<std::string, PolicyDigests> out;
  for (const auto& [identifier, digests] : *value.as_object()) {
    SEGELL_TRY(auto read, read_digests(identifier, digests));
    out.emplace(identifier, std::move(read));
  }
  return out;
}

Result<void> take_member(const std::string& name, const Json& value, ValidationPolicy& policy) {
  if (name == "schema") return base::ok();
  if (name == "afterApproval") {
    SEGELL_TRY(policy.changes, read_change_policy(value));
  } else if (name == "revocation") {
    SEGELL_TRY(policy.revocation, read_demand(value));
  } else if (name == "counterSignatures") {
    SEGELL_TRY(policy.counter_signatures, read_counter_demand(value));
  } else if (name == "trustedUntil") {
    SEGELL_TRY(policy.trusted_until, read_ends(value));
  } else if (name == "signaturePolicies") {
    SEGELL_TRY(policy.signature_policies, read_signature_policies(value));
  } else {
    return bad_policy("the policy has a member that is not known: " + name);
  }
  return base::ok();
}

// The rules that are applied as one JSON text, so that its digest names exactly them: the built-in ones, and what a
// policy file says otherwise. Algorithms are the suite's.
Json policy_text(const ValidationPolicy& policy) {
  Json text = Json::object({{"schema", kPolicySchema},
                            {"keyUsage", Json::array({"digitalSignature", "nonRepudiation"})},
                            {"revocation", policy.revocation == RevocationDemand::required
                                               ? kRequired
                                               : "lists at hand; a missing one is reported, not a failure"},
                            {"certified", "DocMDP, FieldMDP and Lock as ISO 32000-2 has them"},
                            {"afterApproval", to_json(policy.changes)}});
  if (policy.counter_signatures == CounterSignatureDemand::all_good) text.set("counterSignatures", kAllGood);
  if (!policy.trusted_until.empty()) {
    Json ends = Json::object();
    for (const auto& [anchor, until] : policy.trusted_until)
      ends.set(base::to_hex(anchor), base::format_rfc3339(until));
    text.set("trustedUntil", std::move(ends));
  }
  if (policy.signature_policies) {
    Json known = Json::object();
    for (const auto& [identifier, digests] : *policy.signature_policies) {
      Json list = Json::object();
      for (const auto& [digest, value] : digests) list.set(std::string(to_string(digest)), base::to_base64(value));
      known.set(identifier, std::move(list));
    }
    text.set("signaturePolicies", std::move(known));
  }
  return text;
}

}  // namespace

Result<ValidationPolicy> parse_validation_policy(base::BytesView file) {
  SEGELL_TRY(const auto json, base::parse_json(base::as_text(file), {.max_bytes = kMaxPolicyBytes, .max_depth = 8}));
  if (json.as_object() == nullptr) return bad_policy("the policy is no JSON object");
  const Json* schema = json.find("schema");
  if (schema == nullptr || schema->as_string() == nullptr || *schema->as_string() != kPolicySchema)
    return bad_policy("the policy's schema is not segell.policy/1");
  ValidationPolicy policy;
  for (const auto& [name, value] : *json.as_object()) SEGELL_CHECK(take_member(name, value, policy));
  return policy;
}

std::string policy_fingerprint(const ValidationPolicy& policy) {
  const auto digest = [](const ValidationPolicy& one) {
    return base::to_hex(base::sha256(base::as_bytes(base::write_canonical_json(policy_text(one)).value())));
  };
  static const std::string kBuiltIn = digest(ValidationPolicy{});
  return policy == ValidationPolicy{} ? kBuiltIn : digest(policy);
}

}  // namespace segell::signer::ades
