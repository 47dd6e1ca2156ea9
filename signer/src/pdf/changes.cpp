#include "signer/pdf/changes.h"

#include "pdf/change_rules.h"
#include "pdf/metadata_changes.h"

#include <algorithm>
#include <unordered_set>

namespace segell::signer::pdf {
namespace {

bool same_place(const XrefEntry* before, const XrefEntry& now) {
  return before != nullptr && before->kind == now.kind && before->position == now.position &&
         before->generation == now.generation;
}

constexpr std::size_t kSearches = 64;  ///< revisions of a file that are searched for what they still lead to

bool is_part_of_signing(const Change& change) {
  switch (change.kind) {
    case ChangeKind::signature:
    case ChangeKind::timestamp:
    case ChangeKind::security_store:
    case ChangeKind::form_entry:
    case ChangeKind::page_entry:
    case ChangeKind::catalog_entry:
      return true;
    case ChangeKind::metadata:
    case ChangeKind::form_filling:
    case ChangeKind::annotation:
    case ChangeKind::page_content:
    case ChangeKind::structure:
    case ChangeKind::other:
      return false;
  }
  return false;
}

/// What all revisions of one comparison share.
class Comparison {
 public:
  Comparison(const Document& document, Places places)
      : m_document(document),
        m_places(std::move(places)),
        m_pages(document),
        m_names(document),
        m_painted(document),
        m_same(document) {}

  RevisionChanges judge(RevisionIndex revision) {
    RevisionChanges out{revision, {}};
    ChangeList list;
    const RevisionPair pair(m_document, revision, m_places, m_pages, m_names, m_painted, m_same, m_effort);
    compare_trailers(pair, list);
    for (const XrefEntry& entry : m_document.entries_of(revision))
      if (!same_place(m_document.entry(entry.number, pair.before), entry)) judge_entry(pair, entry, list);
    out.changes = std::move(list).take();
    explain_entries(out);
    return out;
  }

 private:
  // The trailers side by side: another catalog or another encryption explains nothing away.
  void compare_trailers(const RevisionPair& pair, ChangeList& list) const {
    const Dictionary& before = m_document.revisions()[pair.before].trailer;
    const Dictionary& now = m_document.revisions()[pair.now].trailer;
    const auto differs = [&](std::string_view key) {
      const Object* a = before.find(key);
      const Object* b = now.find(key);
      return (a == nullptr) != (b == nullptr) || (a != nullptr && !(*a == *b));
    };
    if (differs("Root")) list.add({ChangeKind::other, {}, "the catalog is replaced by another object", {}});
    if (differs("Encrypt")) list.add({ChangeKind::other, {}, "the encryption is changed", {}});
    if (!differs("Info")) return;
    const bool says_more = !only_says_when(pair, pair.old_entry(before, "Info"), pair.new_entry(now, "Info"));
    const bool titles = says_more && has_other_title(pair);
    list.add({ChangeKind::metadata,
              {},
              titles ? "document information changed, the title among it" : "document information changed",
              {},
              says_more,
              titles});
  }

  void judge_entry(const RevisionPair& pair, const XrefEntry& entry, ChangeList& list) {
    const Ref ref{entry.number, entry.kind == XrefEntry::Kind::compressed ? 0 : entry.generation};
    const Places::Spot spot = m_places.of(entry.number);
    const XrefEntry* then = m_document.entry(entry.number, pair.before);
    const auto before = then == nullptr ? base::Result<Object>(Object()) : m_document.load_entry(*then);
    if (holds_objects(before) && carries_objects(entry.number, pair.before))
      list.add({ChangeKind::other, ref, "objects that the document uses are put into another place unseen", {}});
    if (spot.mask == 0) return;
    const auto now = m_document.load_entry(entry);
    if (!now || !before) {
      list.add({ChangeKind::other, ref, "object " + to_string(ref) + " cannot be read", {}});
      return;
    }
    // new, and named by nothing that was there: judged where it comes in
    if (before->is_null() && (now->is_null() || spot.named > pair.before)) return;
    const bool other_generation = then != nullptr && then->kind == XrefEntry::Kind::offset &&
                                  entry.kind == XrefEntry::Kind::offset && then->generation != entry.generation;
    const bool objects = spot.is(Place::fields) || spot.is(Place::annotations) || spot.is(Place::page_tree);
    if (!other_generation && pair.unchanged(*before, *now, objects)) return;
    ChangeList found;
    judge_object(pair, {ref, *before, other_generation ? Object() : *now, spot}, found);
    std::vector<Change> changes = std::move(found).take();
    if (std::ranges::none_of(changes, is_part_of_signing) && !leads_to(entry.number, pair.now)) return;
    for (Change& change : changes) list.add(std::move(change));
  }

  // What nothing leads to any more shows nothing: whoever held it is judged for what it holds now.
  bool leads_to(std::uint32_t number, RevisionIndex as_of) {
    if (!m_reachable || m_reachable_in != as_of) {
      if (++m_searches > kSearches) return true;
      auto found = reachable_objects(m_document, as_of);
      if (!found) return true;
      m_reachable = *std::move(found);
      m_reachable_in = as_of;
    }
    return m_reachable->contains(number);
  }

  static bool holds_objects(const base::Result<Object>& object) {
    return object && object->as_stream() != nullptr && object->as_dictionary()->is_name("Type", "ObjStm");
  }

  // An object stream whose objects are in force: readers look it up by its number, and would find the new one.
  bool carries_objects(std::uint32_t number, RevisionIndex as_of) {
    if (!m_carriers) {
      m_carriers.emplace();
      for (const XrefEntry& entry : m_document.all_entries())
        if (entry.kind == XrefEntry::Kind::compressed)
          (*m_carriers)[static_cast<std::uint32_t>(entry.position)].push_back(&entry);
    }
    const auto found = m_carriers->find(number);
    return found != m_carriers->end() && std::ranges::any_of(found->second, [&](const XrefEntry* entry) {
             return entry->revision <= as_of && m_document.entry(entry->number, as_of + 1) == entry;
           });
  }

  // What a signature's widget or an annotation needs of a page and the structure is explained by these only.
  static void explain_entries(RevisionChanges& revision) {
    if (revision.has(ChangeKind::signature) || revision.has(ChangeKind::timestamp) ||
        revision.has(ChangeKind::annotation))
      return;
    for (Change& change : revision.changes)
      if (change.kind == ChangeKind::page_entry) change.kind = ChangeKind::structure;
  }

  const Document& m_document;
  Places m_places;
  PageNumbers m_pages;
  FieldNames m_names;
  PaintedPages m_painted;
  SameValue m_same;
  Effort m_effort;
  std::optional<std::map<std::uint32_t, std::vector<const XrefEntry*>>> m_carriers;
  std::optional<std::unordered_set<std::uint32_t>> m_reachable;
  RevisionIndex m_reachable_in = 0;
  std::size_t m_searches = 0;
};

}  // namespace

bool RevisionChanges::has(ChangeKind kind) const {
  return std::ranges::find(changes, kind, &Change::kind) != changes.end();
}

bool RevisionChanges::only_signing() const { return std::ranges::all_of(changes, is_part_of_signing); }

base::Result<std::vector<RevisionChanges>> changes_after(const Document& document, RevisionIndex from) {
  std::vector<RevisionChanges> out;
  if (from >= document.latest()) return out;
  SEGELL_TRY(auto places, Places::read(document, from));
  Comparison comparison(document, std::move(places));
  for (RevisionIndex revision = from + 1; revision <= document.latest(); ++revision)
    out.push_back(comparison.judge(revision));
  return out;
}

}  // namespace segell::signer::pdf
