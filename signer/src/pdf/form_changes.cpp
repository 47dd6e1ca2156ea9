#include "pdf/change_rules.h"

#include "pdf/button_looks.h"
#include "pdf/field_changes.h"
#include "pdf/field_looks.h"
#include "pdf/shared_resources.h"
#include "signer/pdf/fields.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kAddedFieldDepth = 8;

/// Beside additions other form objects that nothing looks for there, as PDFBox and iText leave their signatures'
/// layers.
bool replaces_forms(const RevisionPair& pair, const Object& before, const Object& now) {
  return resources_grew(pair, before, now, false) && only_replaces_unused_forms(pair, before, now);
}

std::int64_t flags_of(const Object& object) { return object.as_integer() == nullptr ? 0 : *object.as_integer(); }

bool is_document_timestamp(const Object& value) { return plain_dictionary(value).is_name("SubFilter", "ETSI.RFC3161"); }

class AddedField {
 public:
  AddedField(const RevisionPair& pair, ChangeList& out) : m_pair(pair), m_out(out) {}

  void judge(const Object& item, Ref list, std::size_t depth) {
    const Ref* ref = item.as_reference();
    const Object value = ref == nullptr ? item : m_pair.new_value(ref->number);
    if (value.is_null()) return;
    const Dictionary& field = plain_dictionary(value);
    const Ref at = ref == nullptr ? list : *ref;
    if (ref == nullptr || field.empty() || depth > kAddedFieldDepth) return refuse(at, "something", {});
    if (!m_seen.insert(*ref).second) return refuse(at, "a field twice", {});
    const FieldFacts facts = m_pair.field(ref->number, m_pair.now);
    if (m_pair.existed(ref->number)) return judge_old(*ref, facts);
    if (!field.has("T")) return refuse(at, "a widget of field " + facts.name, facts.name);
    const Object kids = m_pair.new_entry(field, "Kids");
    const bool inner = kids.as_array() != nullptr && std::ranges::any_of(*kids.as_array(), [&](const Object& kid) {
                         return kid.as_reference() != nullptr &&
                                plain_dictionary(m_pair.new_value(kid.as_reference()->number)).has("T");
                       });
    if (inner) {
      for (const Object& kid : *kids.as_array()) judge(kid, at, depth + 1);
      return;
    }
    if (!facts.is_signature()) return refuse(at, "field " + facts.name, facts.name);
    if (!m_pair.names.add(facts.name, *ref, m_pair.before))
      return refuse(at, "a second field " + facts.name, facts.name);
    accept(*ref, facts, field);
  }

 private:
  void refuse(Ref ref, const std::string& what, std::string name) {
    m_out.add({ChangeKind::structure, ref, what + " added to the form", std::move(name)});
  }

  // a field that stood outside of the form, as some programs leave them
  void judge_old(Ref ref, const FieldFacts& facts) {
    const FieldFacts then = m_pair.field(ref.number, m_pair.before);
    if (!facts.is_signature() || !then.is_signature() || then.is_signed() || then.name != facts.name ||
        !m_pair.names.add(facts.name, ref, m_pair.before))
      return refuse(ref, "field " + facts.name, facts.name);
    if (facts.is_signed()) return;  // the field itself says so
    m_out.add({ChangeKind::signature, ref, "signature field " + facts.name + " added", facts.name});
  }

  void accept(Ref ref, const FieldFacts& facts, const Dictionary& field) {
    const Ref* value = field.reference("V");
    if (value != nullptr && m_pair.existed(value->number))
      return refuse(ref, "a second field for an older signature, " + facts.name + ",", facts.name);
    bool visible = false, covers = false;
    const auto look = [&](std::uint32_t number, const Dictionary& widget) {
      // an empty field may get its appearance, and its flags, when it is signed: its place is what it takes
      const bool shows = facts.is_signed() ? is_visible_widget(m_pair.document, widget, m_pair.now)
                                           : takes_room(m_pair.document, widget, m_pair.now);
      if (!shows) return;
      const Places::Spot spot = m_pair.places.of(number);
      visible = true;
      covers = covers || spot.several_pages || !m_pair.stands_on_nothing(widget, spot.page);
    };
    for (const std::uint32_t widget : widgets_of(m_pair, ref.number)) {
      const Object held = m_pair.new_value(widget);
      look(widget, plain_dictionary(held));
    }
    const bool timestamp = facts.is_signed() && is_document_timestamp(facts.value);
    const std::string words = !facts.is_signed() ? "signature field " + facts.name + " added"
                              : timestamp        ? "timestamp added"
                                                 : "signature added";
    m_out.add({timestamp ? ChangeKind::timestamp : ChangeKind::signature, ref,
               words + (covers    ? ", over what the page shows"
                        : visible ? ", visible"
                                  : ""),
               facts.name, covers});
  }

  const RevisionPair& m_pair;
  ChangeList& m_out;
  std::set<Ref> m_seen;
};

void judge_field_list(const RevisionPair& pair, Ref ref, const Object& before, const Object& now, ChangeList& out) {
  const ListDifference difference = pair.compare_lists(before, now);
  if (difference.unreadable) {
    out.add({ChangeKind::other, ref, "a list of fields cannot be read", {}});
    return;
  }
  if (difference.reordered) out.add({ChangeKind::structure, ref, "fields in another order", {}});
  for (const Object& item : difference.removed) {
    const Ref* gone = item.as_reference();
    const std::string name = gone == nullptr ? std::string() : pair.field(gone->number, pair.before).name;
    out.add({ChangeKind::structure, gone == nullptr ? ref : *gone, "field " + name + " removed", name});
  }
  AddedField added(pair, out);
  for (const Object& item : difference.added) added.judge(item, ref, 0);
}

bool holds_values(const Document& document, RevisionIndex as_of) {
  const auto form = read_form(document, as_of);
  return !form || std::ranges::any_of(form->fields, [&](const Field& field) {
    const auto value = document.resolve(field.value, as_of);
    return !field.is_signature() && (!value || !value->is_null());
  });
}

/// Whether what fields show, and what viewers would make of their values, is another thing.
bool shows_other_values(const RevisionPair& pair, RevisionIndex as_of) {
  const auto form = read_form(pair.document, as_of);
  return !form || std::ranges::any_of(form->fields, [&](const Field& field) {
    const FieldFacts facts = pair.field(field.ref.number, as_of);
    return std::ranges::any_of(field.widgets, [&](Ref widget) {
      const auto held = pair.document.load(widget, as_of);
      const auto looks = held ? pair.document.get(plain_dictionary(*held), "AP", as_of) : held;
      if (!looks) return true;
      return facts.type == "Btn" ? state_becomes_another(pair, plain_dictionary(*held), as_of)
                                 : !facts.is_signature() && becomes_another(pair, *looks, facts);
    });
  });
}

/// A field whose stored looks say what it holds: who showed it made anew saw the same.
bool shows_value(const RevisionPair& pair, const Field& field) {
  const FieldFacts facts = pair.field(field.ref.number, pair.before);
  if (facts.value.is_null() || field.is_signature()) return true;
  return !field.widgets.empty() && std::ranges::all_of(field.widgets, [&](Ref ref) {
    const Object held = pair.new_value(ref.number);
    const Dictionary& widget = plain_dictionary(held);
    if (field.type != "Btn")
      return said_of_value(pair, pair.new_entry(widget, "AP"), {widget, widget}, ref.number, facts) == Said::value;
    const Object state = pair.new_entry(widget, "AS");
    const bool one_of_several = field.widgets.size() > 1 && state == Object(Name{"Off"});
    return state.as_name() != nullptr && (one_of_several || pair.same(facts.value, state));
  });
}

bool all_show_values(const RevisionPair& pair) {
  const auto form = read_form(pair.document, pair.before);
  return form && std::ranges::all_of(form->fields, [&](const Field& field) { return shows_value(pair, field); });
}

/// /NeedAppearances (12.7.2): whether fields show what they hold, or what was stored beside it.
void judge_made_anew(const RevisionPair& pair, Ref ref, const Object& before, const Object& now, ChangeList& out) {
  const auto is_set = [](const Object& flag) { return flag.as_bool() != nullptr && *flag.as_bool(); };
  if (is_set(now) && !is_set(before))
    out.add({ChangeKind::form_filling,
             ref,
             "form: appearances are to be made anew by whoever shows it",
             {},
             shows_other_values(pair, pair.before)});
  else if (is_set(before) && !is_set(now) && holds_values(pair.document, pair.before) && !all_show_values(pair))
    out.add({ChangeKind::form_filling,
             ref,
             "form: appearances are no longer made anew but shown as they are stored",
             {},
             shows_other_values(pair, pair.now)});
  else
    out.add({ChangeKind::form_entry, ref, "form: /NeedAppearances changed", {}});
}

void judge_form_entry(const RevisionPair& pair, Ref ref, const std::string& key, const Dictionary& before,
                      const Dictionary& now, ChangeList& out) {
  const Object left = pair.old_entry(before, key);
  const Object right = pair.new_entry(now, key);
  if (key == "Fields") return judge_field_list(pair, ref, left, right, out);
  if (key == "XFA") return judge_xfa(pair, ref, left, right, out);
  if (key == "NeedAppearances") return judge_made_anew(pair, ref, left, right, out);
  // what shows fields that are made anew is part of what they show
  const bool anew = pair.new_entry(now, "NeedAppearances") == Object(true);
  const bool flags_grew = key == "SigFlags" && (flags_of(left) & ~flags_of(right)) == 0;
  if (flags_grew || ((key == "DA" || key == "Q") && left.is_null() && !anew) ||
      (key == "DR" && (resources_grew(pair, left, right) || replaces_forms(pair, left, right))))
    out.add({ChangeKind::form_entry, ref, "form: /" + key + " changed", {}});
  else
    out.add({ChangeKind::structure, ref, "form: /" + key + " changed", {}});
}

}  // namespace

void judge_form(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const bool gone = !object.before.is_null() && plain_dictionary(object.now).empty();
  if (gone || object.now.as_stream() != nullptr) {
    out.add({ChangeKind::structure, object.ref, "the form is removed", {}});
    return;
  }
  const Dictionary& before = plain_dictionary(object.before);
  const Dictionary& now = plain_dictionary(object.now);
  for (const std::string& key : pair.differing_keys(before, now))
    judge_form_entry(pair, object.ref, key, before, now, out);
}

void judge_fields(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  judge_field_list(pair, object.ref, object.before, object.now, out);
}

void judge_resources(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  const bool grew =
      object.before.as_stream() == nullptr && !object.now.is_null() && resources_grew(pair, object.before, object.now);
  if (grew)
    out.add({ChangeKind::form_entry, object.ref, "form: resources added", {}});
  else
    out.add({ChangeKind::structure, object.ref, "form: a font or another resource of the fields replaced", {}});
}

}  // namespace segell::signer::pdf
