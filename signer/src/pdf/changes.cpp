#include "signer/pdf/changes.h"

#include "pdf/change_rules.h"
#include "signer/pdf/pages.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

// The trailers side by side: another catalog or another encryption explains nothing away.
void compare_trailers(const Document& document, RevisionIndex revision, std::vector<Change>& out) {
  const Dictionary& now = document.revisions()[revision].trailer;
  const Dictionary& before = document.revisions()[revision - 1].trailer;
  const auto differs = [&](std::string_view key) {
    const Object* a = now.find(key);
    const Object* b = before.find(key);
    return (a == nullptr) != (b == nullptr) || (a != nullptr && !(*a == *b));
  };
  if (differs("Root")) out.push_back({ChangeKind::other, {}, "the catalog is replaced by another object", {}});
  if (differs("Encrypt")) out.push_back({ChangeKind::other, {}, "the encryption is changed", {}});
}

bool same_place(const XrefEntry* before, const XrefEntry& now) {
  return before != nullptr && before->kind == now.kind && before->position == now.position &&
         before->generation == now.generation;
}

}  // namespace

bool RevisionChanges::only_signing() const {
  return std::ranges::all_of(changes, [](const Change& change) {
    switch (change.kind) {
      case ChangeKind::signature:
      case ChangeKind::timestamp:
      case ChangeKind::security_store:
      case ChangeKind::form_entry:
      case ChangeKind::page_entry:
      case ChangeKind::catalog_entry:
      case ChangeKind::bookkeeping:
        return true;
      case ChangeKind::form_filling:
      case ChangeKind::annotation:
      case ChangeKind::other:
        return false;
    }
    return false;
  });
}

base::Result<std::vector<RevisionChanges>> changes_after(const Document& document, RevisionIndex from) {
  std::vector<RevisionChanges> out;
  PageNumbers pages(document);
  for (RevisionIndex revision = from + 1; revision <= document.latest(); ++revision) {
    RevisionChanges changes{revision, {}};
    compare_trailers(document, revision, changes.changes);
    ChangeRules rules(document, revision, pages);
    std::vector<XrefEntry> entries;
    for (const XrefEntry& entry : document.entries_of(revision))
      if (!same_place(document.entry(entry.number, revision - 1), entry)) entries.push_back(entry);
    rules.prepare(entries);
    for (const XrefEntry& entry : entries)
      if (auto change = rules.judge(entry)) changes.changes.push_back(*std::move(change));
    out.push_back(std::move(changes));
  }
  return out;
}

}  // namespace segell::signer::pdf
