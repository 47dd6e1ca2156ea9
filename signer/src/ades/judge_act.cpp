#include "work.h"

#include "base/encoding.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

bool equals(const DigestPlan& plan, const std::optional<DigestPlan::Ticket>& ticket, base::BytesView expected) {
  return ticket && std::ranges::equal(plan.result(*ticket), expected);
}

std::optional<pdf::RevisionIndex> revision_ending_at(const Case& file, std::uint64_t length) {
  const auto& revisions = file.document.revisions();
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    // a revision ends behind "%%EOF", with or without the end-of-line that may follow
    if (length >= revisions[i].eof && length <= revisions[i].end) return i;
  }
  return std::nullopt;
}

// True when the revision holds nothing but seals with a manifest, document timestamps and their evidence.
bool is_segell_revision(const Case& file, const std::vector<Work>& works, pdf::RevisionIndex revision) {
  const auto changes = std::ranges::find(file.changes, revision, &pdf::RevisionChanges::revision);
  if (changes == file.changes.end() || !changes->only_signing()) return false;
  return std::ranges::none_of(works, [&](const Work& work) {
    return work.signature.revision == revision && !work.signature.document_timestamp && !work.manifest;
  });
}

/// What the seal says of the octets does not hold. Where the signed octets were altered, that is the cause and the
/// verdict's name; else the seal itself is false.
void contradict(Work& work, std::string id, std::string detail) {
  if (!work.facts.digest_matches) return work.check(std::move(id), CheckStatus::fail, std::move(detail));
  work.break_format(std::move(id), std::move(detail));
}

void judge_shown(const DigestPlan& plan, Work& work) {
  const bool same = equals(plan, work.shown_sha256, work.manifest->shown.sha256) &&
                    equals(plan, work.shown_sha512, work.manifest->shown.sha512);
  if (!same) return contradict(work, "act.shown", "what the seal says was shown is not in this file");
  work.check("act.shown", CheckStatus::pass,
             "the first " + std::to_string(work.manifest->shown.length) + " octets, sha256 " +
                 base::to_hex(work.manifest->shown.sha256));
}

void judge_base(const Case& file, const std::vector<Work>& works, const DigestPlan& plan, Work& work) {
  const Manifest& manifest = *work.manifest;
  if (!equals(plan, work.base_sha256, manifest.base.sha256))
    return contradict(work, "act.base", "what the seal says it was put on is not in this file");
  const auto shown = revision_ending_at(file, manifest.shown.length);
  const auto base = revision_ending_at(file, manifest.base.length);
  if (!shown || !base || *shown > *base || *base + 1 != work.signature.revision)
    return work.break_format("act.base", "the seal was not put on the revision that it names");
  for (pdf::RevisionIndex revision = *shown + 1; revision <= *base; ++revision) {
    if (is_segell_revision(file, works, revision)) continue;
    return work.break_constraint("act.base", "between what was shown and what was sealed stands revision " +
                                                 std::to_string(revision + 1) + ", which is no Segell signature");
  }
  work.check("act.base", CheckStatus::pass, *shown == *base ? "sealed on what was shown" : "signatures in between");
}

void disclose(const Case& file, Work& work) {
  std::vector<FactType> unmatched;
  for (const Disclosure& disclosure : file.disclosures) {
    const Opened opened = open(*work.manifest, disclosure);
    if (!opened.same_document) continue;
    for (const Fact& fact : opened.proven) {
      work.verdict.act.disclosed.set(std::string(to_string(fact.type)), fact.value);
      if (fact.type == FactType::signer_name && fact.value.as_string() != nullptr)
        work.verdict.act.person = *fact.value.as_string();
    }
    unmatched.insert(unmatched.end(), opened.unmatched.begin(), opened.unmatched.end());
  }
  if (!unmatched.empty()) {
    std::string names;
    for (const FactType type : unmatched) names += (names.empty() ? "" : ", ") + std::string(to_string(type));
    return work.check("act.disclosure", CheckStatus::fail,
                      "disclosed facts that the seal does not commit to: " + names);
  }
  const bool any = !work.verdict.act.disclosed.as_object()->empty();
  work.check("act.disclosure", any ? CheckStatus::pass : CheckStatus::skip, any ? "" : "not disclosed");
}

}  // namespace

void judge_act(Case& file, std::vector<Work>& works, std::size_t index, const DigestPlan& plan) {
  Work& work = works[index];
  if (!work.signature.manifest) return;
  ActFacts& act = work.verdict.act;
  act.present = true;
  if (!work.manifest) return work.break_format("act.manifest", work.manifest_fault);
  act.method = to_string(work.manifest->method);
  act.meaning = to_string(work.manifest->meaning);
  act.verification_code = work.manifest->verification_code.shown();
  work.check("act.manifest", CheckStatus::pass);
  judge_shown(plan, work);
  judge_base(file, works, plan, work);
  disclose(file, work);
}

}  // namespace segell::signer::ades
