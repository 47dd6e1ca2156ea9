#include "pdf/stray_objects.h"

#include "pdf/lexer.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace segell::signer::pdf {
namespace {

constexpr std::string_view kStrayWord = "obj";
constexpr std::size_t kStrayHeader = 64;           ///< octets before the word that are looked at
constexpr std::size_t kStraysKept = 64;            ///< more are as bad as any
constexpr std::size_t kLaterEntries = 20'000;      ///< of later revisions that are searched for references to nothing
constexpr std::int64_t kLargestTable = 8'388'608;  ///< some readers give up on larger tables (annex C)

bool same_place(const XrefEntry& a, const XrefEntry& b) {
  return a.kind == b.kind && a.position == b.position && a.generation == b.generation;
}

}  // namespace

StrayObjects::StrayObjects(const Document& document, const std::vector<XrefEntry>& sorted)
    : m_document(document), m_sorted(sorted), m_from(document.revisions().front().end) {
  for (const Revision& revision : document.revisions()) {
    m_sections.push_back(revision.xref_offset);
    if (const auto* twin = revision.trailer.integer("XRefStm"); twin != nullptr && *twin > 0)
      m_sections.push_back(static_cast<std::uint64_t>(*twin));
  }
  std::ranges::sort(m_sections);
}

bool StrayObjects::is_placed(std::uint64_t at) const {
  const auto entry = std::ranges::lower_bound(m_sorted, at < kLineEnd ? 0 : at - kLineEnd, {}, &XrefEntry::position);
  return (entry != m_sorted.end() && entry->position <= at) || std::ranges::binary_search(m_sections, at);
}

void StrayObjects::feed(std::string_view text) {
  const std::uint64_t end = m_position + text.size();
  if (end > m_from) {
    // a header on the seam, then those in the piece
    const std::string seam = m_tail + std::string(text.substr(0, kStrayHeader));
    look(seam, m_position - m_tail.size(), std::min(m_tail.size(), seam.size()));
    look(text, m_position, std::min(kStrayHeader, text.size()));
  }
  m_tail = end <= m_from ? std::string()
                         : (m_tail + std::string(text.substr(text.size() - std::min(text.size(), kStrayHeader))));
  if (m_tail.size() > kStrayHeader) m_tail.erase(0, m_tail.size() - kStrayHeader);
  m_position = end;
}

/// Words that end behind `from`.
void StrayObjects::look(std::string_view text, std::uint64_t position, std::size_t from) {
  for (std::size_t at = text.find(kStrayWord, from < kStrayWord.size() ? 0 : from - kStrayWord.size() + 1);
       at != std::string_view::npos && m_found.size() < kStraysKept; at = text.find(kStrayWord, at + 1)) {
    std::size_t begin = at;
    const auto back = [&](const auto& is_kind) {
      const std::size_t stop = begin;
      while (begin > 0 && at - begin < kStrayHeader && is_kind(text[begin - 1])) --begin;
      return stop - begin;
    };
    back(is_white);
    if (back(is_digit) == 0 || back(is_white) == 0 || back(is_digit) == 0) continue;
    const std::uint64_t found = position + begin;
    if (found < m_from || is_placed(found)) continue;
    std::uint64_t number = 0;
    for (std::size_t i = begin; is_digit(text[i]); ++i)
      number = number * 10 + static_cast<std::uint64_t>(text[i] - '0');
    if (!m_oldest || displaces(number, found)) m_found.push_back(found);
  }
}

bool StrayObjects::is_inside(std::uint64_t at) const {
  const auto next = std::ranges::upper_bound(m_sorted, at, {}, &XrefEntry::position);
  if (next == m_sorted.begin()) return false;
  const auto object = m_document.load_entry(*std::prev(next));
  if (!object) return true;
  const Stream* stream = object->as_stream();
  return at < object->where().end() || (stream != nullptr && at < stream->data.end());
}

/// Whether a reader that takes the last object of a number takes this one for one that the document has.
bool StrayObjects::displaces(std::uint64_t number, std::uint64_t at) const {
  if (number > std::numeric_limits<std::uint32_t>::max()) return false;
  const XrefEntry* entry = m_document.entry(static_cast<std::uint32_t>(number), m_document.latest());
  if (entry == nullptr || entry->kind == XrefEntry::Kind::free) return false;
  return entry->kind == XrefEntry::Kind::compressed || entry->position < at;
}

/// Where in the oldest revision an object stands that readers show once a later one made them lose their way. Either
/// search rules it out alone: what is shorter, the oldest revision or all that follows it, is searched first.
std::optional<std::uint64_t> StrayObjects::decoy() const {
  if (m_document.revisions().size() < 2) return std::nullopt;
  const bool oldest_first = m_from < m_document.length() - m_from;
  if (!oldest_first && !names_nothing(1)) return std::nullopt;
  StrayObjects oldest(m_document, m_sorted);
  oldest.m_oldest = true;
  oldest.m_from = 0;
  const auto read = for_each_piece(m_document.source(), {0, m_from},
                                   [&](base::BytesView piece) { oldest.feed(base::as_text(piece)); });
  if (!read || oldest.m_found.empty() || (oldest_first && !names_nothing(1))) return std::nullopt;
  return oldest.m_found.front();
}

/// Whether revisions since that one refer to objects that the file has no entry for.
bool StrayObjects::names_nothing(RevisionIndex since) const {
  const auto missing = [&](const auto& self, const Object& value) -> bool {
    if (const Ref* ref = value.as_reference()) {
      const XrefEntry* entry = m_document.entry(ref->number, m_document.latest());
      return entry == nullptr || (entry->kind == XrefEntry::Kind::offset && entry->generation != ref->generation);
    }
    if (const Array* items = value.as_array())
      return std::ranges::any_of(*items, [&](const Object& item) { return self(self, item); });
    const Dictionary* dictionary = value.as_dictionary();
    return dictionary != nullptr && std::ranges::any_of(dictionary->entries(), [&](const DictionaryEntry& one) {
             return self(self, one.value);
           });
  };
  for (RevisionIndex i = since; i < m_document.revisions().size(); ++i) {
    const Dictionary& trailer = m_document.revisions()[i].trailer;
    const auto* size = trailer.integer("Size");
    if (size == nullptr || *size <= 0 || *size > kLargestTable || missing(missing, Object(Dictionary(trailer))))
      return true;
  }
  std::size_t looked = 0;
  const XrefEntry* last = nullptr;
  return std::ranges::any_of(m_document.all_entries(), [&](const XrefEntry& entry) {
    const XrefEntry* before = std::exchange(last, &entry);
    if (entry.revision == 0 || entry.kind == XrefEntry::Kind::free) return false;
    // listed again where it stood: looked at already, or part of the oldest revision
    if (before != nullptr && before->number == entry.number && same_place(*before, entry)) return false;
    const auto object = m_document.load_entry(entry);
    return ++looked > kLaterEntries || !object || missing(missing, *object);
  });
}

void StrayObjects::finish(std::vector<Finding>& findings) const {
  const auto inside = std::ranges::find_if(m_found, [&](std::uint64_t at) { return is_inside(at); });
  std::optional<std::uint64_t> at;
  if (inside != m_found.end())
    at = *inside;
  else if (!m_found.empty() && names_nothing(0))
    at = m_found.front();
  else
    at = decoy();
  if (!at) return;
  findings.push_back({"pdf.stray-object", Weight::anomaly,
                      "an object stands at offset " + std::to_string(*at) +
                          " that no cross-reference places: some readers would show it"});
}

}  // namespace segell::signer::pdf
