#include "work.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

std::string_view method_words(std::string_view method) {
  if (method == "drawn") return "signed by drawing a signature";
  if (method == "drawn-with-dynamics") return "signed by drawing a signature, recorded with rhythm and pressure";
  if (method == "button") return "confirmed with a button";
  if (method == "official") return "signed through an authorised official";
  if (method == "witnesses") return "signed before witnesses";
  return "acted";
}

std::string_view meaning_words(std::string_view meaning) {
  if (meaning == "agree") return "to agree";
  if (meaning == "agree-with-reservation") return "to agree with a reservation";
  if (meaning == "informed") return "to say that they were informed";
  if (meaning == "received") return "to say that they received it";
  if (meaning == "disagree") return "to disagree";
  return "";
}

std::string statement_of(const Work& work) {
  if (work.verdict.type == SignatureType::document_timestamp) return {};
  const SignerFacts& signer = work.verdict.signer;
  const std::string who = !signer.common_name.empty() ? signer.common_name : signer.subject;
  if (who.empty()) return {};
  if (!work.verdict.act.present)
    return work.verdict.type == SignatureType::seal ? "sealed by " + who + "; no person's act is declared"
                                                    : "signed with the certificate of " + who;
  std::string text = "sealed by " + who + ", which declares that " +
                     (work.verdict.act.person.empty() ? "a person (name not disclosed)" : work.verdict.act.person);
  if (!work.manifest) return text + " acted (the declaration cannot be read)";
  return text + " " + std::string(method_words(work.verdict.act.method)) + " " +
         std::string(meaning_words(work.verdict.act.meaning));
}

bool has_identity(const base::Json& disclosed) {
  const base::Json* evidence = disclosed.find("identity-evidence");
  if (evidence == nullptr || evidence->is_null()) return false;
  const base::Json* kind = evidence->find("kind");
  return kind == nullptr || kind->as_string() == nullptr ||
         (*kind->as_string() != "none" && *kind->as_string() != "alleged");
}

std::optional<int> disclosed_level(const base::Json& disclosed) {
  const base::Json* level = disclosed.find("evidence-level");
  if (level == nullptr || level->as_int() == nullptr) return std::nullopt;
  return static_cast<int>(std::clamp<std::int64_t>(*level->as_int(), 0, 6));
}

}  // namespace

Level level_of(const Case& file, const Work& work) {
  if (work.signature.document_timestamp || !work.cms || !work.cms->has_reference() || !work.facts.format_holds ||
      work.signature.sub_filter != "ETSI.CAdES.detached")
    return Level::none;
  if (!work.timestamped) return Level::b_b;
  const auto end = work.evidence_end();
  if (!end) return Level::b_t;
  // B-LTA: all of it under a later document timestamp
  const bool archived = std::ranges::any_of(
      file.times, [&](const TrustedTime& time) { return time.end >= *end && time.covers > work.signature.revision; });
  return archived ? Level::b_lta : Level::b_lt;
}

void conclude(Inquiry& file, Work& work) {
  SignatureVerdict& verdict = work.verdict;
  work.facts.now = file.options.at;
  const Conclusion conclusion = decide(work.facts);
  verdict.indication = conclusion.indication;
  verdict.sub_indication = conclusion.sub_indication;
  if (verdict.time_basis == TimeBasis::none && verdict.claimed_time) verdict.time_basis = TimeBasis::claimed;
  verdict.act.self_declared = verdict.act.present;
  verdict.act.statement = statement_of(work);
  if (verdict.type == SignatureType::document_timestamp) return;
  const bool identity = has_identity(verdict.act.disclosed);
  verdict.evidence_level = evidence_level({.passed = conclusion.indication == Indication::total_passed,
                                           .act_present = verdict.act.present,
                                           .identity_proven = identity,
                                           .disclosed_level = disclosed_level(verdict.act.disclosed),
                                           .level = verdict.level});
  if (verdict.act.present && !identity) file.not_checked("act.identity-evidence", "not disclosed");
  if (!work.facts.proven_before) file.not_checked("time", "no trusted timestamp");
  file.not_checked("trusted-list", "this program reads no trusted lists: the seal counts as an organisation's own");
}

}  // namespace segell::signer::ades
