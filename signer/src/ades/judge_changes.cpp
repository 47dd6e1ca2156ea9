#include "work.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxNamedChanges = 32;
/// Changes looked at for all signatures of one file together: each signature looks at all that came after it.
constexpr std::size_t kMaxJudged = 10'000'000;

// What the signature's own words allow to be done later.
struct Permissions {
  int certification = 0;  // DocMDP /P in force, 0 = none
  std::vector<const pdf::FieldLock*> locks;
  bool forbids_everything = false;  // a /P that is not 1, 2 or 3
};

Permissions permissions_of(const pdf::Signature& signature) {
  Permissions permissions;
  if (signature.certification) {
    permissions.certification = signature.certification->permission;
    permissions.forbids_everything = signature.certification->permission == 0;
  }
  for (const auto* lock : {&signature.field_mdp, &signature.lock}) {
    if (!*lock) continue;
    permissions.locks.push_back(&**lock);
    // ISO 32000-2 12.7.5.5: /P of a Lock dictionary works as DocMDP; it only ever tightens
    if ((*lock)->permission != 0)
      permissions.certification = permissions.certification == 0
                                      ? (*lock)->permission
                                      : std::min(permissions.certification, (*lock)->permission);
  }
  return permissions;
}

bool existed(const Case& file, const Work& work, pdf::Ref ref) {
  if (ref.is_none() || !work.signature.covers) return false;
  const pdf::XrefEntry* entry = file.document.entry(ref.number, *work.signature.covers);
  return entry != nullptr && entry->kind != pdf::XrefEntry::Kind::free;
}

// Metadata (and whatever is new and unreachable by these rules) is judged as unexplained, not as forbidden: writers
// update it on every save.
bool is_metadata(const Case& file, pdf::Ref ref) {
  const auto object = file.document.load(ref);
  if (!object) return false;
  const pdf::Dictionary* dictionary = object->as_dictionary();
  return dictionary != nullptr && dictionary->is_name("Type", "Metadata");
}

bool forbidden_by_lock(const Permissions& permissions, const pdf::Change& change, bool old_object) {
  if (change.field.empty() || !old_object) return false;
  return std::ranges::any_of(permissions.locks, [&](const pdf::FieldLock* lock) { return lock->locks(change.field); });
}

Modification judge(const Case& file, const Work& work, const Permissions& permissions, const pdf::Change& change) {
  const bool old_object = existed(file, work, change.ref);
  const int certification = permissions.certification;
  switch (change.kind) {
    case pdf::ChangeKind::timestamp:
    case pdf::ChangeKind::security_store:
    case pdf::ChangeKind::form_entry:
    case pdf::ChangeKind::page_entry:
    case pdf::ChangeKind::catalog_entry:
    case pdf::ChangeKind::bookkeeping:
      return Modification::permitted;
    case pdf::ChangeKind::signature:
      if (certification == 1 || permissions.forbids_everything || forbidden_by_lock(permissions, change, old_object))
        return Modification::not_permitted;
      return Modification::permitted;
    case pdf::ChangeKind::form_filling:
      if (certification == 1 || permissions.forbids_everything || forbidden_by_lock(permissions, change, old_object))
        return Modification::not_permitted;
      return Modification::suspicious;
    case pdf::ChangeKind::annotation:
      if (certification == 1 || certification == 2 || permissions.forbids_everything)
        return Modification::not_permitted;
      return Modification::suspicious;
    case pdf::ChangeKind::other:
      if ((certification != 0 || permissions.forbids_everything) && old_object && !is_metadata(file, change.ref))
        return Modification::not_permitted;
      return Modification::suspicious;
  }
  return Modification::suspicious;
}

void name_change(Work& work, const pdf::RevisionChanges& revision, const pdf::Change& change, Modification how) {
  if (how == Modification::permitted && change.kind != pdf::ChangeKind::signature &&
      change.kind != pdf::ChangeKind::timestamp && change.kind != pdf::ChangeKind::security_store)
    return;  // entries that only carry the signature are not worth a line
  if (work.verdict.changes.size() > kMaxNamedChanges) return;
  if (work.verdict.changes.size() == kMaxNamedChanges) {
    work.verdict.changes.emplace_back("further changes are not listed");
    return;
  }
  // the first revision is number 1 for people
  work.verdict.changes.push_back("revision " + std::to_string(revision.revision + 1) + ": " + change.words);
}

// suspicious stands behind not_permitted in the enumeration, and weighs less
Modification worse_of(Modification a, Modification b) {
  if (a == Modification::not_permitted || b == Modification::not_permitted) return Modification::not_permitted;
  return std::max(a, b);
}

bool allows_by_policy_alone(const Permissions& permissions) {
  return permissions.certification == 0 && permissions.locks.empty() && !permissions.forbids_everything;
}

// Without a certification or a lock, what a change means does not depend on the signature: the worst of all changes
// from each revision on is found once.
void find_worst_from(Case& file, const Work& any) {
  file.worst_from.assign(file.changes.size() + 1, Modification::none);
  for (std::size_t i = file.changes.size(); i-- > 0;) {
    Modification worst = Modification::permitted;
    for (const pdf::Change& change : file.changes[i].changes) worst = worse_of(worst, judge(file, any, {}, change));
    file.worst_from[i] = worse_of(worst, file.worst_from[i + 1]);
  }
}

// False when the bound on all looking was met.
bool judge_each(Case& file, Work& work, std::size_t first, Modification& worst) {
  const Permissions permissions = permissions_of(work.signature);
  const bool by_policy = allows_by_policy_alone(permissions);
  if (by_policy && file.worst_from.empty()) find_worst_from(file, work);
  worst = first == file.changes.size() ? Modification::none : Modification::permitted;
  for (std::size_t i = first; i < file.changes.size(); ++i) {
    if (by_policy && work.verdict.changes.size() > kMaxNamedChanges) break;
    for (const pdf::Change& change : file.changes[i].changes) {
      if (++file.judged_changes > kMaxJudged) return false;
      const Modification how = judge(file, work, permissions, change);
      worst = worse_of(worst, how);
      name_change(work, file.changes[i], change, how);
    }
  }
  if (by_policy) worst = file.worst_from[first];
  return true;
}

}  // namespace

void judge_changes(Case& file, Work& work) {
  if (!work.signature.covers) return;
  if (!file.changes_known) {
    work.verdict.modification = Modification::suspicious;
    work.break_constraint("pdf.changes", "what later revisions changed could not be found out");
    return;
  }
  const auto later =
      std::ranges::upper_bound(file.changes, *work.signature.covers, {}, &pdf::RevisionChanges::revision);
  Modification worst = Modification::none;
  if (!judge_each(file, work, static_cast<std::size_t>(later - file.changes.begin()), worst)) {
    work.verdict.modification = Modification::suspicious;
    work.break_constraint("pdf.changes", "the file has too many changes to be judged for each of its signatures");
    return;
  }
  work.verdict.modification = worst;
  switch (worst) {
    case Modification::none:
      work.check("pdf.changes", CheckStatus::pass, "no later revision");
      break;
    case Modification::permitted:
      work.check("pdf.changes", CheckStatus::pass, "later revisions hold signatures, timestamps and evidence only");
      break;
    case Modification::not_permitted:
      work.break_format("pdf.changes", "a later revision changes what the signature forbids to change");
      break;
    case Modification::suspicious:
      work.break_constraint("pdf.changes", "a later revision changes more than signing needs");
      break;
  }
}

}  // namespace segell::signer::ades
