#pragma once

#include "signer/pdf/document.h"

#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace segell::signer::pdf {

/// The entries of a dictionary by key, in a time that does not grow with the dictionary where it is long.
class EntryIndex {
 public:
  explicit EntryIndex(const Dictionary& dictionary);
  /// As Dictionary::find.
  [[nodiscard]] const Object* find(std::string_view key) const;

 private:
  const Dictionary& m_dictionary;
  std::unordered_map<std::string_view, const Object*> m_entries;  ///< of a long one
};

/// Compares values of two revisions as what they mean, not as how they are written: direct or by reference, the numbers
/// of objects, packing, filters and rounding to single precision do not count. One reference in both is equal: what it
/// leads to is an object of its own, compared as such. Bounded for each document: beyond the bounds values are
/// different.
class SameValue {
 public:
  explicit SameValue(const Document& document) : m_document(document) {}

  /// `a` as of one revision, `b` as of another.
  bool operator()(const Object& a, RevisionIndex before, const Object& b, RevisionIndex now);

 private:
  struct Revisions {
    RevisionIndex before = 0;
    RevisionIndex now = 0;
  };
  bool same(const Object& a, const Object& b, const Revisions& at, std::size_t depth);
  bool same_entries(const Dictionary& a, const Dictionary& b, const Revisions& at, std::size_t depth, bool stream);
  bool same_streams(const Stream& a, const Stream& b, const Revisions& at, std::size_t depth);

  const Document& m_document;
  std::size_t m_looks = 0;
  std::uint64_t m_octets = 0;
  std::set<std::pair<Ref, Ref>> m_assumed;  ///< pairs under comparison or found equal
};

}  // namespace segell::signer::pdf
