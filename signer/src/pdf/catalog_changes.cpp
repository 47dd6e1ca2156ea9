#include "pdf/change_rules.h"
#include "pdf/structure_changes.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace segell::signer::pdf {
namespace {

struct EntryWords {
  std::string_view key;
  ChangeKind kind;
  std::string_view words;
};

constexpr std::array kEntries{
    EntryWords{"Extensions", ChangeKind::catalog_entry, "catalog: /Extensions changed"},
    EntryWords{"PieceInfo", ChangeKind::metadata, "private data of an application changed"},
    EntryWords{"Pages", ChangeKind::structure, "the page tree is replaced"},
    EntryWords{"Perms", ChangeKind::structure, "the permissions changed"},
    EntryWords{"OCProperties", ChangeKind::structure, "optional content changed: something may show or hide"},
    EntryWords{"Names", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"Dests", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"AF", ChangeKind::structure, "attachments or named places changed"},
    EntryWords{"Outlines", ChangeKind::structure, "bookmarks changed"},
    EntryWords{"OpenAction", ChangeKind::structure, "an action on opening changed"},
    EntryWords{"AA", ChangeKind::structure, "an action changed"},
    EntryWords{"StructTreeRoot", ChangeKind::structure, "the structure tree is replaced"}};

constexpr std::size_t kMoved = 256;   ///< pieces of evidence that stand under another number now
constexpr std::size_t kItems = 4096;  ///< of a list of evidence in which some moved

/// Every item is still there: as the same reference, or a few of them as another one with the same value.
bool holds_all(const RevisionPair& pair, const Array& before, const Array& now) {
  std::set<Ref> named;
  std::vector<const Object*> others;
  for (const Object& item : now) {
    if (const Ref* ref = item.as_reference()) named.insert(*ref);
    others.push_back(&item);
  }
  std::size_t moved = 0;
  return std::ranges::all_of(before, [&](const Object& item) {
    if (const Ref* ref = item.as_reference(); ref != nullptr && named.contains(*ref)) return true;
    if (++moved > kMoved || others.size() > kItems) return false;
    return std::ranges::any_of(others, [&](const Object* other) { return pair.same(item, *other); });
  });
}

/// Everything that was there is there still.
bool evidence_grew(const RevisionPair& pair, const Object& a, const Object& b, std::size_t depth = 0) {
  const auto before = pair.document.resolve(a, pair.before);
  const auto now = pair.document.resolve(b, pair.now);
  if (!before || !now || depth > 4) return false;
  if (before->is_null()) return true;
  const Array* old_items = before->as_array();
  const Array* items = now->as_array();
  if (old_items != nullptr && items != nullptr) return holds_all(pair, *old_items, *items);
  if (before->as_stream() == nullptr && before->as_dictionary() != nullptr) {
    if (now->as_stream() != nullptr || now->as_dictionary() == nullptr) return false;
    const EntryIndex entries(*now->as_dictionary());
    return std::ranges::all_of(before->as_dictionary()->entries(), [&](const DictionaryEntry& entry) {
      if (entry.key == "TU" || entry.key == "Type") return true;  // when the evidence was gathered
      const Object* value = entries.find(entry.key);
      return entry.value.is_null() || (value != nullptr && evidence_grew(pair, entry.value, *value, depth + 1));
    });
  }
  return pair.same(*before, *now);
}

void judge_store_entry(const RevisionPair& pair, Ref ref, const Dictionary& before, const Dictionary& now,
                       ChangeList& out) {
  const Object held = pair.new_entry(now, "DSS");
  const bool plain = held.as_dictionary() != nullptr && held.as_stream() == nullptr;
  const Object* old_store = before.find("DSS");
  const Object* store = now.find("DSS");
  if (old_store != nullptr && held.is_null())
    out.add({ChangeKind::other, ref, "the evidence (/DSS) is removed", {}});
  else if (!plain || !evidence_grew(pair, old_store == nullptr ? Object() : *old_store, *store))
    out.add({ChangeKind::other, ref, "evidence (/DSS) is removed or replaced", {}});
  else
    out.add({ChangeKind::security_store, ref, "evidence added", {}});
}

}  // namespace

void judge_catalog(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const Dictionary& before = plain_dictionary(object.before);
  const Dictionary& now = plain_dictionary(object.now);
  for (const std::string& key : pair.differing_keys(before, now)) {
    if (key == "DSS") {
      judge_store_entry(pair, object.ref, before, now, out);
    } else if (key == "AcroForm") {
      out.add({ChangeKind::catalog_entry, object.ref, "catalog: /AcroForm changed", {}});
      judge_form(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    } else if (key == "Metadata") {
      judge_metadata(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    } else if (key == "Version") {
      const Object was = pair.old_entry(before, key), is = pair.new_entry(now, key);
      const bool raised =
          is.as_name() != nullptr && (was.is_null() || (was.as_name() != nullptr && *was.as_name() < *is.as_name()));
      out.add(
          {raised ? ChangeKind::catalog_entry : ChangeKind::structure, object.ref, "catalog: /Version changed", {}});
    } else if (key == "LastModified") {
      out.add({ChangeKind::metadata, object.ref, "metadata changed", {}});
    } else if (key == "MarkInfo" || key == "Lang" || key == "ViewerPreferences") {
      out.add({ChangeKind::structure, object.ref, "catalog: /" + key + " changed", {}});
    } else if (key == "StructTreeRoot" && before.has(key) &&
               structure_grew(pair, pair.old_entry(before, key), pair.new_entry(now, key))) {
      out.add({ChangeKind::page_entry, object.ref, "structure of a signature field or an annotation added", {}});
    } else {
      const auto row = std::ranges::find(kEntries, key, &EntryWords::key);
      if (row != kEntries.end())
        out.add({row->kind, object.ref, std::string(row->words), {}, row->kind == ChangeKind::metadata});
      else
        out.add({ChangeKind::other, object.ref, "catalog: /" + key + " changed", {}});
    }
  }
}

void judge_store(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const bool grew = object.before.as_stream() == nullptr && object.now.as_stream() == nullptr &&
                    evidence_grew(pair, object.before, object.now);
  if (grew)
    out.add({ChangeKind::security_store, object.ref, "evidence added", {}});
  else
    out.add({ChangeKind::other, object.ref, "evidence (/DSS) is removed or replaced", {}});
}

}  // namespace segell::signer::pdf
