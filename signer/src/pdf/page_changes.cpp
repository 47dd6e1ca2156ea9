#include "pdf/change_rules.h"

#include "pdf/annotation_kinds.h"
#include "signer/pdf/pages.h"

#include <algorithm>
#include <array>

namespace segell::signer::pdf {
namespace {

/// "page 2: "; nothing when no page is known.
std::string on_page(const RevisionPair& pair, std::uint32_t page) {
  const std::string name = page == 0 ? std::string() : pair.pages.name(page);
  return name.empty() ? name : name + ": ";
}

std::string_view verb(const ChangedObject& object) {
  if (object.now.is_null()) return "removed";
  return object.before.is_null() ? "added in the place of something missing" : "replaced";
}

/// What an object of a page's contents is to people.
std::string_view content_noun(const Object& object) {
  const Dictionary* dictionary = object.as_dictionary();
  if (dictionary == nullptr) return "part of the content";
  if (dictionary->is_name("Type", "Font") || dictionary->is_name("Type", "FontDescriptor") ||
      dictionary->has("FontFile") || dictionary->has("FontFile2") || dictionary->has("FontFile3") ||
      dictionary->has("Length1") || dictionary->is_name("Type", "Encoding"))
    return "font";
  if (dictionary->is_name("Subtype", "Image")) return "picture";
  if (dictionary->is_name("Subtype", "Form")) return "form object";
  if (dictionary->is_name("Type", "OCG") || dictionary->is_name("Type", "OCMD")) return "optional content";
  return object.as_stream() != nullptr ? "content" : "part of the content";
}

/// Whether a widget that a page lists anew belongs to a signature: in the form, and new or not signed before.
bool is_new_signature_widget(const RevisionPair& pair, const Object& item) {
  const Ref* ref = item.as_reference();
  if (ref == nullptr || pair.new_value(ref->number).as_stream() != nullptr) return false;
  const FieldFacts now = pair.field(ref->number, pair.now);
  if (!now.is_signature() || !now.in_form) return false;
  return !pair.existed(ref->number) || !pair.field(ref->number, pair.before).is_signed();
}

/// A signed field that no list of the form names, as poppler 22 leaves its signature where the form stands in the
/// catalog itself. The signature is judged for that; to those before it it is one that may not be where it is.
bool is_stray_signature(const RevisionPair& pair, const Ref& ref, const Dictionary& widget) {
  const FieldFacts now = pair.field(ref.number, pair.now);
  const Ref* value = widget.reference("V");
  return now.is_signed() && !now.in_form && !widget.has("Parent") && !widget.has("Kids") &&
         widget.is_name("FT", "Sig") && !pair.existed(ref.number) && value != nullptr && !pair.existed(value->number);
}

void add_annotation(const RevisionPair& pair, const Object& item, std::uint32_t page, Ref list, ChangeList& out) {
  const auto value = pair.document.resolve(item, pair.now);
  if (value && value->is_null()) return;
  const Ref* ref = item.as_reference();
  const Ref place = ref == nullptr ? list : *ref;
  const Dictionary* dictionary = value ? value->as_dictionary() : nullptr;
  if (dictionary == nullptr || value->as_stream() != nullptr) {
    out.add({ChangeKind::other, place, on_page(pair, page) + "something added that is no annotation", {}});
    return;
  }
  if (is_new_signature_widget(pair, item)) {
    out.add({ChangeKind::page_entry, place, on_page(pair, page) + "signature field added", {}});
    return;
  }
  if (dictionary->is_name("Subtype", "Widget") || dictionary->has("FT")) {
    const std::string name = ref == nullptr ? std::string() : pair.field(ref->number, pair.now).name;
    if (ref != nullptr && is_stray_signature(pair, *ref, *dictionary))
      out.add({ChangeKind::signature, place, on_page(pair, page) + "signature added outside of the form", name, true});
    else
      out.add({ChangeKind::structure, place, on_page(pair, page) + "field " + name + " placed", name});
    return;
  }
  const bool covers =
      may_cover(pair.document, *dictionary, pair.now, pair.effort) && !pair.stands_on_nothing(*dictionary, page);
  const bool acts = has_active_action(pair.document, *dictionary, pair.now);
  out.add({ChangeKind::annotation,
           place,
           on_page(pair, page) + "annotation (" + annotation_kind(*dictionary) + ") added" +
               (acts     ? " that does something by itself"
                : covers ? " over what the page shows"
                         : ""),
           {},
           covers || acts});
}

/// Comments that mark or note and take nothing from what the page says: what P 3 lets change and go (ISO 32000-2, table
/// 257). What strikes words out, leads somewhere or holds a file is part of what was agreed to.
bool is_loose(const Dictionary& annotation) {
  constexpr std::array kLoose{"Text", "Highlight", "Underline", "Squiggly", "Popup"};
  return std::ranges::any_of(kLoose, [&](const char* kind) { return annotation.is_name("Subtype", kind); });
}

void remove_annotation(const RevisionPair& pair, const Object& item, std::uint32_t page, Ref list, ChangeList& out) {
  const auto value = pair.document.resolve(item, pair.before);
  const Ref* ref = item.as_reference();
  const Ref place = ref == nullptr ? list : *ref;
  const Dictionary* dictionary = value ? value->as_dictionary() : nullptr;
  if (dictionary == nullptr) {
    out.add({ChangeKind::other, place, on_page(pair, page) + "annotations changed", {}});
  } else if (dictionary->is_name("Subtype", "Widget") || dictionary->has("FT")) {
    const std::string name = ref == nullptr ? std::string() : pair.field(ref->number, pair.before).name;
    out.add({ChangeKind::structure, place, on_page(pair, page) + "field " + name + " removed", name});
  } else {
    out.add({ChangeKind::annotation,
             place,
             on_page(pair, page) + "annotation (" + annotation_kind(*dictionary) + ") removed",
             {},
             false,
             !is_loose(*dictionary) || may_cover(pair.document, *dictionary, pair.before, pair.effort)});
  }
}

/// Whether an annotation paints where it did not paint before, and where the page shows something; or acts.
bool comes_to_cover(const RevisionPair& pair, const Dictionary& before, const Dictionary& now, std::uint32_t page) {
  const bool acts =
      has_active_action(pair.document, now, pair.now) && !has_active_action(pair.document, before, pair.before);
  if (acts) return true;
  if (!may_cover(pair.document, now, pair.now, pair.effort)) return false;
  const bool painted = may_cover(pair.document, before, pair.before, pair.effort);
  const auto from = painted_area(pair.document, before, pair.before);
  const auto to = painted_area(pair.document, now, pair.now);
  if (painted && from && to && from->left <= to->left && from->bottom <= to->bottom && from->right >= to->right &&
      from->top >= to->top)
    return false;  // judged when it came there
  return !pair.stands_on_nothing(now, page, painted && from ? &*from : nullptr);
}

/// Keys of an annotation that viewers renew when they save: its window, when it was met last, where it stands in the
/// document.
constexpr std::array kKept{std::string_view("Popup"), std::string_view("M"),    std::string_view("NM"),
                           std::string_view("P"),     std::string_view("Open"), std::string_view("StructParent"),
                           std::string_view("Type")};
constexpr std::int64_t kLocks = 64 | 128 | 512;  ///< flags: ReadOnly, Locked, LockedContents

/// Whether an annotation says or shows something else than before. The window of a comment is no part of it.
bool says_other_words(const RevisionPair& pair, const Dictionary& before, const Dictionary& now) {
  const bool window = before.is_name("Subtype", "Popup") && now.is_name("Subtype", "Popup");
  const auto keys = pair.differing_keys(before, now);
  return std::ranges::any_of(keys, [&](const std::string& key) {
    const Object was = pair.old_entry(before, key), is = pair.new_entry(now, key);
    if (std::ranges::find(kKept, key) != kKept.end()) return false;
    if (key == "AP") return !was.is_null();  // what a viewer drew by itself
    const auto flags = [](const Object& value) { return value.as_integer() == nullptr ? 0 : *value.as_integer(); };
    if (key == "F") return ((flags(was) ^ flags(is)) & ~kLocks) != 0;
    return !window;
  });
}

constexpr std::size_t kNodesAbove = 64;

/// What a page had from the nodes above it (7.7.3.4); null when no node says it, or more of them stand there than there
/// may be.
Object inherited_before(const RevisionPair& pair, const Dictionary& page, std::string_view key) {
  Object node = pair.old_entry(page, "Parent");
  for (std::size_t depth = 0; depth < kNodesAbove; ++depth) {
    const Dictionary& entries = plain_dictionary(node);
    Object value = pair.old_entry(entries, key);
    if (entries.empty() || !value.is_null()) return value;
    node = pair.old_entry(entries, "Parent");
  }
  return {};
}

/// Whether a page states itself what it inherited, as iText writes pages. Of the nodes above each is judged for itself.
bool states_inherited(const RevisionPair& pair, const Dictionary& before, const Dictionary& now,
                      const std::string& key) {
  constexpr std::array kInheritable{std::string_view("Resources"), std::string_view("MediaBox"),
                                    std::string_view("CropBox"), std::string_view("Rotate")};
  if (std::ranges::find(kInheritable, key) == kInheritable.end() || !pair.old_entry(before, key).is_null())
    return false;
  const Object inherited = inherited_before(pair, before, key);
  return !inherited.is_null() && pair.same(inherited, pair.new_entry(now, key));
}

void judge_list(const RevisionPair& pair, Ref ref, std::uint32_t page, const Object& before, const Object& now,
                ChangeList& out) {
  const ListDifference difference = pair.compare_lists(before, now);
  if (difference.unreadable) {
    out.add({ChangeKind::other, ref, on_page(pair, page) + "the list of annotations cannot be read", {}});
    return;
  }
  if (difference.reordered)
    out.add({ChangeKind::annotation, ref, on_page(pair, page) + "annotations in another order", {}, true});
  for (const Object& item : difference.removed) remove_annotation(pair, item, page, ref, out);
  for (const Object& item : difference.added) add_annotation(pair, item, page, ref, out);
}

}  // namespace

void judge_page_tree(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const Dictionary& before = plain_dictionary(object.before);
  const Dictionary& now = plain_dictionary(object.now);
  for (const std::string& key : pair.differing_keys(before, now)) {
    if (key == "Kids" || key == "Count" || key == "Parent" || key == "Type")
      out.add({ChangeKind::structure, object.ref, "pages added, removed or moved", {}});
    // iText until 4, and what is built on it, leave their release there
    else if (key == "ITXT" && pair.new_entry(now, key).as_string() != nullptr)
      out.add({ChangeKind::metadata, object.ref, "metadata changed", {}});
    else
      out.add({ChangeKind::page_content, object.ref, "pages: /" + key + " changed", {}});
  }
  if (object.before.as_array() != nullptr || object.now.is_null())
    out.add({ChangeKind::structure, object.ref, "pages added, removed or moved", {}});
}

void judge_page(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const std::string page = on_page(pair, object.ref.number);
  const Dictionary& before = plain_dictionary(object.before);
  const Dictionary& now = plain_dictionary(object.now);
  if (now.empty() || before.empty()) {
    out.add({ChangeKind::structure, object.ref, page + (now.empty() ? "removed" : "added"), {}});
    return;
  }
  for (const std::string& key : pair.differing_keys(before, now)) {
    if (states_inherited(pair, before, now, key)) continue;
    if (key == "Annots")
      judge_list(pair, object.ref, object.ref.number, pair.old_entry(before, key), pair.new_entry(now, key), out);
    else if (key == "Tabs")
      out.add({ChangeKind::page_entry, object.ref, page + "order of fields set", {}});
    else if (key == "Metadata")
      judge_metadata(pair, {object.ref, pair.old_entry(before, key), pair.new_entry(now, key), object.spot}, out);
    else if (key == "PieceInfo" || key == "LastModified")
      out.add({ChangeKind::metadata, object.ref, page + "metadata changed", {}, key == "PieceInfo"});
    else if (key == "Parent" || key == "Type" || key == "StructParents" || key == "AA" || key == "Trans" ||
             key == "Dur" || key == "B" || key == "PresSteps")
      out.add({ChangeKind::structure, object.ref, page + "/" + key + " changed", {}});
    else if (key == "Contents")
      out.add({ChangeKind::page_content, object.ref, page + "content replaced", {}});
    else if (key == "Resources")
      out.add({ChangeKind::page_content, object.ref, page + "fonts, pictures or other resources replaced", {}});
    else
      out.add({ChangeKind::page_content, object.ref, page + "/" + key + " changed", {}});
  }
}

void judge_content(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const std::string_view noun = content_noun(object.before.is_null() ? object.now : object.before);
  out.add({ChangeKind::page_content,
           object.ref,
           on_page(pair, object.spot.page) + std::string(noun) + " " + std::string(verb(object)),
           {}});
}

void judge_annotations(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  // one list of several pages: what covers nothing on the one may cover all on the other
  if (object.spot.several_pages)
    out.add({ChangeKind::structure, object.ref, "annotations that several pages share changed", {}});
  judge_list(pair, object.ref, object.spot.page, object.before, object.now, out);
}

void judge_annotation(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const Dictionary& shown = plain_dictionary(object.before.is_null() ? object.now : object.before);
  const bool whole = shown.has("Subtype") && shown.has("Rect");
  const std::string what = whole ? "annotation (" + annotation_kind(shown) + ") " : "an annotation's appearance ";
  Change change{ChangeKind::annotation,
                object.ref,
                on_page(pair, object.spot.page) + what + (object.now.is_null() ? "removed" : "changed"),
                {}};
  const std::uint32_t owner = whole ? object.ref.number : object.spot.owner;
  if (owner == 0 || owner == Places::kSeveral || object.spot.several_pages) {
    change.covers = true;
  } else {
    const Object before = pair.old_value(owner), now = pair.new_value(owner);
    change.covers = comes_to_cover(pair, plain_dictionary(before), plain_dictionary(now), object.spot.page);
    const bool hid = may_cover(pair.document, plain_dictionary(before), pair.before, pair.effort);
    const bool loose = is_loose(plain_dictionary(before)) && is_loose(plain_dictionary(now));
    change.uncovers =
        hid || !whole || (!loose && says_other_words(pair, plain_dictionary(before), plain_dictionary(now)));
  }
  out.add(std::move(change));
}

}  // namespace segell::signer::pdf
