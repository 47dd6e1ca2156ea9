#include "pdf/field_changes.h"

#include "pdf/button_looks.h"
#include "pdf/change_rules.h"
#include "pdf/field_looks.h"
#include "pdf/shared_resources.h"
#include "pdf/widget_style.h"
#include "pdf/written_look.h"
#include "signer/pdf/pages.h"

#include <algorithm>
#include <array>

namespace segell::signer::pdf {
namespace {

constexpr std::int64_t kHidden = 2, kPrint = 4, kNoView = 32, kToggleNoView = 256, kReadOnly = 1;  ///< tables 165, 221
constexpr std::int64_t kPushButton = 1 << 16;                                                      ///< table 226
constexpr std::size_t kWidgetDepth = 8;

template <std::size_t N>
bool is_key_of(const std::array<std::string_view, N>& list, std::string_view key) {
  return std::ranges::find(list, key) != list.end();
}

/// What signing an empty field that the document has may set: the value, what the field shows, and the facts about its
/// widget that writers complete on the way.
constexpr std::array kSigning{std::string_view("V"),  std::string_view("AP"),  std::string_view("AS"),
                              std::string_view("M"),  std::string_view("F"),   std::string_view("MK"),
                              std::string_view("P"),  std::string_view("DA"),  std::string_view("StructParent"),
                              std::string_view("DR"), std::string_view("Type")};
/// What filling in another field may set.
constexpr std::array kFilling{std::string_view("V"),  std::string_view("RV"), std::string_view("I"),
                              std::string_view("TI"), std::string_view("AP"), std::string_view("AS"),
                              std::string_view("M")};

/// The field's own value in both revisions, whatever holds it.
struct FieldPair {
  FieldFacts before;
  FieldFacts now;
  bool value_changed = false;
};

FieldPair facts_of(const RevisionPair& pair, std::uint32_t number) {
  FieldPair out{pair.field(number, pair.before), pair.field(number, pair.now), false};
  out.value_changed = !pair.same(out.before.value, out.now.value);
  return out;
}

/// An entry of the form; null when there is none.
Object form_entry(const RevisionPair& pair, std::string_view key, RevisionIndex as_of) {
  const auto catalog = pair.document.catalog(as_of);
  const auto form = catalog ? pair.document.get(plain_dictionary(*catalog), "AcroForm", as_of) : catalog;
  const auto value = form ? pair.document.get(plain_dictionary(*form), key, as_of) : form;
  return value ? *value : Object();
}

bool makes_appearances_anew(const RevisionPair& pair, RevisionIndex as_of) {
  const Object flag = form_entry(pair, "NeedAppearances", as_of);
  return flag.as_bool() != nullptr && *flag.as_bool();
}

std::int64_t integer_entry(const Object& value) { return value.as_integer() == nullptr ? 0 : *value.as_integer(); }

/// Nothing, or a number of them.
bool is_flags(const Object& value) { return value.is_null() || value.as_integer() != nullptr; }

/// Only set to read-only, as a lock asks for.
bool only_closes(const RevisionPair& pair, const Dictionary& before, const Dictionary& now) {
  const std::int64_t old_flags = integer_entry(pair.old_entry(before, "Ff"));
  return integer_entry(pair.new_entry(now, "Ff")) == (old_flags | kReadOnly);
}

/// Neither on a screen nor on paper, whatever the reader does (12.5.3).
bool is_never_shown(std::int64_t flags) {
  return (flags & kHidden) != 0 || ((flags & kNoView) != 0 && (flags & (kPrint | kToggleNoView)) == 0);
}

/// A ground or a border that a viewer draws for a widget without an appearance (12.5.6.19, table 189).
bool has_ground(const Document& document, const Dictionary& widget, RevisionIndex as_of) {
  const auto characteristics = document.get(widget, "MK", as_of);
  if (!characteristics) return true;
  const Dictionary& entries = plain_dictionary(*characteristics);
  return std::ranges::any_of(std::array{std::string_view("BG"), std::string_view("BC")}, [&](std::string_view key) {
    const auto colour = document.get(entries, key, as_of);
    return !colour || (colour->as_array() != nullptr && !colour->as_array()->empty());
  });
}

/// Of a button: nothing is chosen.
bool is_off(const FieldFacts& field) {
  const std::string* value = field.value.as_name();
  return value == nullptr || *value == "Off";
}

/// Whether a field's new look (not a button's) is what follows from its value.
bool follows_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
                   const FieldPair& field) {
  if (looks.is_null()) return field.value_changed;
  // who filled it in, or had to make it anew, may have drawn it in ways that are not read
  const bool had = !pair.old_entry(widget.before, "AP").is_null();
  const bool expected = field.value_changed || (had && makes_appearances_anew(pair, pair.before));
  return expected ? !contradicts_value(pair, looks, widget, number, field.now)
                  : said_of_value(pair, looks, widget, number, field.now) == Said::value;
}

std::string replaced_look(const FieldPair& field) {
  if (field.before.type == "Btn") return "its states are drawn otherwise";
  return field.value_changed ? "its appearance says something else than its new value"
                             : "appearance replaced without a new value";
}

class FieldRule {
 public:
  FieldRule(const RevisionPair& pair, const ChangedObject& object, ChangeList& out)
      : m_pair(pair), m_object(object), m_out(out), m_facts(facts_of(pair, object.ref.number)) {}

  /// An object that is the field's value or a part of it was replaced, and m_object is the field.
  void judge_value() {
    if (shows_old_value()) return swapped("a new value, which it does not show");
    filled();
  }

  void judge() {
    const Dictionary& before = plain_dictionary(m_object.before);
    const Dictionary& now = plain_dictionary(m_object.now);
    if (now.empty() || before.empty())
      return shape(now.empty() ? "removed" : "added in the place of something missing");
    const auto keys = m_pair.differing_keys(before, now);
    for (const std::string& key : keys) {
      if (m_facts.before.is_signature())
        signature_entry(key, before, now);
      else
        entry(key, before, now);
    }
    if (m_facts.before.is_signature() && !m_facts.before.is_signed() && m_facts.now.is_signed()) signed_now();
  }

 private:
  void shape(const std::string& what) {
    const bool sealed = m_facts.before.is_signed();
    m_out.add({ChangeKind::structure, m_object.ref,
               (sealed ? "signature field " : "field ") + m_facts.before.name + ": " + what, m_facts.before.name});
  }

  void signed_now() {
    const bool timestamp = plain_dictionary(m_facts.now.value).is_name("SubFilter", "ETSI.RFC3161");
    const Ref* value = plain_dictionary(m_object.now).reference("V");
    const bool taken = value != nullptr && m_pair.existed(value->number);
    if (taken) return shape("takes an older signature over");
    bool covers = false, revealed = false;
    for (const std::uint32_t widget : widgets_of(m_pair, m_object.ref.number)) {
      const bool covering = covers_now(widget);
      covers = covers || covering;
      revealed = revealed || (covering && was_hidden(widget));
    }
    if (revealed) return shape("shown over the page, which was hidden when it was signed");
    // a signature shows itself in the room that was left for it; a timestamp needs none
    m_out.add({timestamp ? ChangeKind::timestamp : ChangeKind::signature, m_object.ref,
               (timestamp ? "timestamp added" : "field " + m_facts.now.name + " signed") +
                   std::string(timestamp && covers ? ", over what the page shows" : ""),
               m_facts.now.name, timestamp && covers});
  }

  [[nodiscard]] bool was_hidden(std::uint32_t widget) const {
    const Object before = m_pair.old_value(widget);
    return (integer_entry(m_pair.old_entry(plain_dictionary(before), "F")) & (kHidden | kNoView)) != 0;
  }

  [[nodiscard]] bool covers_now(std::uint32_t widget) const {
    const Object before = m_pair.old_value(widget), now = m_pair.new_value(widget);
    const Dictionary& shown = plain_dictionary(now);
    if (!is_visible_widget(m_pair.document, shown, m_pair.now)) return false;
    const Places::Spot spot = m_pair.places.of(widget);
    const Object* rect = plain_dictionary(before).find("Rect");
    const auto own = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(m_pair.document, *rect, m_pair.before);
    return spot.several_pages || !own || !m_pair.stands_on_nothing(shown, spot.page, &*own);
  }

  void signature_entry(const std::string& key, const Dictionary& before, const Dictionary& now) {
    if (key == "Kids") return kids(before, now);
    if (m_facts.before.is_signed()) return shape("/" + key + " changed after it was signed");
    if (key == "Ff" && only_closes(m_pair, before, now)) return;
    if (!is_key_of(kSigning, key)) return shape("/" + key + " changed");
    if (!m_facts.now.is_signed()) return shape("/" + key + " changed without a signature");
  }

  void kids(const Dictionary& before, const Dictionary& now) {
    // a widget with its field in one becomes, to some readers, a field that is nowhere shown
    if (m_pair.old_entry(before, "Kids").is_null() || m_pair.new_entry(now, "Kids").is_null())
      return shape("/Kids added or removed");
    ChangeList list;
    judge_fields(m_pair, {m_object.ref, m_pair.old_entry(before, "Kids"), m_pair.new_entry(now, "Kids"), m_object.spot},
                 list);
    for (Change& change : std::move(list).take()) m_out.add(std::move(change));
  }

  void entry(const std::string& key, const Dictionary& before, const Dictionary& now) {
    if (key == "Kids") return kids(before, now);
    if (key == "P" && before.find(key) == nullptr) return;
    if (key == "StructParent" && before.find(key) == nullptr) {
      m_out.add({ChangeKind::page_entry, m_object.ref, "structure of a field added", {}});
      return;
    }
    if (key == "F") return shape(hides(before, now));
    if (key == "Ff" && m_facts.before.flags == m_facts.now.flags && is_flags(m_pair.new_entry(now, key))) return;
    if (key == "Ff" && only_closes(m_pair, before, now)) {
      m_out.add({ChangeKind::form_entry, m_object.ref, "field " + m_facts.before.name + " set to read-only", {}});
      return;
    }
    if (keeps_manner(key, before, now)) return filled();
    if (!is_key_of(kFilling, key)) return shape("/" + key + " changed");
    if (key == "AP" && !appearance_follows(before, now)) return swapped(replaced_look(m_facts));
    if (key == "AS" && !state_follows(before, now)) return swapped("what it shows changed without a new value");
    if (key == "RV" && !m_facts.value_changed) return swapped("rich text changed without a new value");
    if (key == "I" && !m_facts.value_changed && !marks_value(m_pair, m_pair.new_entry(now, "I"), m_facts.now))
      return swapped("another choice is marked without a new value");
    if (key == "V" && shows_old_value()) return swapped("a new value, which it does not show");
    filled();
  }

  // how viewers would write the field's next value; what it shows now is its appearance's to say
  [[nodiscard]] bool keeps_manner(const std::string& key, const Dictionary& before, const Dictionary& now) const {
    if (makes_appearances_anew(m_pair, m_pair.now)) return false;
    const Object was = m_pair.old_entry(before, key), is = m_pair.new_entry(now, key);
    if (key == "DA")
      return writes_plainly(m_pair, is, form_entry(m_pair, "DR", m_pair.now), m_facts.before.type == "Btn");
    if (key == "DR") return resources_grew(m_pair, was, is);
    return key == "MK" && (m_facts.before.flags & kPushButton) == 0 && says_same_style(m_pair, was, is);
  }

  void filled() {
    m_out.add(
        {ChangeKind::form_filling, m_object.ref, "field " + m_facts.before.name + " filled in", m_facts.before.name});
  }

  // what a field shows, which is not what it holds
  void swapped(const std::string& what) {
    m_out.add({ChangeKind::form_filling, m_object.ref, "field " + m_facts.before.name + ": " + what,
               m_facts.before.name, true});
  }

  [[nodiscard]] std::string hides(const Dictionary& before, const Dictionary& now) const {
    const auto hidden = [](const Object& flags) { return (integer_entry(flags) & (kHidden | kNoView)) != 0; };
    const bool was = hidden(m_pair.old_entry(before, "F"));
    const bool is = hidden(m_pair.new_entry(now, "F"));
    if (was == is) return "/F changed";
    return is ? "hidden" : "shown, which was hidden when it was signed";
  }

  // A button's states are drawn beforehand, or anew as they were; another field's appearance follows its value.
  [[nodiscard]] bool appearance_follows(const Dictionary& before, const Dictionary& now) const {
    const Object looks = m_pair.new_entry(now, "AP");
    if (m_facts.before.type != "Btn" && changes_when_met(looks) && !changes_when_met(m_pair.old_entry(before, "AP")))
      return false;
    if (m_facts.before.type == "Btn")
      return looks.is_null()
                 ? m_facts.value_changed && (is_off(m_facts.now) || makes_appearances_anew(m_pair, m_pair.now))
                 : draws_same_states(m_pair, before, now, false);
    if (follows_value(m_pair, looks, {before, now}, m_object.ref.number, m_facts)) return true;
    return m_pair.old_entry(before, "AP").is_null() && paints_nothing(m_pair, looks);
  }

  // What is drawn, or the state that a button shows, is that of the value before.
  [[nodiscard]] bool shows_old_value() const {
    if (makes_appearances_anew(m_pair, m_pair.now)) return false;
    std::vector<std::uint32_t> widgets;
    const Object kids = m_pair.new_entry(plain_dictionary(m_object.now), "Kids");
    if (kids.as_array() == nullptr) widgets.push_back(m_object.ref.number);
    if (kids.as_array() != nullptr)
      for (const Object& kid : *kids.as_array())
        if (const Ref* ref = kid.as_reference()) widgets.push_back(ref->number);
    if (m_facts.before.type == "Btn") return !widgets.empty() && keeps_states(widgets);
    return std::ranges::any_of(widgets, [&](std::uint32_t widget) { return keeps_appearance(widget); });
  }

  // Of several buttons one changes its state; none does where they showed the new value before.
  [[nodiscard]] bool keeps_states(const std::vector<std::uint32_t>& widgets) const {
    const bool off = is_off(m_facts.now);
    std::size_t shown = 0;
    for (const std::uint32_t widget : widgets) {
      const Object before = m_pair.old_value(widget), now = m_pair.new_value(widget);
      const Object state = m_pair.new_entry(plain_dictionary(now), "AS");
      if (state.is_null() || !m_pair.same(m_pair.old_entry(plain_dictionary(before), "AS"), state)) return false;
      if (state == (off ? Object(Name{"Off"}) : m_facts.now.value)) ++shown;
    }
    return off ? shown < widgets.size() : shown == 0;
  }

  [[nodiscard]] bool keeps_appearance(std::uint32_t widget) const {
    const Object before = m_pair.old_value(widget), now = m_pair.new_value(widget);
    const Object old_looks = m_pair.old_entry(plain_dictionary(before), "AP");
    const Object looks = m_pair.new_entry(plain_dictionary(now), "AP");
    if (old_looks.is_null() || looks.is_null()) return false;
    const Object* normal = plain_dictionary(looks).find("N");
    const Ref* ref = normal == nullptr ? nullptr : normal->as_reference();
    const XrefEntry* entry = ref == nullptr ? nullptr : m_pair.document.entry(ref->number, m_pair.now);
    if (entry == nullptr || !m_pair.same(old_looks, looks)) return false;
    return entry->revision < m_pair.now ||
           contradicts_value(m_pair, looks, {plain_dictionary(before), plain_dictionary(now)}, widget, m_facts.now);
  }

  // Without a state a button shows nothing, as one that is off does.
  [[nodiscard]] bool state_follows(const Dictionary& before, const Dictionary& now) const {
    if (m_facts.before.type != "Btn" && has_no_states(now)) return true;  // poppler names one anyway
    const Object state = m_pair.new_entry(now, "AS");
    const std::string* value = m_facts.now.value.as_name();
    if (state.is_null()) {
      const bool shown = m_facts.before.type == "Btn" && m_pair.old_entry(before, "AS") != Object(Name{"Off"});
      return !shown || is_off(m_facts.now);
    }
    const std::string* name = state.as_name();
    // of a button that was signed in another state than its value, people saw the state
    return m_facts.value_changed && name != nullptr && (*name == "Off" || (value != nullptr && *value == *name));
  }

  // All looks of the widget are streams, of which a state chooses nothing (12.5.5).
  [[nodiscard]] bool has_no_states(const Dictionary& now) const {
    const Object looks = m_pair.new_entry(now, "AP");
    const Dictionary& all = plain_dictionary(looks);
    return !all.empty() && std::ranges::all_of(all.entries(), [&](const DictionaryEntry& look) {
      return m_pair.new_entry(all, look.key).as_stream() != nullptr;
    });
  }

  const RevisionPair& m_pair;
  const ChangedObject& m_object;
  ChangeList& m_out;
  FieldPair m_facts;
};

}  // namespace

bool takes_room(const Document& document, const Dictionary& widget, RevisionIndex as_of) {
  const Object* rect = widget.find("Rect");
  const auto box = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *rect, as_of);
  return !box || (box->width() > 0 && box->height() > 0);
}

bool is_visible_widget(const Document& document, const Dictionary& widget, RevisionIndex as_of) {
  const auto flags = document.get(widget, "F", as_of);
  if (flags && is_never_shown(integer_entry(*flags))) return false;
  const auto appearances = document.get(widget, "AP", as_of);
  const bool paints = !appearances || !appearances->is_null() || has_ground(document, widget, as_of);
  return paints && takes_room(document, widget, as_of);
}

std::vector<std::uint32_t> widgets_of(const RevisionPair& pair, std::uint32_t field) {
  std::vector<std::uint32_t> out{field};
  std::set<std::uint32_t> known{field};
  for (std::size_t at = 0, level = 0, end = 1; at < out.size() && level < kWidgetDepth; ++at) {
    const Object kids = pair.new_entry(plain_dictionary(pair.new_value(out[at])), "Kids");
    if (kids.as_array() != nullptr)
      for (const Object& kid : *kids.as_array())
        if (const Ref* ref = kid.as_reference(); ref != nullptr && known.insert(ref->number).second)
          out.push_back(ref->number);
    if (at + 1 == end) {
      ++level;
      end = out.size();
    }
  }
  return out;
}

void judge_field(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  FieldRule(pair, object, out).judge();
}

void judge_value(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  if (object.spot.owner == Places::kSeveral) {
    out.add({ChangeKind::structure, object.ref, "a value that several fields share replaced", {}});
    return;
  }
  const std::uint32_t owner = object.spot.owner;
  const FieldFacts facts = pair.field(owner, pair.before);
  if (facts.is_signature()) {
    out.add({ChangeKind::structure, object.ref, "signature " + facts.name + ": something that it consists of replaced",
             facts.name});
    return;
  }
  const ChangedObject field{{owner, 0}, pair.old_value(owner), pair.new_value(owner), object.spot};
  FieldRule(pair, field, out).judge_value();
}

void judge_appearance(const RevisionPair& pair, const ChangedObject& object, ChangeList& out) {
  if (object.spot.owner == Places::kSeveral) {
    out.add({ChangeKind::structure, object.ref, "an appearance that several fields share replaced", {}});
    return;
  }
  const std::uint32_t owner = object.spot.owner;
  const FieldPair facts = facts_of(pair, owner);
  const std::string& name = facts.before.name;
  const bool signing = facts.before.is_signature() && !facts.before.is_signed() && facts.now.is_signed();
  const Object was = pair.old_value(owner);
  const Object is = pair.new_value(owner);
  const WidgetPair widget{plain_dictionary(was), plain_dictionary(is)};
  const bool filling = facts.before.type == "Btn" ? draws_same_states(pair, widget.before, widget.now, true)
                                                  : !facts.before.is_signature() && !object.now.is_null() &&
                                                        follows_value(pair, object.now, widget, owner, facts);
  if (signing)
    out.add({ChangeKind::page_entry, object.ref, "field " + name + ": appearance of the signature", {}});
  else if (filling)
    out.add({ChangeKind::form_filling, object.ref, "field " + name + " filled in", name});
  else if (facts.before.is_signature())
    out.add({ChangeKind::structure, object.ref, "signature field " + name + ": appearance replaced", name});
  else
    out.add({ChangeKind::form_filling, object.ref, "field " + name + ": " + replaced_look(facts), name, true});
}

}  // namespace segell::signer::pdf
