#pragma once

#include "signer/pdf/changes.h"

#include <map>
#include <optional>
#include <set>
#include <span>

namespace segell::signer::pdf {

/// Page numbers for messages, found once and only when one is needed.
class PageNumbers {
 public:
  explicit PageNumbers(const Document& document) : m_document(document) {}
  /// "page 2", or "object 12 0" for what is no page.
  std::string name(Ref ref);

 private:
  const Document& m_document;
  bool m_read = false;
  std::map<std::uint32_t, std::size_t> m_numbers;
};

/// Explains the objects that one revision states, or names them as not explained. What is new and reached only from a
/// new signature, a new signature field or the security store belongs to it; what was there before may change only in
/// the few entries that signing needs.
class ChangeRules {
 public:
  ChangeRules(const Document& document, RevisionIndex revision, PageNumbers& pages);

  /// Looks at all entries first: who belongs to whom.
  void prepare(std::span<const XrefEntry> entries);
  /// Nothing when old and new are equal as values.
  std::optional<Change> judge(const XrefEntry& entry);

 private:
  [[nodiscard]] bool is_new(std::uint32_t number) const;
  [[nodiscard]] Object old_value(std::uint32_t number) const;
  [[nodiscard]] Object new_value(std::uint32_t number) const;
  void follow(const Object& value, std::map<std::uint32_t, ChangeKind>& into, ChangeKind kind, std::size_t depth);
  void follow_store();
  [[nodiscard]] bool is_signature_field(const Object& object, std::size_t depth = 0) const;
  [[nodiscard]] bool adds_only_signatures(const Object& before, const Object& now) const;
  [[nodiscard]] bool grew_by_signatures(const Dictionary& before, const Dictionary& now, std::string_view key) const;
  [[nodiscard]] bool same_form(const Object& before, const Object& now) const;
  std::optional<std::string> differing_key(const Dictionary& before, const Dictionary& now,
                                           std::initializer_list<std::string_view> allowed) const;

  Change judge_new(Ref ref, const Object& now);
  Change judge_changed(Ref ref, const Object& before, const Object& now);
  Change judge_page(Ref ref, const Dictionary& before, const Dictionary& now);
  Change judge_catalog(Ref ref, const Dictionary& before, const Dictionary& now);
  Change judge_field(Ref ref, const Dictionary& before, const Dictionary& now);
  [[nodiscard]] std::string field_name(std::uint32_t number) const;

  const Document& m_document;
  RevisionIndex m_revision;
  PageNumbers& m_pages;
  std::uint32_t m_first_fresh = 0;              ///< one past the highest number that earlier revisions name
  bool m_timestamps_only = false;               ///< every new signature of this revision is a document timestamp
  std::map<std::uint32_t, ChangeKind> m_owned;  ///< new objects and whom they belong to
  std::set<std::uint32_t> m_old_store;          ///< dictionaries and arrays of the security store before
};

}  // namespace segell::signer::pdf
