#include "work.h"

#include "pdf/hidden_content.h"

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

  [[nodiscard]] bool allows_nothing() const { return certification == 1 || forbids_everything; }
  [[nodiscard]] bool certifies() const { return certification != 0 || forbids_everything; }
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

// A field that a lock names, or one above it: what is above is inherited below.
bool locks_part_of(const pdf::FieldLock& lock, const std::string& field) {
  if (lock.locks(field)) return true;
  return lock.action == pdf::FieldLock::Action::include &&
         std::ranges::any_of(lock.fields, [&](const std::string& name) { return name.starts_with(field + "."); });
}

bool is_locked(const Permissions& permissions, const pdf::Change& change, bool old_object) {
  if (change.field.empty() || !old_object) return false;
  return std::ranges::any_of(permissions.locks,
                             [&](const pdf::FieldLock* lock) { return locks_part_of(*lock, change.field); });
}

Modification by_policy(ChangeAnswer answer) {
  switch (answer) {
    case ChangeAnswer::permitted:
      return Modification::permitted;
    case ChangeAnswer::suspicious:
      return Modification::suspicious;
    case ChangeAnswer::not_permitted:
      return Modification::not_permitted;
  }
  return Modification::suspicious;
}

// ISO 32000-2, 12.8.2.2.2: a security store and document timestamps are allowed at every level, and with them what a
// timestamp's field needs in the form and on its page.
bool only_proves(const pdf::RevisionChanges& revision) {
  return revision.has(pdf::ChangeKind::timestamp) || revision.has(pdf::ChangeKind::security_store);
}

// Programs update metadata with every save: it says what nobody is shown, but for the title, and comes with something
// else.
bool comes_along(const pdf::RevisionChanges& revision) {
  return only_proves(revision) || revision.has(pdf::ChangeKind::signature) ||
         revision.has(pdf::ChangeKind::form_filling) || revision.has(pdf::ChangeKind::annotation);
}

struct Judge {
  const Case& file;
  const Work& work;
  const Permissions& permissions;
  const ChangePolicy& policy;

  [[nodiscard]] Modification operator()(const pdf::RevisionChanges& revision, const pdf::Change& change) const {
    switch (change.kind) {
      case pdf::ChangeKind::timestamp:
        return timestamp(change);
      case pdf::ChangeKind::security_store:
        return Modification::permitted;
      case pdf::ChangeKind::form_entry:
      case pdf::ChangeKind::page_entry:
      case pdf::ChangeKind::catalog_entry:
        return permissions.allows_nothing() && !only_proves(revision) ? Modification::not_permitted
                                                                      : Modification::permitted;
      case pdf::ChangeKind::metadata:
        return metadata(revision, change);
      case pdf::ChangeKind::signature:
        return signature(change);
      case pdf::ChangeKind::form_filling:
        return filling(change);
      case pdf::ChangeKind::annotation:
        return annotation(change);
      case pdf::ChangeKind::page_content:
      case pdf::ChangeKind::structure:
      case pdf::ChangeKind::other:
        return unexplained(change);
    }
    return Modification::suspicious;
  }

  // Anybody can have one made: its picture is no part of what it proves.
  [[nodiscard]] Modification timestamp(const pdf::Change& change) const {
    if (!change.covers) return Modification::permitted;
    return permissions.allows_nothing() ? Modification::not_permitted : Modification::suspicious;
  }

  [[nodiscard]] Modification metadata(const pdf::RevisionChanges& revision, const pdf::Change& change) const {
    if (permissions.allows_nothing() && (!only_proves(revision) || change.uncovers)) return Modification::not_permitted;
    if ((comes_along(revision) && !change.uncovers) || !change.covers) return Modification::permitted;
    return permissions.certifies() ? Modification::suspicious : by_policy(policy.metadata_alone);
  }

  [[nodiscard]] Modification signature(const pdf::Change& change) const {
    const bool old_object = existed(file, work, change.ref);
    if (permissions.allows_nothing() || is_locked(permissions, change, old_object)) return Modification::not_permitted;
    if (!change.covers) return Modification::permitted;
    return permissions.certifies() ? Modification::suspicious : by_policy(policy.visible_signatures);
  }

  [[nodiscard]] Modification filling(const pdf::Change& change) const {
    if (permissions.allows_nothing() || is_locked(permissions, change, existed(file, work, change.ref)))
      return Modification::not_permitted;
    // one that touches no field by name touches all of them
    if (change.covers || (change.field.empty() && !permissions.locks.empty())) return Modification::suspicious;
    // a lock only tightens: the fields that it leaves open are as open as without it
    return permissions.certifies() ? Modification::permitted : by_policy(policy.form_filling);
  }

  [[nodiscard]] Modification annotation(const pdf::Change& change) const {
    if (permissions.certifies() && permissions.certification != 3) return Modification::not_permitted;
    if (change.covers || (change.uncovers && existed(file, work, change.ref))) return Modification::suspicious;
    return permissions.certifies() ? Modification::permitted : by_policy(policy.annotations);
  }

  [[nodiscard]] Modification unexplained(const pdf::Change& change) const {
    if (is_locked(permissions, change, true)) return Modification::not_permitted;
    const bool known = change.kind != pdf::ChangeKind::other || existed(file, work, change.ref);
    return permissions.certifies() && known ? Modification::not_permitted : Modification::suspicious;
  }
};

std::string_view to_string(pdf::ChangeKind kind) {
  switch (kind) {
    case pdf::ChangeKind::signature:
      return "signature";
    case pdf::ChangeKind::timestamp:
      return "timestamp";
    case pdf::ChangeKind::security_store:
      return "evidence";
    case pdf::ChangeKind::form_entry:
    case pdf::ChangeKind::page_entry:
    case pdf::ChangeKind::catalog_entry:
      return "signature-entry";
    case pdf::ChangeKind::metadata:
      return "metadata";
    case pdf::ChangeKind::form_filling:
      return "form-filling";
    case pdf::ChangeKind::annotation:
      return "annotation";
    case pdf::ChangeKind::page_content:
      return "page-content";
    case pdf::ChangeKind::structure:
      return "structure";
    case pdf::ChangeKind::other:
      return "unexplained";
  }
  return "unexplained";
}

// Entries that only carry a signature are not worth a line.
bool is_worth_a_line(const pdf::Change& change, Modification how) {
  if (how != Modification::permitted) return true;
  return change.kind != pdf::ChangeKind::form_entry && change.kind != pdf::ChangeKind::page_entry &&
         change.kind != pdf::ChangeKind::catalog_entry;
}

void name_change(Work& work, const pdf::RevisionChanges& revision, const pdf::Change& change, Modification how) {
  if (!is_worth_a_line(change, how) || work.verdict.changes.size() > kMaxNamedChanges) return;
  if (work.verdict.changes.size() == kMaxNamedChanges) {
    work.verdict.changes.emplace_back("further changes are not listed");
    work.verdict.change_classes.emplace_back("more");
    return;
  }
  // the first revision is number 1 for people
  work.verdict.changes.push_back("revision " + std::to_string(revision.revision + 1) + ": " + change.words);
  work.verdict.change_classes.emplace_back(to_string(change.kind));
}

// suspicious stands behind not_permitted in the enumeration, and weighs less
Modification worse_of(Modification a, Modification b) {
  if (a == Modification::not_permitted || b == Modification::not_permitted) return Modification::not_permitted;
  return std::max(a, b);
}

// Without a certification or a lock, what a change means does not depend on the signature: the worst of all changes
// from each revision on is found once.
void find_worst_from(Case& file, const Judge& judge) {
  file.worst_from.assign(file.changes.size() + 1, Modification::none);
  for (std::size_t i = file.changes.size(); i-- > 0;) {
    Modification worst = Modification::permitted;
    for (const pdf::Change& change : file.changes[i].changes) worst = worse_of(worst, judge(file.changes[i], change));
    file.worst_from[i] = worse_of(worst, file.worst_from[i + 1]);
  }
}

// False when the bound on all looking was met.
bool judge_each(Case& file, Work& work, std::size_t first, Modification& worst) {
  const Permissions permissions = permissions_of(work.signature);
  const Judge judge{file, work, permissions, file.options.policy.changes};
  const bool policy_alone = !permissions.certifies() && permissions.locks.empty();
  std::size_t cost = 1;  // a change is held against every name of every lock
  for (const pdf::FieldLock* lock : permissions.locks) cost += lock->fields.size() / 8;
  if (policy_alone && file.worst_from.empty()) find_worst_from(file, judge);
  worst = first == file.changes.size() ? Modification::none : Modification::permitted;
  // what is worst is named first
  std::vector<std::pair<const pdf::RevisionChanges*, const pdf::Change*>> mild;
  for (std::size_t i = first; i < file.changes.size(); ++i) {
    const bool all_mild = policy_alone && file.worst_from[i] <= Modification::permitted;
    if (policy_alone && (all_mild ? mild.size() : work.verdict.changes.size()) > kMaxNamedChanges) break;
    for (const pdf::Change& change : file.changes[i].changes) {
      file.judged_changes += cost;
      if (file.judged_changes > kMaxJudged) return false;
      const Modification how = judge(file.changes[i], change);
      worst = worse_of(worst, how);
      if (how != Modification::permitted)
        name_change(work, file.changes[i], change, how);
      else if (is_worth_a_line(change, how) && mild.size() <= kMaxNamedChanges)
        mild.emplace_back(&file.changes[i], &change);
    }
  }
  for (const auto& [revision, change] : mild) name_change(work, *revision, *change, Modification::permitted);
  if (policy_alone) worst = file.worst_from[first];
  return true;
}

bool only_signatures_follow(Case& file, std::size_t first) {
  if (!file.plain_from) {
    const auto last = std::find_if_not(file.changes.rbegin(), file.changes.rend(),
                                       [](const pdf::RevisionChanges& revision) { return revision.only_signing(); });
    file.plain_from = static_cast<std::size_t>(file.changes.rend() - last);
  }
  return first >= *file.plain_from;
}

}  // namespace

void note_hidden_content(Case& file) {
  if (!file.first_signature) return;
  for (const std::string& words : pdf::hidden_content(file.document, *file.first_signature))
    file.verdict.checks.push_back({"pdf.hidden-content", CheckStatus::warn, "signed with something hidden: " + words});
}

void judge_changes(Case& file, Work& work) {
  // ISO 32000-1, 12.8.4: a document is certified once, by its first signature
  if (work.signature.certification && file.first_signature && *file.first_signature < work.signature.revision)
    work.break_constraint("pdf.certification", "the document was signed before this signature certifies it");
  if (!work.signature.covers) return;
  if (!file.changes_known) {
    work.verdict.modification = Modification::suspicious;
    work.break_constraint("pdf.changes", "what later revisions changed could not be found out");
    return;
  }
  const auto later =
      std::ranges::upper_bound(file.changes, *work.signature.covers, {}, &pdf::RevisionChanges::revision);
  const auto first = static_cast<std::size_t>(later - file.changes.begin());
  Modification worst = Modification::none;
  if (!judge_each(file, work, first, worst)) {
    work.verdict.modification = Modification::suspicious;
    work.break_constraint("pdf.changes", "the file has too many changes to be judged for each of its signatures");
    return;
  }
  // what was compared with is a guess
  if (file.document.repaired() && worst == Modification::permitted) worst = Modification::suspicious;
  work.verdict.modification = worst;
  switch (worst) {
    case Modification::none:
      work.check("pdf.changes", CheckStatus::pass, "no later revision");
      break;
    case Modification::permitted:
      work.verdict.only_signed_later = only_signatures_follow(file, first);
      work.check("pdf.changes", CheckStatus::pass,
                 work.verdict.only_signed_later ? "later revisions hold signatures, timestamps and evidence only"
                                                : "later revisions change only what may be changed");
      break;
    case Modification::not_permitted:
      work.break_format("pdf.changes", "a later revision changes what the signature forbids to change");
      break;
    case Modification::suspicious:
      work.break_constraint("pdf.changes",
                            file.document.repaired()
                                ? "a later revision follows what had to be repaired: what it changes is a guess"
                                : "a later revision changes more than signing needs");
      break;
  }
}

}  // namespace segell::signer::ades
