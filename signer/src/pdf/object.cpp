#include "signer/pdf/object.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace segell::signer::pdf {

std::string to_string(Ref ref) { return std::to_string(ref.number) + " " + std::to_string(ref.generation); }
std::string reference_text(Ref ref) { return to_string(ref) + " R"; }

Dictionary::Dictionary() = default;
Dictionary::~Dictionary() = default;
Dictionary::Dictionary(const Dictionary&) = default;
Dictionary& Dictionary::operator=(const Dictionary&) = default;
Dictionary::Dictionary(Dictionary&&) noexcept = default;
Dictionary& Dictionary::operator=(Dictionary&&) noexcept = default;

const Object* Dictionary::find(std::string_view key) const noexcept {
  for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
    if (entry->key == key) return entry->value.is_null() ? nullptr : &entry->value;
  }
  return nullptr;
}

bool Dictionary::has_duplicate_keys() const {
  if (m_entries.size() < 16) {
    for (std::size_t i = 1; i < m_entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (m_entries[i].key == m_entries[j].key) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> keys;
  keys.reserve(m_entries.size());
  for (const auto& entry : m_entries) keys.push_back(entry.key);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

std::vector<std::string> Dictionary::contradictory_keys() const {
  std::vector<std::string> out;
  if (!has_duplicate_keys()) return out;
  std::map<std::string_view, const Object*> first;
  for (const auto& entry : m_entries) {
    const auto [known, fresh] = first.emplace(entry.key, &entry.value);
    if (!fresh && !(*known->second == entry.value)) out.push_back(entry.key);
  }
  return out;
}

void Dictionary::add(std::string key, Object value) { m_entries.push_back({std::move(key), std::move(value)}); }

const std::string* Dictionary::name(std::string_view key) const noexcept {
  const auto* value = find(key);
  return value == nullptr ? nullptr : value->as_name();
}
const std::string* Dictionary::string(std::string_view key) const noexcept {
  const auto* value = find(key);
  const auto* string = value == nullptr ? nullptr : value->as_string();
  return string == nullptr ? nullptr : &string->octets;
}
const std::int64_t* Dictionary::integer(std::string_view key) const noexcept {
  const auto* value = find(key);
  return value == nullptr ? nullptr : value->as_integer();
}
const Ref* Dictionary::reference(std::string_view key) const noexcept {
  const auto* value = find(key);
  return value == nullptr ? nullptr : value->as_reference();
}
const Array* Dictionary::array(std::string_view key) const noexcept {
  const auto* value = find(key);
  return value == nullptr ? nullptr : value->as_array();
}
const Dictionary* Dictionary::dictionary(std::string_view key) const noexcept {
  const auto* value = find(key);
  return value == nullptr ? nullptr : value->as_dictionary();
}
bool Dictionary::is_name(std::string_view key, std::string_view text) const noexcept {
  const auto* value = name(key);
  return value != nullptr && *value == text;
}

bool Dictionary::operator==(const Dictionary& other) const {
  if (m_entries.size() == other.m_entries.size() &&
      std::equal(m_entries.begin(), m_entries.end(), other.m_entries.begin(),
                 [](const auto& a, const auto& b) { return a.key == b.key && a.value == b.value; })) {
    return true;
  }
  // The last of equal keys counts, and null counts as absent: what is in force, sorted.
  const auto in_force = [](const std::vector<DictionaryEntry>& entries) {
    std::vector<const DictionaryEntry*> sorted;
    sorted.reserve(entries.size());
    for (const auto& entry : entries) sorted.push_back(&entry);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->key < b->key; });
    std::vector<const DictionaryEntry*> out;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const bool last = i + 1 == sorted.size() || sorted[i + 1]->key != sorted[i]->key;
      if (last && !sorted[i]->value.is_null()) out.push_back(sorted[i]);
    }
    return out;
  };
  const auto mine = in_force(m_entries);
  const auto theirs = in_force(other.m_entries);
  return std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                    [](auto* a, auto* b) { return a->key == b->key && a->value == b->value; });
}

const std::string* Object::as_name() const noexcept {
  const auto* name = std::get_if<Name>(&m_value);
  return name == nullptr ? nullptr : &name->text;
}

const Dictionary* Object::as_dictionary() const noexcept {
  if (const auto* stream = as_stream()) return &stream->dictionary;
  return shared<Dictionary>();
}

bool Object::as_number(double& out) const noexcept {
  if (const auto* integer = as_integer()) {
    out = static_cast<double>(*integer);
    return true;
  }
  const auto* real = as_real();
  if (real == nullptr) return false;
  std::string_view text = real->text;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out, std::chars_format::fixed);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() && std::isfinite(out);
}

bool Object::same_kind_equals(const Object& other) const {
  if (const auto* a = shared<Array>()) return same(a, other.shared<Array>());
  if (const auto* d = shared<Dictionary>()) return same(d, other.shared<Dictionary>());
  if (const auto* s = shared<String>()) return same(s, other.shared<String>());
  if (const auto* n = std::get_if<Name>(&m_value)) return *n == std::get<Name>(other.m_value);
  if (const auto* r = std::get_if<Real>(&m_value)) return *r == std::get<Real>(other.m_value);
  if (const auto* i = as_integer()) return *i == std::get<std::int64_t>(other.m_value);
  if (const auto* b = as_bool()) return *b == std::get<bool>(other.m_value);
  if (as_stream() != nullptr) return false;
  return true;
}

}  // namespace segell::signer::pdf
