#include "pdf/change_rules.h"

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
    EntryWords{"Version", ChangeKind::catalog_entry, "catalog: /Version changed"},
    EntryWords{"Metadata", ChangeKind::metadata, "metadata changed"},
    EntryWords{"PieceInfo", ChangeKind::metadata, "private data of an application changed"},
    EntryWords{"LastModified", ChangeKind::metadata, "metadata changed"},
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

constexpr std::size_t kMoved = 256;         ///< pieces of evidence that stand under another number now
constexpr std::size_t kNewElements = 4096;  ///< of a structure tree, in one addition

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
    if (++moved > kMoved || others.size() > kNewElements) return false;
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

/// True when an element brings in nothing but references to annotations: no marked content, no words of its own.
/// `left`: how many more are looked at.
bool names_objects_only(const RevisionPair& pair, const Object& item, std::size_t& left, std::size_t depth = 0) {
  if (depth > 8 || left == 0) return false;
  --left;
  const auto value = pair.document.resolve(item, pair.now);
  if (!value) return false;
  if (const Array* items = value->as_array())
    return std::ranges::all_of(*items,
                               [&](const Object& one) { return names_objects_only(pair, one, left, depth + 1); });
  const Dictionary& dictionary = plain_dictionary(*value);
  if (dictionary.empty() || dictionary.is_name("Type", "MCR")) return false;
  if (dictionary.is_name("Type", "OBJR")) {
    const Ref* object = dictionary.reference("Obj");
    return object != nullptr && !pair.existed(object->number) && pair.field(object->number, pair.now).is_signature();
  }
  const Object* kids = dictionary.find("K");
  return !dictionary.has("ActualText") && !dictionary.has("E") && kids != nullptr &&
         names_objects_only(pair, *kids, left, depth + 1);
}

bool elements_grew(const RevisionPair& pair, const Object& a, const Object& b) {
  const Object before = a.is_null() || a.as_array() != nullptr ? a : Object(Array{a});
  const Object now = b.as_array() != nullptr ? b : Object(Array{b});
  const ListDifference difference = pair.compare_lists(before, now);
  std::size_t left = kNewElements;
  return difference.only_grew() && std::ranges::all_of(difference.added, [&](const Object& item) {
           return names_objects_only(pair, item, left);
         });
}

/// /Nums of the parent tree: pairs of a key and an element; new keys only.
bool parents_grew(const RevisionPair& pair, const Object& a, const Object& b) {
  const Array* before = a.as_array();
  const Array* now = b.as_array();
  if (now == nullptr || (before == nullptr && !a.is_null())) return false;
  const std::size_t size = before == nullptr ? 0 : before->size();
  if (now->size() < size || now->size() % 2 != 0) return false;
  std::size_t kept = 0, left = kNewElements;
  for (std::size_t i = 0; i + 1 < now->size(); i += 2) {
    if (kept + 1 < size && pair.same((*before)[kept], (*now)[i]) && pair.same((*before)[kept + 1], (*now)[i + 1]))
      kept += 2;
    else if (!names_objects_only(pair, (*now)[i + 1], left))
      return false;
  }
  return kept == size;
}

bool structure_grew(const RevisionPair& pair, const Object& a, const Object& b) {
  if (a.as_array() != nullptr && b.as_array() != nullptr) return elements_grew(pair, a, b) || parents_grew(pair, a, b);
  const Dictionary& before = plain_dictionary(a);
  const Dictionary& now = plain_dictionary(b);
  if (before.empty() || now.empty()) return false;
  return std::ranges::all_of(pair.differing_keys(before, now), [&](const std::string& key) {
    if (key == "ParentTreeNextKey" || key == "Limits") return true;
    const Object left = pair.old_entry(before, key);
    const Object right = pair.new_entry(now, key);
    if (key == "K") return elements_grew(pair, left, right);
    if (key == "Nums") return parents_grew(pair, left, right);
    return key == "ParentTree" && structure_grew(pair, left, right);
  });
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
    } else if (key == "MarkInfo" || key == "Lang" || key == "ViewerPreferences") {
      out.add({ChangeKind::structure, object.ref, "catalog: /" + key + " changed", {}});
    } else if (key == "StructTreeRoot" && before.has(key) &&
               structure_grew(pair, pair.old_entry(before, key), pair.new_entry(now, key))) {
      out.add({ChangeKind::page_entry, object.ref, "structure of a signature field added", {}});
    } else {
      const auto row = std::ranges::find(kEntries, key, &EntryWords::key);
      if (row != kEntries.end())
        out.add({row->kind, object.ref, std::string(row->words), {}});
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

void judge_structure_tree(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  if (structure_grew(pair, object.before, object.now))
    out.add({ChangeKind::page_entry, object.ref, "structure of a signature field added", {}});
  else
    out.add({ChangeKind::structure, object.ref, "the structure tree changed: what is read aloud may differ", {}});
}

}  // namespace segell::signer::pdf
