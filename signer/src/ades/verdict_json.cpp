#include "signer/ades/verdict.h"

namespace segell::signer::ades {
namespace {

using base::Json;

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

Json time_or_null(const std::optional<base::Instant>& time) {
  return time ? Json(base::format_rfc3339(*time)) : Json();
}

Json checks_to_json(const std::vector<Check>& checks) {
  Json list = Json::array();
  for (const Check& check : checks) {
    Json item = Json::object({{"id", check.id}, {"status", to_string(check.status)}});
    if (!check.detail.empty()) item.set("detail", check.detail);
    list.push(std::move(item));
  }
  return list;
}

Json act_to_json(const ActFacts& act) {
  return Json::object({{"present", act.present},
                       {"selfDeclared", act.self_declared},
                       {"statement", text_or_null(act.statement)},
                       {"method", text_or_null(act.method)},
                       {"meaning", text_or_null(act.meaning)},
                       {"disclosed", act.disclosed},
                       {"verificationCode", text_or_null(act.verification_code)}});
}

Json signer_to_json(const SignerFacts& signer) {
  return Json::object({{"commonName", text_or_null(signer.common_name)},
                       {"subject", text_or_null(signer.subject)},
                       {"serial", text_or_null(signer.serial)},
                       {"organisation", text_or_null(signer.organisation)}});
}

Json counter_signatures_to_json(const std::vector<SignatureVerdict>& counters) {
  Json list = Json::array();
  for (const SignatureVerdict& one : counters) {
    Json json = Json::object({{"type", to_string(one.type)},
                              {"indication", to_string(one.indication)},
                              {"subIndication", text_or_null(to_string(one.sub_indication))},
                              {"integrity", to_string(one.integrity)},
                              {"signer", signer_to_json(one.signer)},
                              {"claimedTime", time_or_null(one.claimed_time)},
                              {"provenTime", time_or_null(one.proven_time)},
                              {"timeBasis", to_string(one.time_basis)},
                              {"checks", checks_to_json(one.checks)}});
    if (!one.counter_signatures.empty())
      json.set("counterSignatures", counter_signatures_to_json(one.counter_signatures));
    list.push(std::move(json));
  }
  return list;
}

Json signature_to_json(const SignatureVerdict& signature) {
  Json changes = Json::array();
  for (const std::string& change : signature.changes) changes.push(change);
  Json classes = Json::array();
  for (const std::string& one : signature.change_classes) classes.push(one);
  Json json = Json::object({{"index", signature.index},
                            {"field", text_or_null(signature.field)},
                            {"type", to_string(signature.type)},
                            {"indication", to_string(signature.indication)},
                            {"subIndication", text_or_null(to_string(signature.sub_indication))},
                            {"integrity", to_string(signature.integrity)},
                            {"coverage", to_string(signature.coverage)},
                            {"modification", to_string(signature.modification)},
                            {"changes", std::move(changes)},
                            {"changeClasses", std::move(classes)},
                            {"level", to_string(signature.level)},
                            {"evidenceLevel", signature.evidence_level},
                            {"signer", signer_to_json(signature.signer)},
                            {"claimedTime", time_or_null(signature.claimed_time)},
                            {"provenTime", time_or_null(signature.proven_time)},
                            {"timeBasis", to_string(signature.time_basis)},
                            {"act", act_to_json(signature.act)},
                            {"checks", checks_to_json(signature.checks)}});
  if (!signature.counter_signatures.empty())
    json.set("counterSignatures", counter_signatures_to_json(signature.counter_signatures));
  return json;
}

}  // namespace

base::Json to_json(const Verdict& verdict, std::string_view tool_version) {
  Json signatures = Json::array();
  for (const SignatureVerdict& signature : verdict.signatures) signatures.push(signature_to_json(signature));
  Json not_checked = Json::array();
  for (const NotChecked& item : verdict.not_checked)
    not_checked.push(Json::object({{"id", item.id}, {"why", item.why}}));
  Json json = Json::object({{"schema", "segell.verdict/1"},
                            {"input", verdict.input},
                            {"indication", to_string(verdict.indication)},
                            {"subIndication", text_or_null(to_string(verdict.sub_indication))},
                            {"exit", exit_code(verdict.indication)},
                            {"summary", verdict.summary},
                            {"signatures", std::move(signatures)},
                            {"checks", checks_to_json(verdict.checks)},
                            {"notChecked", std::move(not_checked)},
                            {"tool", Json::object({{"name", "segell"}, {"version", tool_version}})},
                            {"trust", Json::object({{"sha256", text_or_null(verdict.trust_sha256)}})},
                            {"policy", Json::object({{"sha256", text_or_null(verdict.policy_sha256)}})},
                            {"suite", Json::object({{"name", text_or_null(verdict.suite_name)},
                                                    {"sha256", text_or_null(verdict.suite_sha256)}})}});
  if (verdict.error)
    json.set("error", Json::object({{"code", verdict.error->reason},
                                    {"message", verdict.error->message},
                                    {"hint", text_or_null(verdict.error->hint)}}));
  return json;
}

}  // namespace segell::signer::ades
