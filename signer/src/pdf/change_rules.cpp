#include "pdf/change_rules.h"

#include "pdf/shared_resources.h"

#include <array>

namespace segell::signer::pdf {
namespace {

using Rule = void (*)(const RevisionPair&, const ChangedObject&, ChangeList&);

struct PlaceRule {
  Place place;
  Rule rule;
};

constexpr std::array kRules{PlaceRule{Place::catalog, judge_catalog},
                            PlaceRule{Place::page_tree, judge_page_tree},
                            PlaceRule{Place::page, judge_page},
                            PlaceRule{Place::content, judge_content},
                            PlaceRule{Place::annotations, judge_annotations},
                            PlaceRule{Place::annotation, judge_annotation},
                            PlaceRule{Place::widget, judge_field},
                            PlaceRule{Place::form, judge_form},
                            PlaceRule{Place::resources, judge_resources},
                            PlaceRule{Place::fields, judge_fields},
                            PlaceRule{Place::field, judge_field},
                            PlaceRule{Place::appearance, judge_appearance},
                            PlaceRule{Place::value, judge_value},
                            PlaceRule{Place::form_part, judge_form_part},
                            PlaceRule{Place::store, judge_store},
                            PlaceRule{Place::metadata, judge_metadata},
                            PlaceRule{Place::structure, judge_structure_tree}};

struct PlaceWords {
  Place place;
  ChangeKind kind;
  std::string_view words;
};

/// Places where any change means the same.
constexpr std::array kWords{
    PlaceWords{Place::permissions, ChangeKind::structure, "the permissions changed"},
    PlaceWords{Place::extensions, ChangeKind::catalog_entry, "the extensions named changed"},
    PlaceWords{Place::names, ChangeKind::structure, "attachments or named places changed"},
    PlaceWords{Place::outlines, ChangeKind::structure, "bookmarks changed"},
    PlaceWords{Place::layers, ChangeKind::structure, "optional content changed: something may show or hide"},
    PlaceWords{Place::actions, ChangeKind::structure, "an action changed"}};

constexpr std::uint32_t bit_of(Place place) { return 1U << static_cast<unsigned>(place); }

/// Resources of the form that something else paints with, and nothing else.
bool is_shared_resource(const Places::Spot& spot) {
  constexpr std::uint32_t kPainters = bit_of(Place::content) | bit_of(Place::appearance) | bit_of(Place::annotation);
  return spot.is(Place::resources) && (spot.mask & kPainters) != 0 &&
         (spot.mask & ~(kPainters | bit_of(Place::resources))) == 0;
}

}  // namespace

void judge_object(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  if (is_shared_resource(object.spot) && only_adds_unused_names(pair, object)) {
    out.add({ChangeKind::form_entry, object.ref, "form: resources added", {}});
    return;
  }
  for (const PlaceRule& row : kRules)
    if (object.spot.is(row.place)) row.rule(pair, object, out);
  for (const PlaceWords& row : kWords)
    if (object.spot.is(row.place)) out.add({row.kind, object.ref, std::string(row.words), {}});
  if (object.spot.is(Place::other))
    out.add({ChangeKind::other, object.ref, "object " + to_string(object.ref) + " replaced", {}});
}

}  // namespace segell::signer::pdf
