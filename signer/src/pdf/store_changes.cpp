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

/// What stands as a store is one (ISO 32000-2, 12.8.4.3): its keys and no others, lists of streams. Under another form
/// anything could be brought in as evidence. What the older store named is not looked at again.
class StoreForm {
 public:
  StoreForm(const RevisionPair& pair, const Evidence& older) : m_pair(pair) {
    for (const auto& [kind, items] : older)
      for (const Object& item : items)
        if (const Ref* ref = item.as_reference()) m_known.insert(*ref);
  }

  [[nodiscard]] bool holds(const Object& store) const {
    return each_entry(store, [&](const DictionaryEntry& entry) {
      if (entry.key == "Type") return is_name(entry.value, "DSS");
      if (entry.key == "VRI")
        return each_entry(now(entry.value), [&](const DictionaryEntry& one) {
          return one.key == "Type" ? is_name(one.value, "VRI") : named(one);
        });
      return (entry.key == "Certs" || entry.key == "CRLs" || entry.key == "OCSPs") && list(entry.value);
    });
  }

 private:
  [[nodiscard]] Object now(const Object& value) const {
    const auto held = m_pair.document.resolve(value, m_pair.now);
    return held ? *held : Object();
  }

  template <typename Check>
  [[nodiscard]] static bool each_entry(const Object& value, const Check& check) {
    const Dictionary* entries = value.as_stream() == nullptr ? value.as_dictionary() : nullptr;
    return entries != nullptr && std::ranges::all_of(entries->entries(), check);
  }

  [[nodiscard]] bool is_name(const Object& value, std::string_view name) const {
    const Object held = now(value);
    const std::string* text = held.as_name();
    return text != nullptr && *text == name;
  }

  /// A signature's own entry: the name is a hash of its /Contents.
  [[nodiscard]] bool named(const DictionaryEntry& one) const {
    const bool hash = one.key.size() >= 40 && one.key.find_first_not_of("0123456789ABCDEFabcdef") == std::string::npos;
    return hash && each_entry(now(one.value), [&](const DictionaryEntry& entry) {
             if (entry.key == "Type") return is_name(entry.value, "VRI");
             if (entry.key == "TU") return now(entry.value).as_string() != nullptr;
             if (entry.key == "TS") return now(entry.value).as_stream() != nullptr;
             return (entry.key == "Cert" || entry.key == "CRL" || entry.key == "OCSP") && list(entry.value);
           });
  }

  [[nodiscard]] bool list(const Object& value) const {
    const Object held = now(value);
    return held.as_array() != nullptr && std::ranges::all_of(*held.as_array(), [&](const Object& item) {
             const Ref* ref = item.as_reference();
             return ref != nullptr && (m_known.contains(*ref) || now(item).as_stream() != nullptr);
           });
  }

  const RevisionPair& m_pair;
  std::set<Ref> m_known;
};

/// Empty when all evidence of the older store is in the newer one, else what is wrong. How /VRI tells whose it is may
/// be written anew, or left out: it is a hint for readers.
std::string_view fault_of_store(const RevisionPair& pair) {
  constexpr std::string_view kLess = "evidence (/DSS) is removed or replaced";
  const Object now = store_of(pair, pair.now);
  Evidence older, newer;
  if (!collect_evidence(pair, store_of(pair, pair.before), pair.before, {}, older)) return kLess;
  if (now.is_null()) return kLess;
  if (!StoreForm(pair, older).holds(now)) return "something that is no evidence stands as evidence (/DSS)";
  if (!collect_evidence(pair, now, pair.now, {}, newer)) return kLess;
  const bool all =
      std::ranges::all_of(older, [&](const auto& kind) { return holds_all(pair, kind.second, newer[kind.first]); });
  return all ? std::string_view() : kLess;
}

}  // namespace

void judge_store(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  // a piece of evidence is what it was; lists of them and the store itself may grow
  const bool piece = object.before.as_stream() != nullptr;
  const std::string_view fault = piece ? "evidence (/DSS) is removed or replaced" : fault_of_store(pair);
  if (fault.empty())
    out.add({ChangeKind::security_store, object.ref, "evidence added", {}});
  else
    out.add({ChangeKind::other, object.ref, std::string(fault), {}});
}

}  // namespace segell::signer::pdf
