#include "pdf/change_rules.h"

#include "signer/pdf/fields.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/pages.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

const Dictionary kNone;

const Dictionary& dictionary_of(const Object& object) {
  const Dictionary* dictionary = object.as_dictionary();
  return dictionary == nullptr ? kNone : *dictionary;
}

bool is_signature(const Object& object) { return dictionary_of(object).has("ByteRange"); }

bool equal_entries(const Dictionary& a, const Dictionary& b, std::string_view key) {
  const Object* left = a.find(key);
  const Object* right = b.find(key);
  if (left == nullptr || right == nullptr) return left == right;
  return *left == *right;
}

}  // namespace

std::string PageNumbers::name(Ref ref) {
  if (!m_read) {
    m_read = true;
    for (const RevisionIndex as_of : {RevisionIndex{0}, m_document.latest()}) {
      const auto refs = page_refs(m_document, as_of);
      if (!refs) continue;
      for (std::size_t i = 0; i < refs->size(); ++i) m_numbers.emplace((*refs)[i].number, i + 1);
    }
  }
  const auto found = m_numbers.find(ref.number);
  return found == m_numbers.end() ? "object " + to_string(ref) : "page " + std::to_string(found->second);
}

ChangeRules::ChangeRules(const Document& document, RevisionIndex revision, PageNumbers& pages)
    : m_document(document), m_revision(revision), m_pages(pages), m_first_fresh(document.object_count(revision - 1)) {}

Object ChangeRules::old_value(std::uint32_t number) const {
  const XrefEntry* entry = m_document.entry(number, m_revision - 1);
  if (entry == nullptr || entry->kind == XrefEntry::Kind::free) return {};
  auto object = m_document.load_entry(*entry);
  return object ? *std::move(object) : Object();
}

Object ChangeRules::new_value(std::uint32_t number) const {
  const XrefEntry* entry = m_document.entry(number, m_revision);
  if (entry == nullptr || entry->kind == XrefEntry::Kind::free) return {};
  auto object = m_document.load_entry(*entry);
  return object ? *std::move(object) : Object();
}

bool ChangeRules::is_new(std::uint32_t number) const {
  const XrefEntry* now = m_document.entry(number, m_revision);
  if (now == nullptr || now->revision != m_revision) return false;
  const XrefEntry* before = m_document.entry(number, m_revision - 1);
  // a number that earlier revisions skipped may be waiting in a reference that dangled until now
  return before == nullptr ? number >= m_first_fresh : before->kind == XrefEntry::Kind::free;
}

void ChangeRules::follow(const Object& value, std::map<std::uint32_t, ChangeKind>& into, ChangeKind kind,
                         std::size_t depth) {
  if (depth > limits::kDepth) return;
  if (const Ref* ref = value.as_reference()) {
    if (!is_new(ref->number) || !into.emplace(ref->number, kind).second) return;
    follow(new_value(ref->number), into, kind, depth + 1);
  } else if (const Array* items = value.as_array()) {
    for (const Object& item : *items) follow(item, into, kind, depth + 1);
  } else if (const Dictionary* dictionary = value.as_dictionary()) {
    for (const DictionaryEntry& entry : dictionary->entries())
      if (entry.key != "Parent" && entry.key != "P") follow(entry.value, into, kind, depth + 1);
  }
}

bool ChangeRules::is_signature_field(const Object& object, std::size_t depth) const {
  const Dictionary& dictionary = dictionary_of(object);
  if (dictionary.has("FT")) return dictionary.is_name("FT", "Sig");
  const Ref* parent = dictionary.reference("Parent");
  return parent != nullptr && depth < 8 && is_signature_field(new_value(parent->number), depth + 1);
}

void ChangeRules::follow_store() {
  const auto catalog = m_document.catalog(m_revision);
  if (catalog && catalog->as_dictionary() != nullptr)
    if (const Object* store = catalog->as_dictionary()->find("DSS"))
      follow(*store, m_owned, ChangeKind::security_store, 0);
  const auto before = m_document.catalog(m_revision - 1);
  const Object* store = before && before->as_dictionary() != nullptr ? before->as_dictionary()->find("DSS") : nullptr;
  if (store == nullptr) return;
  std::vector<Object> open{*store};
  while (!open.empty() && m_old_store.size() < limits::kFields) {
    const Object value = std::move(open.back());
    open.pop_back();
    if (const Ref* ref = value.as_reference()) {
      const Object held = old_value(ref->number);
      const bool container = held.as_stream() == nullptr && (held.as_array() || held.as_dictionary());
      if (container && m_old_store.insert(ref->number).second) open.push_back(held);
    } else if (const Array* items = value.as_array()) {
      open.insert(open.end(), items->begin(), items->end());
    } else if (const Dictionary* dictionary = value.as_dictionary()) {
      for (const DictionaryEntry& entry : dictionary->entries()) open.push_back(entry.value);
    }
  }
  // what the store named was data of its own (certificates, lists): a page in there would be a trap
  const auto trapped = [&](std::uint32_t number) {
    const Object held = old_value(number);
    return dictionary_of(held).is_name("Type", "Page") || dictionary_of(held).is_name("Type", "Pages") ||
           dictionary_of(held).is_name("Type", "Catalog");
  };
  std::erase_if(m_old_store, trapped);
}

void ChangeRules::prepare(std::span<const XrefEntry> entries) {
  bool any = false;
  m_timestamps_only = true;
  std::vector<std::pair<std::uint32_t, Object>> roots;
  for (const XrefEntry& entry : entries) {
    if (entry.kind == XrefEntry::Kind::free) continue;
    Object now = new_value(entry.number);
    if (is_signature(now)) {
      any = true;
      m_timestamps_only = m_timestamps_only && dictionary_of(now).is_name("SubFilter", "ETSI.RFC3161");
      roots.emplace_back(entry.number, std::move(now));
    } else if (is_signature_field(now)) {
      roots.emplace_back(entry.number, std::move(now));
    }
  }
  const ChangeKind kind = any && m_timestamps_only ? ChangeKind::timestamp : ChangeKind::signature;
  for (const auto& [number, value] : roots) {
    if (is_new(number)) m_owned.emplace(number, kind);
    follow(value, m_owned, kind, 0);
  }
  m_timestamps_only = any && m_timestamps_only;
  follow_store();
}

std::optional<Change> ChangeRules::judge(const XrefEntry& entry) {
  const Ref ref{entry.number, entry.kind == XrefEntry::Kind::compressed ? 0 : entry.generation};
  const Object before = old_value(entry.number);
  if (entry.kind == XrefEntry::Kind::free) {
    if (before.is_null()) return std::nullopt;
    return Change{ChangeKind::other, ref, m_pages.name(ref) + " removed", {}};
  }
  const auto loaded = m_document.load_entry(entry);
  if (!loaded) return Change{ChangeKind::other, ref, "object " + to_string(ref) + " cannot be read", {}};
  if (before.is_null()) return judge_new(ref, *loaded);
  if (before == *loaded) return std::nullopt;
  return judge_changed(ref, before, *loaded);
}

Change ChangeRules::judge_new(Ref ref, const Object& now) {
  if (const auto owner = m_owned.find(ref.number); owner != m_owned.end()) {
    std::string words = owner->second == ChangeKind::security_store ? "evidence added"
                        : owner->second == ChangeKind::timestamp    ? "timestamp added"
                                                                    : "signature added";
    return {owner->second, ref, std::move(words), field_name(ref.number)};
  }
  const Dictionary& dictionary = dictionary_of(now);
  const bool carrier =
      now.as_stream() != nullptr && (dictionary.is_name("Type", "XRef") || dictionary.is_name("Type", "ObjStm"));
  const Ref* info = m_document.revisions()[m_revision].trailer.reference("Info");
  if (is_new(ref.number) && (carrier || (info != nullptr && *info == ref)))
    return {ChangeKind::bookkeeping, ref, "bookkeeping", {}};
  // the first form of a document comes with its first signature field
  if (is_new(ref.number) && dictionary.array("Fields") != nullptr && same_form(Object(), now))
    return {ChangeKind::form_entry, ref, "form added for signatures", {}};
  if (is_new(ref.number) && now.as_array() != nullptr && adds_only_signatures(Object(Array()), now))
    return {ChangeKind::page_entry, ref, "list of signature fields added", {}};
  if (dictionary.is_name("Type", "Annot") || (dictionary.has("Subtype") && dictionary.has("Rect")))
    return {ChangeKind::annotation, ref, "annotation added", {}};
  return {ChangeKind::other, ref, "object " + to_string(ref) + " added", {}};
}

bool ChangeRules::adds_only_signatures(const Object& before, const Object& now) const {
  const Array* old_items = before.as_array();
  const Array* items = now.as_array();
  if (old_items == nullptr || items == nullptr) return false;
  std::size_t kept = 0;
  for (const Object& item : *items) {
    if (kept < old_items->size() && item == (*old_items)[kept]) {
      ++kept;
      continue;
    }
    const Ref* ref = item.as_reference();
    if (ref == nullptr || std::ranges::find(*old_items, item) != old_items->end()) return false;
    if (!is_new(ref->number) && m_owned.find(ref->number) == m_owned.end() &&
        !is_signature_field(old_value(ref->number)))
      return false;
    if (!is_signature_field(new_value(ref->number))) return false;
  }
  return kept == old_items->size();
}

bool ChangeRules::grew_by_signatures(const Dictionary& before, const Dictionary& now, std::string_view key) const {
  if (equal_entries(before, now, key)) return true;
  const auto old_list = m_document.get(before, key, m_revision - 1);
  const auto list = m_document.get(now, key, m_revision);
  if (!old_list || !list) return false;
  return adds_only_signatures(old_list->is_null() ? Object(Array()) : *old_list, *list);
}

bool ChangeRules::same_form(const Object& before, const Object& now) const {
  const Dictionary& a = dictionary_of(before);
  const Dictionary& b = dictionary_of(now);
  return !differing_key(a, b, {"Fields", "SigFlags"}) && grew_by_signatures(a, b, "Fields");
}

std::optional<std::string> ChangeRules::differing_key(const Dictionary& before, const Dictionary& now,
                                                      std::initializer_list<std::string_view> allowed) const {
  const auto differs = [&](const std::string& key) {
    return std::ranges::find(allowed, key) == allowed.end() && !equal_entries(before, now, key);
  };
  for (const DictionaryEntry& entry : now.entries())
    if (differs(entry.key)) return entry.key;
  for (const DictionaryEntry& entry : before.entries())
    if (differs(entry.key)) return entry.key;
  return std::nullopt;
}

Change ChangeRules::judge_page(Ref ref, const Dictionary& before, const Dictionary& now) {
  if (const auto key = differing_key(before, now, {"Annots"}))
    return {ChangeKind::other, ref, m_pages.name(ref) + ": /" + *key + " replaced", {}};
  if (grew_by_signatures(before, now, "Annots"))
    return {ChangeKind::page_entry, ref, m_pages.name(ref) + ": signature field added", {}};
  return {ChangeKind::annotation, ref, m_pages.name(ref) + ": annotations changed", {}};
}

Change ChangeRules::judge_catalog(Ref ref, const Dictionary& before, const Dictionary& now) {
  if (const auto key = differing_key(before, now, {"AcroForm", "DSS", "Perms", "Extensions"}))
    return {ChangeKind::other, ref, "catalog: /" + *key + " changed", {}};
  const auto old_form = m_document.get(before, "AcroForm", m_revision - 1);
  const auto form = m_document.get(now, "AcroForm", m_revision);
  if (!old_form || !form || (form->is_null() && !old_form->is_null()) || !same_form(*old_form, *form))
    return {ChangeKind::other, ref, "catalog: /AcroForm changed beyond signature fields", {}};
  if (before.has("DSS") && !now.has("DSS")) return {ChangeKind::other, ref, "catalog: /DSS removed", {}};
  if (before.has("Perms") && !equal_entries(before, now, "Perms"))
    return {ChangeKind::other, ref, "catalog: /Perms changed", {}};
  return {ChangeKind::catalog_entry, ref, "catalog: entries for signatures", {}};
}

std::string ChangeRules::field_name(std::uint32_t number) const {
  const Object value = new_value(number);
  const String* name = nullptr;
  if (const Object* t = dictionary_of(value).find("T")) name = t->as_string();
  return name == nullptr ? std::string() : text_of(*name);
}

Change ChangeRules::judge_field(Ref ref, const Dictionary& before, const Dictionary& now) {
  const std::string name = field_name(ref.number);
  if (const auto key = differing_key(before, now, {"V", "AP", "AS", "M", "F", "MK", "I"}))
    return {ChangeKind::other, ref, "field " + name + ": /" + *key + " changed", name};
  const bool signs = now.is_name("FT", "Sig") && !before.has("V");
  if (!signs) return {ChangeKind::form_filling, ref, "field " + name + " filled in", name};
  const ChangeKind kind = m_timestamps_only ? ChangeKind::timestamp : ChangeKind::signature;
  return {kind, ref, "field " + name + " signed", name};
}

Change ChangeRules::judge_changed(Ref ref, const Object& before, const Object& now) {
  const Dictionary* old_dictionary = before.as_stream() != nullptr ? nullptr : before.as_dictionary();
  const Dictionary* dictionary = now.as_stream() != nullptr ? nullptr : now.as_dictionary();
  if (old_dictionary != nullptr && dictionary != nullptr) {
    if (old_dictionary->is_name("Type", "Page")) return judge_page(ref, *old_dictionary, *dictionary);
    if (ref == m_document.root(m_revision - 1)) return judge_catalog(ref, *old_dictionary, *dictionary);
    if (old_dictionary->array("Fields") != nullptr || old_dictionary->reference("Fields") != nullptr)
      return same_form(before, now) ? Change{ChangeKind::form_entry, ref, "form: signature field added", {}}
                                    : Change{ChangeKind::other, ref, "form changed beyond signature fields", {}};
    if (old_dictionary->has("FT") || old_dictionary->is_name("Subtype", "Widget"))
      return judge_field(ref, *old_dictionary, *dictionary);
    if (old_dictionary->has("Subtype") && old_dictionary->has("Rect"))
      return {ChangeKind::annotation, ref, "annotation changed", {}};
    const Ref* info = m_document.revisions()[m_revision].trailer.reference("Info");
    if (info != nullptr && *info == ref) return {ChangeKind::bookkeeping, ref, "document information changed", {}};
    if (old_dictionary->is_name("Type", "Pages")) return {ChangeKind::other, ref, "pages added, removed or moved", {}};
  }
  if (adds_only_signatures(before, now)) return {ChangeKind::page_entry, ref, "signature field added", {}};
  if (m_old_store.contains(ref.number)) return {ChangeKind::security_store, ref, "evidence added", {}};
  return {ChangeKind::other, ref, "object " + to_string(ref) + " replaced", {}};
}

}  // namespace segell::signer::pdf
