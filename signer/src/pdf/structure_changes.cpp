#include "pdf/structure_changes.h"

#include "pdf/change_rules.h"
#include "signer/pdf/limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kNewElements = 4096;  ///< of a structure tree, in one addition

/// A signature field or an annotation: what brings it in is judged.
bool is_judged_itself(const RevisionPair& pair, std::uint32_t number) {
  const Object value = pair.new_value(number);
  const Dictionary& dictionary = plain_dictionary(value);
  if (dictionary.is_name("Subtype", "Widget") || dictionary.has("FT"))
    return pair.field(number, pair.now).is_signature();
  return dictionary.has("Subtype") && dictionary.has("Rect");
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
    return object != nullptr && !pair.existed(object->number) && is_judged_itself(pair, object->number);
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

bool is_new_branch(const RevisionPair& pair, const Object& item, std::size_t depth) {
  const auto value = pair.document.resolve(item, pair.now);
  const Dictionary& node = value ? plain_dictionary(*value) : plain_dictionary(Object());
  if (node.empty() || depth > limits::kTreeDepth) return false;
  return std::ranges::all_of(node.entries(), [&](const DictionaryEntry& entry) {
    const Object held = pair.new_entry(node, entry.key);
    if (entry.key == "Nums") return parents_grew(pair, Object(), held);
    if (entry.key != "Kids") return entry.key == "Limits";
    const Array* kids = held.as_array();
    return kids != nullptr && kids->size() <= kNewElements &&
           std::ranges::all_of(*kids, [&](const Object& kid) { return is_new_branch(pair, kid, depth + 1); });
  });
}

/// /Kids of the parent tree, or of a node of it (7.9.7): further branches with new keys only.
bool branches_grew(const RevisionPair& pair, const Object& a, const Object& b) {
  const ListDifference difference = pair.compare_lists(a, b);
  return difference.only_grew() && difference.added.size() <= kNewElements &&
         std::ranges::all_of(difference.added, [&](const Object& item) { return is_new_branch(pair, item, 0); });
}

}  // namespace

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
    if (key == "Kids") return branches_grew(pair, left, right);
    return key == "ParentTree" && structure_grew(pair, left, right);
  });
}

void judge_structure_tree(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  if (structure_grew(pair, object.before, object.now))
    out.add({ChangeKind::page_entry, object.ref, "structure of a signature field or an annotation added", {}});
  else
    out.add({ChangeKind::structure, object.ref, "the structure tree changed: what is read aloud may differ", {}});
}

}  // namespace segell::signer::pdf
