#pragma once

#include "pdf/effort.h"
#include "pdf/page_paint.h"
#include "pdf/places.h"
#include "pdf/same_value.h"
#include "signer/pdf/changes.h"

#include <initializer_list>
#include <map>
#include <optional>
#include <set>

namespace segell::signer::pdf {

/// Page numbers for messages, found once and only when one is needed.
class PageNumbers {
 public:
  explicit PageNumbers(const Document& document) : m_document(document) {}
  /// "page 2"; empty for what is no page.
  std::string name(std::uint32_t number);

 private:
  const Document& m_document;
  bool m_read = false;
  std::map<std::uint32_t, std::size_t> m_numbers;
};

/// The qualified names of all fields up to a revision, found once and only when a field is added.
class FieldNames {
 public:
  explicit FieldNames(const Document& document) : m_document(document) {}
  /// False when another field of that name is there already; the revisions are asked in ascending order.
  bool add(const std::string& name, Ref field, RevisionIndex before);

 private:
  const Document& m_document;
  bool m_read = false;
  std::map<std::string, Ref> m_names;
};

/// What a field or a widget is as of a revision, inherited facts included.
struct FieldFacts {
  std::string name;
  std::string type;        ///< "Tx", "Btn", "Ch", "Sig"; empty when nothing says it
  Object value;            ///< resolved; null when none
  Object options;          ///< /Opt of a choice field, resolved; null when none
  std::int64_t flags = 0;  ///< /Ff, 0 where nothing states any
  bool formatted = false;  ///< a script may write its value otherwise (/AA /F, table 196)
  bool in_form = false;    ///< reached down from the form's /Fields
  [[nodiscard]] bool is_signature() const { return type == "Sig"; }
  [[nodiscard]] bool is_signed() const { return is_signature() && !value.is_null(); }
};

/// How a list grew: nothing else than `added` when neither is set.
struct ListDifference {
  std::vector<Object> added;
  std::vector<Object> removed;
  bool reordered = false;
  bool unreadable = false;
  [[nodiscard]] bool only_grew() const { return removed.empty() && !reordered && !unreadable; }
};

/// A revision and the one before it, with what the rules share.
class RevisionPair {
 public:
  RevisionPair(const Document& of, RevisionIndex revision, const Places& objects, PageNumbers& numbers,
               FieldNames& fields, PaintedPages& painted, SameValue& same_value, Effort& left)
      : document(of),
        now(revision),
        before(revision - 1),
        places(objects),
        pages(numbers),
        names(fields),
        effort(left),
        m_painted(painted),
        m_same(same_value) {}

  /// Null when freed, undefined or unreadable.
  [[nodiscard]] Object old_value(std::uint32_t number) const { return value(number, before); }
  [[nodiscard]] Object new_value(std::uint32_t number) const { return value(number, now); }
  /// Resolved, null when absent.
  [[nodiscard]] Object old_entry(const Dictionary& dictionary, std::string_view key) const;
  [[nodiscard]] Object new_entry(const Dictionary& dictionary, std::string_view key) const;
  [[nodiscard]] bool existed(std::uint32_t number) const { return !old_value(number).is_null(); }
  [[nodiscard]] bool same(const Object& a, const Object& b) const { return m_same(a, before, b, now); }
  /// The same of a whole object; a list of fields, annotations or pages (`list`, or under its key) holds the very same
  /// objects, since others name them too.
  [[nodiscard]] bool unchanged(const Object& a, const Object& b, bool list) const;
  /// Keys whose values differ, each once.
  [[nodiscard]] std::vector<std::string> differing_keys(const Dictionary& a, const Dictionary& b) const;
  [[nodiscard]] ListDifference compare_lists(const Object& a, const Object& b) const;
  [[nodiscard]] FieldFacts field(std::uint32_t number, RevisionIndex as_of) const;
  /// The octets of a stream, up to `limit` of them; nothing when they cannot be had, or effort ends.
  [[nodiscard]] std::optional<base::Bytes> look_at(const Stream& stream, std::uint64_t limit) const;
  /// Whether an annotation covers nothing that the page showed before. False when unknown. Asked once for each: from
  /// then on it is shown. `own`: where it stood before, or null.
  [[nodiscard]] bool stands_on_nothing(const Dictionary& annotation, std::uint32_t page,
                                       const Rect* own = nullptr) const;

  const Document& document;
  RevisionIndex now;
  RevisionIndex before;
  const Places& places;
  PageNumbers& pages;
  FieldNames& names;
  Effort& effort;

 private:
  [[nodiscard]] bool same_item(const Object& a, const Object& b) const;
  [[nodiscard]] Object value(std::uint32_t number, RevisionIndex as_of) const;
  PaintedPages& m_painted;
  SameValue& m_same;
};

/// The changes of one revision as they are found; the same words about the same object are kept once.
class ChangeList {
 public:
  void add(Change change);
  std::vector<Change> take() && { return std::move(m_changes); }

 private:
  std::vector<Change> m_changes;
  std::set<std::pair<std::uint32_t, std::string>> m_said;
};

/// A value that is a dictionary and no stream; an empty one for all others.
const Dictionary& plain_dictionary(const Object& object);

}  // namespace segell::signer::pdf
