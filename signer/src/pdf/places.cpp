#include "pdf/places.h"

#include "pdf/same_value.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace segell::signer::pdf {
namespace {

constexpr std::uint32_t bit(Place place) { return 1U << static_cast<unsigned>(place); }

constexpr std::size_t kHistory = 64;  ///< entries of one object that are looked through

constexpr std::uint32_t kTree = bit(Place::catalog) | bit(Place::page_tree) | bit(Place::page);
constexpr std::uint32_t kShown = kTree | bit(Place::field) | bit(Place::widget) | bit(Place::annotation);

/// 0: the page tree. 1: what is shown or judged by rules of its own. 2: what mostly points at the former.
std::size_t phase_of(Place place) {
  switch (place) {
    case Place::catalog:
    case Place::page_tree:
    case Place::page:
      return 0;
    case Place::metadata:
    case Place::structure:
    case Place::names:
    case Place::outlines:
    case Place::layers:
    case Place::actions:
    case Place::form_part:  // an order of calculation names fields
    case Place::other:
      return 2;
    default:
      return 1;
  }
}

struct PlaceOfKey {
  std::string_view key;
  Place place;
};

template <std::size_t N>
Place look_up(const std::array<PlaceOfKey, N>& table, std::string_view key, Place otherwise) {
  for (const PlaceOfKey& row : table)
    if (row.key == key) return row.place;
  return otherwise;
}

constexpr std::array kCatalog{PlaceOfKey{"Pages", Place::page_tree},
                              PlaceOfKey{"AcroForm", Place::form},
                              PlaceOfKey{"DSS", Place::store},
                              PlaceOfKey{"Perms", Place::permissions},
                              PlaceOfKey{"Extensions", Place::extensions},
                              PlaceOfKey{"Metadata", Place::metadata},
                              PlaceOfKey{"PieceInfo", Place::metadata},
                              PlaceOfKey{"StructTreeRoot", Place::structure},
                              PlaceOfKey{"MarkInfo", Place::structure},
                              PlaceOfKey{"Names", Place::names},
                              PlaceOfKey{"Dests", Place::names},
                              PlaceOfKey{"Outlines", Place::outlines},
                              PlaceOfKey{"OCProperties", Place::layers},
                              PlaceOfKey{"OpenAction", Place::actions},
                              PlaceOfKey{"AA", Place::actions}};
constexpr std::array kPage{PlaceOfKey{"Annots", Place::annotations}, PlaceOfKey{"Metadata", Place::metadata},
                           PlaceOfKey{"PieceInfo", Place::metadata}, PlaceOfKey{"AA", Place::actions},
                           PlaceOfKey{"B", Place::other}};
constexpr std::array kAnnotation{PlaceOfKey{"A", Place::actions}, PlaceOfKey{"AA", Place::actions},
                                 PlaceOfKey{"Dest", Place::actions}};
constexpr std::array kForm{PlaceOfKey{"Fields", Place::fields}, PlaceOfKey{"DR", Place::resources}};
constexpr std::array kField{PlaceOfKey{"Kids", Place::fields},   PlaceOfKey{"Parent", Place::widget},
                            PlaceOfKey{"AP", Place::appearance}, PlaceOfKey{"V", Place::value},
                            PlaceOfKey{"DR", Place::resources},  PlaceOfKey{"A", Place::actions},
                            PlaceOfKey{"AA", Place::actions}};

/// Where a dictionary's key leads from a place; nothing for a way back up.
std::optional<Place> step(Place place, std::string_view key) {
  switch (place) {
    case Place::catalog:
      return look_up(kCatalog, key, Place::other);
    case Place::page_tree:
      if (key == "Parent") return std::nullopt;
      return key == "Kids" ? Place::page_tree : Place::content;
    case Place::page:
      if (key == "Parent") return std::nullopt;
      return look_up(kPage, key, Place::content);
    case Place::annotation:
    case Place::annotations:
      return look_up(kAnnotation, key, Place::annotation);
    case Place::form:
      return look_up(kForm, key, Place::form_part);
    case Place::field:
    case Place::fields:
      return look_up(kField, key, Place::form_part);
    case Place::widget:
      return key == "Kids" ? Place::widget : look_up(kField, key, Place::form_part);
    default:
      return place;
  }
}

/// Whether an entry states the object that a reference names.
bool states(const XrefEntry& entry, Ref ref) {
  if (entry.kind == XrefEntry::Kind::free) return false;
  return (entry.kind == XrefEntry::Kind::compressed ? 0 : entry.generation) == ref.generation;
}

bool is_widget(const Dictionary& dictionary) { return dictionary.is_name("Subtype", "Widget") || dictionary.has("FT"); }

/// The annotation itself, not what it is made of.
bool is_annotation(Place place, const Dictionary& dictionary) {
  return place == Place::annotation && dictionary.has("Subtype") && dictionary.has("Rect");
}

/// The place that an object really has, by what it is.
Place settle(Place place, const Object& value) {
  const bool list = value.as_array() != nullptr;
  const Dictionary* dictionary = value.as_stream() == nullptr ? value.as_dictionary() : nullptr;
  switch (place) {
    case Place::page_tree: {
      const bool page = dictionary != nullptr && (dictionary->is_name("Type", "Page") || !dictionary->has("Kids"));
      return page ? Place::page : Place::page_tree;
    }
    case Place::annotations:
    case Place::annotation:
      if (list) return Place::annotations;
      return dictionary != nullptr && is_widget(*dictionary) ? Place::widget : Place::annotation;
    case Place::fields:
    case Place::field:
      return list ? Place::fields : Place::field;
    default:
      return place;
  }
}

}  // namespace

void Places::note(Ref ref, Place place, const Task& from, std::uint32_t revision) {
  const auto history = m_document->history_of(ref.number);
  // of an object with a long history any reference may name it
  const bool few = history.size() <= kHistory;
  if (few && std::ranges::none_of(history, [&](const XrefEntry& entry) { return states(entry, ref); })) return;
  Node& node = m_nodes[ref.number];
  if (states(history.back(), ref)) node.spot.named = std::min(node.spot.named, revision);
  node.spot.several_pages =
      node.spot.several_pages || (node.spot.page != 0 && from.page != 0 && node.spot.page != from.page);
  bool fresh = (node.visited & bit(place)) == 0;
  if (place == Place::appearance || place == Place::value || place == Place::annotation) {
    if (node.spot.owner == 0) {
      node.spot.owner = from.owner;
    } else if (node.spot.owner != from.owner && node.spot.owner != kSeveral) {
      node.spot.owner = kSeveral;
      fresh = true;
    }
  }
  if (!fresh) return;
  node.visited |= bit(place);
  if (node.spot.page == 0) node.spot.page = from.page;
  m_open[phase_of(place)].push_back({ref.number, place, from.page, node.spot.owner});
}

// `earlier`: what the same object was before, walked from the same place. Lists grow at their end with every signature:
// what stands at their beginning as it stood is not looked at again.
void Places::walk_entries(const Dictionary& dictionary, const Task& from, std::uint32_t revision,
                          const Dictionary* earlier) {
  std::optional<EntryIndex> before;
  if (earlier != nullptr) before.emplace(*earlier);
  for (const DictionaryEntry& entry : dictionary.entries()) {
    const auto place = step(from.place, entry.key);
    if (!place) continue;
    Task next = from;
    next.place = *place;
    if (from.place == Place::field || from.place == Place::widget || is_annotation(from.place, dictionary))
      next.owner = from.number;
    walk(entry.value, next, revision, false, before ? before->find(entry.key) : nullptr);
  }
}

void Places::walk(const Object& value, const Task& from, std::uint32_t revision, bool top, const Object* earlier) {
  if (const Ref* ref = value.as_reference()) return note(*ref, from.place, from, revision);
  Task here = from;
  if (!top) here.place = settle(from.place, value);
  if (const Array* items = value.as_array()) {
    const Array* before = earlier == nullptr ? nullptr : earlier->as_array();
    auto item = items->begin();
    if (before != nullptr) item = std::ranges::mismatch(*items, *before).in1;
    for (; item != items->end(); ++item) walk(*item, here, revision, false);
  } else if (const Dictionary* dictionary = value.as_dictionary()) {
    const bool both =
        earlier != nullptr && earlier->as_dictionary() != nullptr && settle(from.place, *earlier) == here.place;
    walk_entries(*dictionary, here, revision, both ? earlier->as_dictionary() : nullptr);
  }
}

base::Result<void> Places::visit(const Task& task) {
  // a page that a destination names, a field that the structure names, is not theirs: earlier phases know them all
  const std::uint32_t known = m_nodes[task.number].spot.mask;
  const std::size_t phase = phase_of(task.place);
  if ((phase > 0 && (known & kTree) != 0) || (phase > 1 && (known & kShown) != 0)) return base::ok();
  const auto history = m_document->history_of(task.number);
  auto first = std::ranges::upper_bound(history, static_cast<std::uint32_t>(m_from), {}, &XrefEntry::revision);
  if (first != history.begin()) --first;
  std::uint32_t mask = 0;
  Object earlier;
  Place earlier_place = task.place;
  for (auto entry = first; entry != history.end(); ++entry) {
    const auto value = m_document->load_entry(*entry);
    if (!value && value.error().code != base::Code::malformed) return base::fail(value.error());
    Task here = task;
    here.place = value ? settle(task.place, *value) : task.place;
    // reached as part of the tree and not of it any more when it was freed
    if (!value || !value->is_null()) mask |= bit(here.place);
    if (here.place == Place::page) here.page = task.number;
    if (!value) continue;
    walk(*value, here, entry->revision, true, here.place == earlier_place ? &earlier : nullptr);
    earlier = *value;
    earlier_place = here.place;
  }
  Spot& spot = m_nodes[task.number].spot;
  spot.mask |= mask == 0 ? bit(task.place) : mask;
  if (spot.is(Place::page)) spot.page = task.number;
  return base::ok();
}

base::Result<void> Places::run() {
  for (RevisionIndex revision = m_from; revision <= m_document->latest(); ++revision) {
    const auto number = static_cast<std::uint32_t>(revision);
    const Dictionary& trailer = m_document->revisions()[revision].trailer;
    if (const Ref* root = trailer.reference("Root")) note(*root, Place::catalog, {}, number);
    if (const Ref* info = trailer.reference("Info")) note(*info, Place::metadata, {}, number);
  }
  while (true) {
    const auto open = std::ranges::find_if(m_open, [](const auto& tasks) { return !tasks.empty(); });
    if (open == m_open.end()) return base::ok();
    const Task task = open->back();
    open->pop_back();
    SEGELL_CHECK(visit(task));
  }
}

base::Result<Places> Places::read(const Document& document, RevisionIndex from) {
  Places places(document, from);
  SEGELL_CHECK(places.run());
  return places;
}

Places::Spot Places::of(std::uint32_t number) const {
  const auto found = m_nodes.find(number);
  return found == m_nodes.end() ? Spot{} : found->second.spot;
}

base::Result<std::unordered_set<std::uint32_t>> reachable_objects(const Document& document, RevisionIndex as_of) {
  std::unordered_set<std::uint32_t> seen;
  std::vector<Ref> open;
  const auto collect = [&](const auto& self, const Object& value) -> void {
    if (const Ref* ref = value.as_reference()) {
      if (seen.insert(ref->number).second) open.push_back(*ref);
    } else if (const Array* items = value.as_array()) {
      for (const Object& item : *items) self(self, item);
    } else if (const Dictionary* dictionary = value.as_dictionary()) {
      for (const DictionaryEntry& entry : dictionary->entries()) self(self, entry.value);
    }
  };
  const Dictionary& trailer = document.revisions()[as_of].trailer;
  for (const std::string_view key : {"Root", "Info"})
    if (const Object* value = trailer.find(key)) collect(collect, *value);
  while (!open.empty()) {
    const Ref ref = open.back();
    open.pop_back();
    const auto value = document.load(ref, as_of);
    if (value)
      collect(collect, *value);
    else if (value.error().code != base::Code::malformed)
      return base::fail(value.error());
  }
  return seen;
}

}  // namespace segell::signer::pdf
