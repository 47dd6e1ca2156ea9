#include "pdf/shared_resources.h"

#include "pdf/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kScanned = 16U << 20U;  ///< octets of one stream

/// Categories of resources that content names one by one (7.8.3). A colour space may be used without being named.
constexpr std::array kCategories{std::string_view("Font"),      std::string_view("XObject"),
                                 std::string_view("ExtGState"), std::string_view("Pattern"),
                                 std::string_view("Shading"),   std::string_view("Properties"),
                                 std::string_view("Encoding")};

bool is_category(std::string_view key) { return std::ranges::find(kCategories, key) != kCategories.end(); }

bool is_picture(const Stream& stream) { return stream.dictionary.is_name("Subtype", "Image"); }

/// A name as content writes it, with its escapes read.
std::string unescaped(std::string_view written) {
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    unsigned char octet = 0;
    const char* const end = written.data() + i + 3;
    const bool escape = written[i] == '#' && i + 2 < written.size() &&
                        std::from_chars(written.data() + i + 1, end, octet, 16).ptr == end;
    out.push_back(escape ? static_cast<char>(octet) : written[i]);
    if (escape) i += 2;
  }
  return out;
}

class UnusedNames {
 public:
  UnusedNames(const RevisionPair& pair, std::uint32_t object) : m_pair(pair), m_object(object) {}

  bool judge(const Object& before, const Object& now) {
    if (!read()) return false;
    if (!m_plain || m_roles.empty() || !find_added(plain_dictionary(before), plain_dictionary(now))) return false;
    return unused();
  }

  /// Of the form's own: form objects and pictures may be others under their names too.
  bool judge_form(const Object& before, const Object& now) {
    const auto categories = [&](const Object& resources, bool old) {
      return old ? m_pair.old_entry(plain_dictionary(resources), "XObject")
                 : m_pair.new_entry(plain_dictionary(resources), "XObject");
    };
    const Object was = categories(before, true), is = categories(now, false);
    if (!read() || plain_dictionary(was).empty() || plain_dictionary(is).empty()) return false;
    m_categories.insert("XObject");
    for (const std::string& name : m_pair.differing_keys(plain_dictionary(was), plain_dictionary(is))) {
      if (m_pair.new_entry(plain_dictionary(is), name).as_stream() == nullptr) return false;
      m_added[name].insert("XObject");
    }
    return unused();
  }

 private:
  bool read() {
    auto reachable = reachable_objects(m_pair.document, m_pair.before);
    if (!reachable || !m_pair.effort.spend(reachable->size())) return false;
    m_reachable.assign(reachable->begin(), reachable->end());
    for (const std::uint32_t number : m_reachable) look(m_pair.old_value(number));
    return true;
  }

  bool unused() {
    return std::ranges::all_of(m_reachable, [&](std::uint32_t number) { return names_none(number); });
  }

  /// Notes what the object is to whoever refers to it, and which objects are run as content.
  void look(const Object& value, std::string_view key = {}, std::string_view holder = {}) {
    if (const Ref* ref = value.as_reference()) {
      if (key == "Contents" || key == "CharProcs" || key == "Pattern" || holder == "CharProcs" || holder == "Pattern")
        m_run.insert(ref->number);
      if (ref->number != m_object) return;
      m_plain = m_plain && !key.empty();
      m_roles.emplace(key);
    } else if (const Array* items = value.as_array()) {
      for (const Object& item : *items) {
        const bool named = item.as_reference() != nullptr && item.as_reference()->number == m_object;
        m_plain = m_plain && !named;
        look(item, key, holder);
      }
    } else if (const Dictionary* dictionary = value.as_dictionary()) {
      for (const DictionaryEntry& entry : dictionary->entries()) look(entry.value, entry.key, key);
    }
  }

  /// Everything that was there is as it was, and what came is an object under a name of its own.
  bool grew(const std::string& category, const Dictionary& before, const Dictionary& now) {
    const EntryIndex old_entries(before), entries(now);
    const bool kept = std::ranges::all_of(before.entries(), [&](const DictionaryEntry& entry) {
      const Object* value = entries.find(entry.key);
      return entry.value.is_null() || (value != nullptr && m_pair.same(entry.value, *value));
    });
    return kept && std::ranges::all_of(now.entries(), [&](const DictionaryEntry& entry) {
             if (old_entries.find(entry.key) != nullptr || entry.value.is_null()) return true;
             m_added[entry.key].insert(category);
             return m_pair.new_entry(now, entry.key).as_dictionary() != nullptr;
           });
  }

  bool find_added(const Dictionary& before, const Dictionary& now) {
    if (before.empty() || now.empty()) return false;
    const bool whole =
        std::ranges::all_of(m_roles, [](const std::string& key) { return key == "Resources" || key == "DR"; });
    if (!whole) {
      m_categories = m_roles;
      return m_roles.size() == 1 && is_category(*m_roles.begin()) && grew(*m_roles.begin(), before, now);
    }
    return std::ranges::all_of(m_pair.differing_keys(before, now), [&](const std::string& key) {
      const Object was = m_pair.old_entry(before, key), is = m_pair.new_entry(now, key);
      const bool dictionaries = (was.is_null() || (was.as_dictionary() != nullptr && was.as_stream() == nullptr)) &&
                                is.as_dictionary() != nullptr && is.as_stream() == nullptr;
      m_categories.insert(key);
      return dictionaries && is_category(key) && grew(key, plain_dictionary(was), plain_dictionary(is));
    });
  }

  /// Neither as a value (a state, an encoding's glyph) nor in content. /Name of a font says nothing (table 111).
  bool names_none(std::uint32_t number) {
    const Object value = m_pair.old_value(number);
    if (!holds_none(value)) return false;
    const Stream* stream = value.as_stream();
    if (stream == nullptr) return true;
    const auto octets = m_pair.look_at(*stream, kScanned);
    if (!octets) return is_picture(*stream) && !runs(number);
    return says_none(base::as_text(*octets), m_pair.old_entry(stream->dictionary, "Resources"));
  }

  /// Whether a form object's own resources say what it means by a name, so that nobody looks for it elsewhere.
  bool has_its_own(const Object& resources, const std::string& name) {
    const auto added = m_added.find(name);
    return added == m_added.end() || std::ranges::all_of(added->second, [&](const std::string& category) {
             const Object names = m_pair.old_entry(plain_dictionary(resources), category);
             return m_pair.old_entry(plain_dictionary(names), name).as_dictionary() != nullptr;
           });
  }

  bool holds_none(const Object& value) {
    if (const std::string* name = value.as_name()) return !m_added.contains(*name);
    if (const Array* items = value.as_array())
      return std::ranges::all_of(*items, [&](const Object& item) { return holds_none(item); });
    const Dictionary* dictionary = value.as_dictionary();
    return dictionary == nullptr || std::ranges::all_of(dictionary->entries(), [&](const DictionaryEntry& entry) {
             return entry.key == "Name" || holds_none(entry.value);
           });
  }

  bool says_none(std::string_view text, const Object& resources) {
    for (std::size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
      std::size_t end = at + 1;
      while (end < text.size() && class_of(text[end]) == CharClass::regular) ++end;
      const std::string_view written = text.substr(at + 1, end - at - 1);
      for (const std::string& name : {std::string(written), unescaped(written)})
        if (!has_its_own(resources, name) || m_categories.contains(name)) return false;
    }
    return true;
  }

  /// A picture that some way leads to as content: some readers would run it.
  bool runs(std::uint32_t number) {
    if (!m_lists_read) {
      m_lists_read = true;
      const std::set<std::uint32_t> lists = m_run;
      for (const std::uint32_t list : lists) {
        const Object value = m_pair.old_value(list);
        const Array* items = value.as_array();
        for (const DictionaryEntry& entry : plain_dictionary(value).entries())
          if (const Ref* ref = entry.value.as_reference()) m_run.insert(ref->number);
        if (items == nullptr) continue;
        for (const Object& item : *items)
          if (const Ref* ref = item.as_reference()) m_run.insert(ref->number);
      }
    }
    return m_run.contains(number);
  }

  const RevisionPair& m_pair;
  std::uint32_t m_object;
  std::vector<std::uint32_t> m_reachable;
  bool m_plain = true;  ///< nobody lists the object: each names it under a key
  std::set<std::string> m_roles;
  std::map<std::string, std::set<std::string>, std::less<>> m_added;  ///< names, each with its categories
  std::set<std::string> m_categories;
  std::set<std::uint32_t> m_run;
  bool m_lists_read = false;
};

bool grew_below(const RevisionPair& pair, const Object& a, const Object& b, bool forms, std::size_t depth) {
  const auto before = pair.document.resolve(a, pair.before);
  const auto now = pair.document.resolve(b, pair.now);
  if (!before || !now) return false;
  if (before->is_null()) return true;
  if (depth < 2 && before->as_stream() == nullptr && before->as_dictionary() != nullptr) {
    if (now->as_stream() != nullptr || now->as_dictionary() == nullptr) return false;
    const EntryIndex entries(*now->as_dictionary());
    return std::ranges::all_of(before->as_dictionary()->entries(), [&](const DictionaryEntry& entry) {
      const Object* value = entries.find(entry.key);
      if (!forms && depth == 0 && entry.key == "XObject") return value != nullptr;
      return entry.value.is_null() || (value != nullptr && grew_below(pair, entry.value, *value, forms, depth + 1));
    });
  }
  return pair.same(a, b);
}

}  // namespace

bool resources_grew(const RevisionPair& pair, const Object& before, const Object& now, bool forms) {
  return grew_below(pair, before, now, forms, 0);
}

bool only_adds_unused_names(const RevisionPair& pair, const ChangedObject& object) {
  if (object.now.as_stream() != nullptr || object.before.as_stream() != nullptr) return false;
  return UnusedNames(pair, object.ref.number).judge(object.before, object.now);
}

bool only_replaces_unused_forms(const RevisionPair& pair, const Object& before, const Object& now) {
  return UnusedNames(pair, 0).judge_form(before, now);
}

}  // namespace segell::signer::pdf
