#include "pdf/revision_pair.h"

#include "pdf/annotation_kinds.h"
#include "signer/pdf/fields.h"

#include <algorithm>
#include <array>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kAncestors = 32;
constexpr std::int64_t kNoRotate = 16;  ///< ISO 32000-1, table 165
constexpr std::size_t kFewItems = 8;    ///< looked for one by one
const Dictionary kEmpty;

/// Lists of fields and annotations hold objects, which others name too: an equal one is another one.
constexpr std::array kObjectLists{std::string_view("Fields"), std::string_view("Kids"), std::string_view("Annots")};
bool is_list_of_objects(std::string_view key) { return std::ranges::find(kObjectLists, key) != kObjectLists.end(); }

/// Whether the list has one of the items already, or the items one of them twice.
bool names_any(const Array& list, const Array& items) {
  std::set<Ref> named;
  for (const Object& item : list)
    if (const Ref* ref = item.as_reference()) named.insert(*ref);
  return std::ranges::any_of(items, [&](const Object& item) {
    return item.as_reference() != nullptr && !named.insert(*item.as_reference()).second;
  });
}

Object or_null(base::Result<Object> object) { return object ? *std::move(object) : Object(); }

}  // namespace

const Dictionary& plain_dictionary(const Object& object) {
  const Dictionary* dictionary = object.as_stream() == nullptr ? object.as_dictionary() : nullptr;
  return dictionary == nullptr ? kEmpty : *dictionary;
}

std::string PageNumbers::name(std::uint32_t number) {
  if (!m_read) {
    m_read = true;
    for (const RevisionIndex as_of : {RevisionIndex{0}, m_document.latest()}) {
      const auto refs = page_refs(m_document, as_of);
      if (!refs) continue;
      for (std::size_t i = 0; i < refs->size(); ++i) m_numbers.emplace((*refs)[i].number, i + 1);
    }
  }
  const auto found = m_numbers.find(number);
  return found == m_numbers.end() ? std::string() : "page " + std::to_string(found->second);
}

bool FieldNames::add(const std::string& name, Ref field, RevisionIndex before) {
  if (!m_read) {
    m_read = true;
    if (const auto form = read_form(m_document, before))
      for (const Field& known : form->fields) m_names.emplace(known.name, known.ref);
  }
  return m_names.emplace(name, field).first->second == field;
}

Object RevisionPair::value(std::uint32_t number, RevisionIndex as_of) const {
  const XrefEntry* entry = document.entry(number, as_of);
  if (entry == nullptr || entry->kind == XrefEntry::Kind::free) return {};
  return or_null(document.load_entry(*entry));
}

Object RevisionPair::old_entry(const Dictionary& dictionary, std::string_view key) const {
  return or_null(document.get(dictionary, key, before));
}
Object RevisionPair::new_entry(const Dictionary& dictionary, std::string_view key) const {
  return or_null(document.get(dictionary, key, now));
}

std::vector<std::string> RevisionPair::differing_keys(const Dictionary& a, const Dictionary& b) const {
  std::vector<std::string> out;
  std::set<std::string_view> told;
  const EntryIndex old_entries(a), entries(b);
  const auto look = [&](const Dictionary& one) {
    for (const DictionaryEntry& entry : one.entries()) {
      const Object* left = old_entries.find(entry.key);
      const Object* right = entries.find(entry.key);
      if (same(left == nullptr ? Object() : *left, right == nullptr ? Object() : *right) &&
          (!is_list_of_objects(entry.key) || old_entry(a, entry.key) == new_entry(b, entry.key)))
        continue;
      if (told.insert(entry.key).second) out.push_back(entry.key);
    }
  };
  look(a);
  look(b);
  return out;
}

bool RevisionPair::unchanged(const Object& a, const Object& b, bool list) const {
  if (!same(a, b)) return false;
  if (a.as_array() != nullptr) return !list || a == b;
  const Dictionary& before_entries = plain_dictionary(a);
  const Dictionary& now_entries = plain_dictionary(b);
  return std::ranges::all_of(kObjectLists, [&](std::string_view key) {
    return old_entry(before_entries, key) == new_entry(now_entries, key);
  });
}

bool RevisionPair::same_item(const Object& a, const Object& b) const {
  const Ref* left = a.as_reference();
  const Ref* right = b.as_reference();
  return left != nullptr && right != nullptr ? *left == *right : same(a, b);
}

ListDifference RevisionPair::compare_lists(const Object& a, const Object& b) const {
  ListDifference out;
  static const Array kNoItems;
  const Array* old_items = a.is_null() ? &kNoItems : a.as_array();
  const Array* items = b.is_null() ? &kNoItems : b.as_array();
  if (old_items == nullptr || items == nullptr) {
    out.unreadable = true;
    return out;
  }
  auto next = old_items->begin();
  for (const Object& item : *items) {
    if (next != old_items->end() && same_item(*next, item))
      ++next;
    else
      out.added.push_back(item);
  }
  if (next == old_items->end()) {
    // an item that the list has already paints twice, and elsewhere in the order
    out.reordered = out.added.size() > kFewItems ? names_any(*old_items, out.added)
                                                 : std::ranges::any_of(out.added, [&](const Object& item) {
                                                     return item.as_reference() != nullptr &&
                                                            std::ranges::find(*old_items, item) != old_items->end();
                                                   });
    return out;
  }
  // something is gone or elsewhere: by references, which is what such lists hold
  out.added.clear();
  std::set<Ref> before_refs, now_refs;
  for (const Object& item : *old_items)
    if (const Ref* ref = item.as_reference()) before_refs.insert(*ref);
  for (const Object& item : *items) {
    const Ref* ref = item.as_reference();
    if (ref != nullptr) now_refs.insert(*ref);
    if (ref == nullptr || !before_refs.contains(*ref)) out.added.push_back(item);
  }
  for (const Object& item : *old_items) {
    const Ref* ref = item.as_reference();
    if (ref != nullptr && now_refs.contains(*ref)) continue;
    if (or_null(document.resolve(item, before)).is_null()) continue;  // it named nothing
    out.removed.push_back(item);
  }
  out.reordered = out.removed.empty();
  return out;
}

FieldFacts RevisionPair::field(std::uint32_t number, RevisionIndex as_of) const {
  FieldFacts facts;
  facts.in_form = places.of(number).is(Place::field);
  bool valued = false, flagged = false;
  std::uint32_t at = number;
  for (std::size_t i = 0; i < kAncestors; ++i) {
    const Object object = value(at, as_of);
    const Dictionary& dictionary = plain_dictionary(object);
    const Object part = or_null(document.get(dictionary, "T", as_of));
    if (const String* text = part.as_string())
      facts.name = text_of(*text) + (facts.name.empty() ? "" : "." + facts.name);
    const Object type = or_null(document.get(dictionary, "FT", as_of));
    if (facts.type.empty() && type.as_name() != nullptr) facts.type = *type.as_name();
    if (!valued && dictionary.has("V")) {
      valued = true;
      facts.value = or_null(document.get(dictionary, "V", as_of));
    }
    if (facts.options.is_null()) facts.options = or_null(document.get(dictionary, "Opt", as_of));
    const Object actions = or_null(document.get(dictionary, "AA", as_of));
    facts.formatted = facts.formatted || plain_dictionary(actions).has("F");
    const Object flags = or_null(document.get(dictionary, "Ff", as_of));
    if (!flagged && flags.as_integer() != nullptr) {
      flagged = true;
      facts.flags = *flags.as_integer();
    }
    const Ref* parent = dictionary.reference("Parent");
    if (parent == nullptr) break;
    at = parent->number;
  }
  return facts;
}

std::optional<base::Bytes> RevisionPair::look_at(const Stream& stream, std::uint64_t limit) const {
  auto octets = document.decode(stream, limit);
  if (!octets || !effort.spend(octets->size() / 8 + 1)) return std::nullopt;
  return *std::move(octets);
}

bool RevisionPair::stands_on_nothing(const Dictionary& annotation, std::uint32_t page, const Rect* own) const {
  const auto area = painted_area(document, annotation, now);
  const Object flags = new_entry(annotation, "F");
  const bool upright = flags.as_integer() != nullptr && (*flags.as_integer() & kNoRotate) != 0;
  return page != 0 && area && m_painted.place(page, *area, before, own, upright);
}

void ChangeList::add(Change change) {
  if (m_said.emplace(change.ref.number, change.words).second) m_changes.push_back(std::move(change));
}

}  // namespace segell::signer::pdf
