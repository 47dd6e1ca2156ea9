#include "pdf/same_value.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kShortDictionary = 32;         ///< entries that are looked through one by one
constexpr std::size_t kLooks = 4'000'000;            ///< values compared for one document
constexpr std::uint64_t kStreamOctets = 32U << 20U;  ///< of one stream
constexpr std::uint64_t kAllOctets = 256U << 20U;    ///< of all streams compared

/// MuPDF writes an object that it touches with every number in single precision: on paper the same.
constexpr double kRounding = 1e-6;

/// Keys that say how a stream is written (7.3.8.2), not what it holds.
bool is_writing(std::string_view key) {
  constexpr std::array kKeys{std::string_view("Length"), std::string_view("Filter"), std::string_view("DecodeParms"),
                             std::string_view("DL")};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

}  // namespace

EntryIndex::EntryIndex(const Dictionary& dictionary) : m_dictionary(dictionary) {
  if (dictionary.entries().size() <= kShortDictionary) return;
  for (const DictionaryEntry& entry : dictionary.entries()) m_entries.insert_or_assign(entry.key, &entry.value);
}

const Object* EntryIndex::find(std::string_view key) const {
  if (m_entries.empty()) return m_dictionary.find(key);
  const auto found = m_entries.find(key);
  return found == m_entries.end() || found->second->is_null() ? nullptr : found->second;
}

bool SameValue::operator()(const Object& a, RevisionIndex before, const Object& b, RevisionIndex now) {
  m_assumed.clear();
  return same(a, b, {before, now}, 0);
}

bool SameValue::same_entries(const Dictionary& a, const Dictionary& b, const Revisions& at, std::size_t depth,
                             bool stream) {
  const EntryIndex left_entries(a), right_entries(b);
  const auto covers = [&](const Dictionary& one, bool compare) {
    return std::ranges::all_of(one.entries(), [&](const DictionaryEntry& entry) {
      if (stream && is_writing(entry.key)) return true;
      const Object* left = left_entries.find(entry.key);
      const Object* right = right_entries.find(entry.key);
      if (left != nullptr && right != nullptr) return !compare || same(*left, *right, at, depth + 1);
      return same(left == nullptr ? Object() : *left, right == nullptr ? Object() : *right, at, depth + 1);
    });
  };
  return covers(a, true) && covers(b, false);
}

bool SameValue::same_streams(const Stream& a, const Stream& b, const Revisions& at, std::size_t depth) {
  if (!same_entries(a.dictionary, b.dictionary, at, depth, true)) return false;
  if (std::max(a.data.length, b.data.length) > kStreamOctets) return false;
  m_octets += a.data.length + b.data.length;
  if (m_octets > kAllOctets) return false;
  if (a.data.length == b.data.length) {
    const auto left = m_document.raw(a, kStreamOctets);
    const auto right = m_document.raw(b, kStreamOctets);
    if (!left || !right) return false;
    const bool alike = std::ranges::equal(*left, *right);
    if (alike &&
        same(a.dictionary.find("Filter") ? *a.dictionary.find("Filter") : Object(),
             b.dictionary.find("Filter") ? *b.dictionary.find("Filter") : Object(), at, depth + 1) &&
        same(a.dictionary.find("DecodeParms") ? *a.dictionary.find("DecodeParms") : Object(),
             b.dictionary.find("DecodeParms") ? *b.dictionary.find("DecodeParms") : Object(), at, depth + 1))
      return true;
  }
  const auto left = m_document.decode(a, kStreamOctets);
  const auto right = m_document.decode(b, kStreamOctets);
  if (!left || !right) return false;
  m_octets += left->size() + right->size();
  return std::ranges::equal(*left, *right);
}

bool SameValue::same(const Object& a, const Object& b, const Revisions& at, std::size_t depth) {
  const Ref* left = a.as_reference();
  const Ref* right = b.as_reference();
  if (left != nullptr && right != nullptr && *left == *right) return true;
  if (++m_looks > kLooks || depth > limits::kDepth) return false;
  if (left != nullptr && right != nullptr) {
    if (!m_assumed.emplace(*left, *right).second) return true;
  }
  if (left != nullptr || right != nullptr) {
    const auto from = m_document.resolve(a, at.before);
    const auto to = m_document.resolve(b, at.now);
    return from && to && same(*from, *to, at, depth + 1);
  }
  if (a.as_stream() != nullptr && b.as_stream() != nullptr)
    return same_streams(*a.as_stream(), *b.as_stream(), at, depth);
  if (a.as_stream() != nullptr || b.as_stream() != nullptr) return false;
  const Dictionary* dictionary = a.as_dictionary();
  const Dictionary* other = b.as_dictionary();
  if (dictionary != nullptr && other != nullptr) return same_entries(*dictionary, *other, at, depth, false);
  const Array* items = a.as_array();
  const Array* others = b.as_array();
  if (items != nullptr && others != nullptr)
    return std::ranges::equal(*items, *others,
                              [&](const Object& x, const Object& y) { return same(x, y, at, depth + 1); });
  double x = 0, y = 0;
  if (a.as_number(x) && b.as_number(y)) {
    const bool whole = a.as_integer() != nullptr && b.as_integer() != nullptr;
    return x == y || (!whole && std::abs(x - y) <= kRounding * std::max(std::abs(x), std::abs(y)));
  }
  return a == b;
}

}  // namespace segell::signer::pdf
