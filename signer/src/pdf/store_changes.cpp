#include "pdf/change_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kMoved = 256;     ///< pieces of evidence that stand under another number now
constexpr std::size_t kItems = 4096;    ///< of one kind, in which some moved
constexpr std::size_t kStoreDepth = 4;  ///< /DSS, /VRI, one signature's entry, its lists

/// /VRI says for each signature which of the store's evidence is its own (ISO 32000-2, 12.8.4.3): it names the same
/// kinds in the singular.
std::string kind_of(const std::string& key) {
  if (key == "Certs") return "Cert";
  if (key == "CRLs") return "CRL";
  return key == "OCSPs" ? "OCSP" : key;
}

/// Every piece of evidence of a store, by its kind, wherever in the store it is named.
using Evidence = std::map<std::string, std::vector<Object>>;

bool collect_evidence(const RevisionPair& pair, const Object& value, RevisionIndex as_of, const std::string& kind,
                      Evidence& out, std::size_t depth = 0) {
  const auto held = pair.document.resolve(value, as_of);
  if (!held || depth > kStoreDepth) return false;
  if (const Array* items = held->as_array()) {  // of evidence, which is looked at only where it moved
    out[kind].insert(out[kind].end(), items->begin(), items->end());
    return true;
  }
  const Dictionary* entries = held->as_stream() == nullptr ? held->as_dictionary() : nullptr;
  if (entries == nullptr) {
    if (!held->is_null()) out[kind].push_back(value);
    return true;
  }
  return std::ranges::all_of(entries->entries(), [&](const DictionaryEntry& entry) {
    if (entry.key == "TU" || entry.key == "Type") return true;  // when the evidence was gathered
    return collect_evidence(pair, entry.value, as_of, kind_of(entry.key), out, depth + 1);
  });
}

/// Every item is still there: as the same reference, or a few of them as another one with the same value.
bool holds_all(const RevisionPair& pair, const std::vector<Object>& before, const std::vector<Object>& now) {
  std::set<Ref> named;
  for (const Object& item : now)
    if (const Ref* ref = item.as_reference()) named.insert(*ref);
  std::size_t moved = 0;
  return std::ranges::all_of(before, [&](const Object& item) {
    if (const Ref* ref = item.as_reference(); ref != nullptr && named.contains(*ref)) return true;
    const auto held = pair.document.resolve(item, pair.before);
    if (held && held->is_null()) return true;  // it named nothing
    if (++moved > kMoved || now.size() > kItems) return false;
    return std::ranges::any_of(now, [&](const Object& other) { return pair.same(item, other); });
  });
}

Object store_of(const RevisionPair& pair, RevisionIndex as_of) {
  const auto catalog = pair.document.catalog(as_of);
  const auto store = catalog ? pair.document.get(plain_dictionary(*catalog), "DSS", as_of) : catalog;
  return store ? *store : Object();
}

/// Whether all evidence of the older store is in the newer one. How /VRI tells whose it is may be written anew, or
/// left out: it is a hint for readers.
bool evidence_grew(const RevisionPair& pair) {
  const Object now = store_of(pair, pair.now);
  if (now.as_dictionary() == nullptr || now.as_stream() != nullptr) return false;
  Evidence older, newer;
  if (!collect_evidence(pair, store_of(pair, pair.before), pair.before, {}, older) ||
      !collect_evidence(pair, now, pair.now, {}, newer))
    return false;
  return std::ranges::all_of(older, [&](const auto& kind) { return holds_all(pair, kind.second, newer[kind.first]); });
}

}  // namespace

void judge_store(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  // a piece of evidence is what it was; lists of them and the store itself may grow
  if (object.before.as_stream() == nullptr && evidence_grew(pair))
    out.add({ChangeKind::security_store, object.ref, "evidence added", {}});
  else
    out.add({ChangeKind::other, object.ref, "evidence (/DSS) is removed or replaced", {}});
}

}  // namespace segell::signer::pdf
