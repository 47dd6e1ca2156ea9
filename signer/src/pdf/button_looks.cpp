#include "pdf/button_looks.h"

#include "pdf/field_looks.h"
#include "pdf/state_look.h"

#include <algorithm>
#include <set>
#include <string>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kButtonStates = 64;  ///< of one widget

/// The two revisions of one widget.
class ButtonStates {
 public:
  ButtonStates(const RevisionPair& pair, const Dictionary& before, const Dictionary& now, bool below)
      : m_pair(pair), m_old_looks(pair.old_entry(before, "AP")), m_looks(pair.new_entry(now, "AP")), m_below(below) {
    const Object* rect = before.find("Rect");
    const auto stated = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(pair.document, *rect, pair.before);
    if (stated) m_rules.box = {0, 0, stated->width(), stated->height()};
    m_rules.ground = own_ground(pair, before);
    m_rules.fonts = &m_fonts;
  }

  [[nodiscard]] bool same() {
    const Dictionary& old_looks = plain_dictionary(m_old_looks);
    const Dictionary& looks = plain_dictionary(m_looks);
    // without one of its own it looks under the pointer as it always does
    const auto met = [&](std::string_view key) {
      return m_pair.new_entry(looks, key).is_null() || same_set(old_looks, looks, key);
    };
    return !looks.empty() && same_set(old_looks, looks, "N") && met("R") && met("D");
  }

 private:
  bool same_set(const Dictionary& old_looks, const Dictionary& looks, std::string_view key) {
    const Object before = m_pair.old_entry(old_looks, key), now = m_pair.new_entry(looks, key);
    if (unchanged(before, now)) return true;
    const Dictionary& old_states = plain_dictionary(before);
    const Dictionary& states = plain_dictionary(now);
    if (states.empty() || (old_states.empty() && !before.is_null())) return false;
    collect_fonts(old_states);
    std::set<std::string> names;
    for (const Dictionary* one : {&old_states, &states})
      for (const DictionaryEntry& entry : one->entries()) names.insert(entry.key);
    return names.size() <= kButtonStates && std::ranges::all_of(names, [&](const std::string& name) {
             return before.is_null() ? is_plain(name, states) : is_same(name, old_states, states);
           });
  }

  /// One reference in both is the same, and what it leads to may not be.
  [[nodiscard]] bool unchanged(const Object& before, const Object& now) const {
    return !m_below && m_pair.same(before, now);
  }

  void collect_fonts(const Dictionary& states) {
    for (const DictionaryEntry& state : states.entries()) {
      const Object look = m_pair.old_entry(states, state.key);
      if (look.as_stream() == nullptr) continue;
      const Object resources = m_pair.old_entry(look.as_stream()->dictionary, "Resources");
      const Object fonts = m_pair.old_entry(plain_dictionary(resources), "Font");
      for (const DictionaryEntry& font : plain_dictionary(fonts).entries())
        if (const Ref* ref = font.value.as_reference()) m_fonts.insert(ref->number);
    }
  }

  bool is_same(const std::string& name, const Dictionary& old_states, const Dictionary& states) {
    const Object before = m_pair.old_entry(old_states, name), now = m_pair.new_entry(states, name);
    if (unchanged(before, now)) return true;
    if (name != "Off" && (before.is_null() || now.is_null())) return false;
    StateRules rules = m_rules;
    rules.signed_already = true;
    if (!rules.ground) rules.ground = 1;  // one that was signed
    const Says said = state_says(m_pair, before, m_pair.before, rules);
    return said != Says::other && state_says(m_pair, now, m_pair.now, m_rules) == said &&
           (name != "Off" || said == Says::nothing);
  }

  bool is_plain(const std::string& name, const Dictionary& states) {
    const Says said = state_says(m_pair, m_pair.new_entry(states, name), m_pair.now, m_rules);
    return said == (name == "Off" ? Says::nothing : Says::mark);
  }

  const RevisionPair& m_pair;
  Object m_old_looks, m_looks;
  bool m_below;
  StateRules m_rules;
  std::set<std::uint32_t> m_fonts;
};

Object entry(const RevisionPair& pair, const Dictionary& dictionary, std::string_view key, RevisionIndex as_of) {
  const auto value = pair.document.get(dictionary, key, as_of);
  return value ? *value : Object();
}

}  // namespace

bool state_becomes_another(const RevisionPair& pair, const Dictionary& widget, RevisionIndex as_of) {
  const Object state = entry(pair, widget, "AS", as_of);
  const Object looks = entry(pair, widget, "AP", as_of);
  const Object states = entry(pair, plain_dictionary(looks), "N", as_of);
  const std::string* name = state.as_name();
  const Object* rect = widget.find("Rect");
  const auto box = rect == nullptr ? base::Result<Rect>(Rect{}) : read_rect(pair.document, *rect, as_of);
  if (name == nullptr || plain_dictionary(states).empty() || !box) return false;
  const std::set<std::uint32_t> none;
  const StateRules rules{{0, 0, box->width(), box->height()}, 1, true, &none};
  const Says said = state_says(pair, entry(pair, plain_dictionary(states), *name, as_of), as_of, rules);
  return said != Says::other && (said == Says::mark) != (*name != "Off");
}

bool draws_same_states(const RevisionPair& pair, const Dictionary& before, const Dictionary& now, bool below) {
  return ButtonStates(pair, before, now, below).same();
}

}  // namespace segell::signer::pdf
