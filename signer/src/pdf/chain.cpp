#include "pdf/lexer.h"
#include "pdf/xref.h"
#include "signer/pdf/limits.h"

#include <algorithm>
#include <unordered_set>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kHeaderWindow = 1024;
constexpr std::uint64_t kTailWindow = 64U << 10U;
constexpr std::uint64_t kFirstTailWindow = 1024;

base::Failure wrong_chain(std::string what) { return base::fail(base::Code::malformed, "pdf.xref", std::move(what)); }

/// The offset of the last "startxref" of the file.
base::Result<std::uint64_t> find_last_startxref(const ByteSource& source) {
  for (const std::uint64_t window : {kFirstTailWindow, kTailWindow}) {
    const std::uint64_t count = std::min(window, source.size());
    const std::uint64_t begin = source.size() - count;
    base::Bytes copy;
    auto view = source.borrow({begin, count});
    if (view.empty()) {
      SEGELL_TRY(copy, read_range(source, {begin, count}, kTailWindow));
      view = copy;
    }
    const auto at = base::as_text(view).rfind("startxref");
    if (at != std::string_view::npos) return begin + at;
  }
  return wrong_chain("no startxref stands at the end of the file");
}

base::Result<void> check_header(const ByteSource& source, std::vector<Finding>& findings) {
  SEGELL_TRY(const auto head, read_range(source, {0, std::min(kHeaderWindow, source.size())}, kHeaderWindow));
  const auto at = base::as_text(head).find("%PDF-");
  if (at == std::string_view::npos) {
    return base::fail(base::Code::malformed, "pdf.not-a-pdf", "the file is no PDF");
  }
  if (at != 0) {
    add_finding(findings, "pdf.header-offset", Weight::anomaly,
                std::to_string(at) + " octets stand before the PDF header");
  }
  return base::ok();
}

/// /L of the linearization dictionary, the first object of the file (ISO 32000-1, F.2.2); 0 without one.
std::uint64_t linearized_length(const ByteSource& source) {
  Lexer lexer(source, 0, kHeaderWindow, kHeaderWindow);
  std::uint64_t number = 0;
  std::uint64_t generation = 0;
  if (!lexer.number(number) || !lexer.number(generation) || !lexer.keyword("obj")) return 0;
  const auto object = lexer.object();
  const auto* dictionary = object ? object->as_dictionary() : nullptr;
  const auto* length = dictionary == nullptr ? nullptr : dictionary->integer("L");
  if (length == nullptr || *length < 0 || !dictionary->has("Linearized")) return 0;
  return static_cast<std::uint64_t>(*length);
}

/// A section with its ending and the entries of its hybrid twin folded in.
struct Link {
  Section section;
  XrefStyle style = XrefStyle::table;
  Ending ending;
  bool has_ending = false;
};

class ChainReader {
 public:
  explicit ChainReader(const ByteSource& source) : m_source(source) {}

  base::Result<Chain> read();

 private:
  base::Result<void> follow(std::uint64_t offset);
  base::Result<Link> read_link(std::uint64_t offset);
  base::Result<void> fold_hybrid(Link& link);
  void assemble();
  base::Result<void> judge_tail(std::uint64_t end);
  std::vector<Link*> sections_of_one(std::size_t open);
  void add_revision(const std::vector<Link*>& parts, const Link& closing, std::uint64_t begin);
  void add_entries(const std::vector<Link*>& parts, const Revision& revision);
  void check_revision(const Revision& revision, const std::vector<XrefEntry>& entries);
  void anomaly(std::string_view id, std::string words) {
    add_finding(m_chain.findings, id, Weight::anomaly, std::move(words));
  }

  const ByteSource& m_source;
  Chain m_chain;
  std::vector<Link> m_links;  ///< newest first
  std::size_t m_entries = 0;
};

base::Result<Link> ChainReader::read_link(std::uint64_t offset) {
  Link link;
  SEGELL_TRY(link.section, read_section(m_source, offset, limits::kEntries - m_entries));
  m_entries += link.section.entries.size();
  link.style = link.section.is_stream ? XrefStyle::stream : XrefStyle::table;
  if (!link.section.is_stream && link.section.trailer.has("XRefStm")) SEGELL_CHECK(fold_hybrid(link));
  auto ending = read_ending(m_source, link.section.end);
  if (ending) {
    link.ending = *ending;
    link.has_ending = true;
  }
  return link;
}

/// Hybrid-reference files (7.5.8.4): readers of old see the table alone, others the stream too. An object that both
/// place, and place differently, would look different to each: such a file is never trusted.
base::Result<void> ChainReader::fold_hybrid(Link& link) {
  link.style = XrefStyle::hybrid;
  const auto* offset = link.section.trailer.integer("XRefStm");
  if (offset == nullptr || *offset < 0) return wrong_chain("a hybrid cross-reference's /XRefStm is malformed");
  SEGELL_TRY(auto twin, read_section(m_source, static_cast<std::uint64_t>(*offset), limits::kEntries - m_entries));
  m_entries += twin.entries.size();
  if (!twin.is_stream) return wrong_chain("a hybrid cross-reference's /XRefStm is no stream");
  auto& entries = link.section.entries;
  std::stable_sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.number < b.number; });
  std::vector<XrefEntry> hidden;
  for (const auto& entry : twin.entries) {
    const auto found = std::lower_bound(entries.begin(), entries.end(), entry.number,
                                        [](const XrefEntry& a, std::uint32_t number) { return a.number < number; });
    if (found == entries.end() || found->number != entry.number) {
      hidden.push_back(entry);
      hidden.back().in_table = XrefEntry::InTable::absent;
    } else if (found->kind == XrefEntry::Kind::free) {
      *found = entry;
      found->in_table = XrefEntry::InTable::freed;
    } else if (entry.kind != found->kind || entry.position != found->position ||
               entry.generation != found->generation) {
      anomaly("pdf.hybrid-differs",
              "object " + std::to_string(entry.number) + " differs between the two cross-references of a hybrid file");
    }
  }
  entries.insert(entries.end(), hidden.begin(), hidden.end());
  return base::ok();
}

base::Result<void> ChainReader::follow(std::uint64_t offset) {
  std::unordered_set<std::uint64_t> seen;
  while (true) {
    if (!seen.insert(offset).second) return wrong_chain("the chain of cross-references runs in a circle");
    if (m_links.size() >= limits::kRevisions) {
      return base::fail(base::Code::limit_exceeded, "pdf.limit.revisions", "the file has too many revisions");
    }
    SEGELL_TRY(auto link, read_link(offset));
    m_links.push_back(std::move(link));
    const auto* previous = m_links.back().section.trailer.find("Prev");
    if (previous == nullptr) return base::ok();
    const auto* number = previous->as_integer();
    if (number == nullptr || *number < 0) return wrong_chain("a trailer's /Prev is malformed");
    offset = static_cast<std::uint64_t>(*number);
  }
}

void ChainReader::check_revision(const Revision& revision, const std::vector<XrefEntry>& entries) {
  for (const auto& entry : entries) {
    if (entry.kind == XrefEntry::Kind::offset && entry.position >= revision.end) {
      anomaly("pdf.entry-forward",
              "object " + std::to_string(entry.number) + " is placed behind the end of its own revision");
      return;
    }
  }
}

/// One section after another, each with its entries, under the number that its place in the chain gives it.
void ChainReader::add_entries(const std::vector<Link*>& parts, const Revision& revision) {
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    auto& entries = (*part)->section.entries;
    const auto section = static_cast<std::uint32_t>(m_chain.revision_of_section.size());
    for (auto& entry : entries) entry.revision = section;
    check_revision(revision, entries);
    m_chain.entries.insert(m_chain.entries.end(), entries.begin(), entries.end());
    m_chain.revision_of_section.push_back(static_cast<std::uint32_t>(m_chain.revisions.size()));
    entries = {};
  }
}

/// `parts[0]` is the section that readers meet first; `closing` the one that startxref and %%EOF follow.
void ChainReader::add_revision(const std::vector<Link*>& parts, const Link& closing, std::uint64_t begin) {
  Revision revision;
  Link& first = *parts.front();
  revision.begin = begin;
  revision.xref_offset = first.section.offset;
  revision.style = first.style;
  revision.linearized = parts.size() > 1 && &closing == parts.back();
  revision.end = closing.has_ending ? closing.ending.white_end : closing.section.end;
  revision.mark_end = closing.has_ending ? closing.ending.end : closing.section.end;
  revision.eof = closing.has_ending ? closing.ending.eof : closing.section.end;
  if (!closing.has_ending) anomaly("pdf.unterminated-revision", "a revision does not end with startxref and %%EOF");
  if (closing.has_ending && closing.ending.startxref != first.section.offset) {
    anomaly("pdf.startxref", "a startxref does not point at its own cross-reference section");
  }
  if (revision.end < begin || first.section.offset < begin) {
    anomaly("pdf.xref-order", "a later revision's cross-reference lies inside an earlier revision");
  }
  for (const Link* part : parts) {
    for (const std::string_view key : {"Root", "Encrypt"}) {
      const Object* older = part->section.trailer.find(key);
      const Object* newest = first.section.trailer.find(key);
      if (older != nullptr && (newest == nullptr || !(*older == *newest)))
        anomaly("pdf.trailer-differs", "the trailers of one revision disagree about /" + std::string(key));
    }
  }
  add_entries(parts, revision);
  revision.trailer = std::move(first.section.trailer);
  m_chain.revisions.push_back(std::move(revision));
}

/// The sections of one revision, newest first, from the oldest that is not assembled yet: `open` many are left. Mostly
/// one. The first-page section of a linearized file stands before the main one that its /Prev names (F.3.3). And some
/// who write hybrid files (Adobe's servers, signers of Word's files) put the table first and the trailer with /XRefStm
/// behind it, with one startxref and %%EOF for both: what was saved at once ends once.
std::vector<Link*> ChainReader::sections_of_one(std::size_t open) {
  Link& oldest = m_links[open - 1];
  std::vector<Link*> parts = {&oldest};
  const bool forward = open >= 2 && m_links[open - 2].section.offset < oldest.section.offset;
  if (forward && open == m_links.size() && oldest.has_ending &&
      oldest.ending.startxref == m_links[open - 2].section.offset) {
    const std::uint64_t length = linearized_length(m_source);
    if (length >= oldest.ending.eof && length <= oldest.ending.white_end) return {&m_links[open - 2], &oldest};
  }
  for (std::size_t i = open - 1; i > 0 && !m_links[i].has_ending; --i) {
    Link& next = m_links[i - 1];
    if (next.style != XrefStyle::hybrid || next.section.offset < m_links[i].section.end) break;
    parts.insert(parts.begin(), &next);
  }
  return parts;
}

/// Oldest first.
void ChainReader::assemble() {
  std::uint64_t begin = 0;
  m_chain.revisions.reserve(m_links.size());
  m_chain.entries.reserve(m_entries);
  for (std::size_t open = m_links.size(); open > 0;) {
    const auto parts = sections_of_one(open);
    const bool linearized = parts.front()->section.offset < parts.back()->section.offset;
    add_revision(parts, linearized ? *parts.back() : *parts.front(), begin);
    begin = std::max(begin, m_chain.revisions.back().end);
    open -= parts.size();
  }
}

/// Editors and transfers add an end-of-line to a file that may have one already. It says nothing to anybody, so it
/// counts as the end of the last revision. More white space is harmless where somebody signed it, which is for the
/// judge of signatures to say; whatever else follows is something that some reader may read.
base::Result<void> ChainReader::judge_tail(std::uint64_t end) {
  const std::uint64_t count = m_source.size() - end;
  SEGELL_TRY(const auto tail, read_range(m_source, {end, std::min<std::uint64_t>(count, 2)}, 2));
  const std::string_view text = base::as_text(tail);
  if (count <= 2 && (text == "\n" || text == "\r" || text == "\r\n")) {
    m_chain.revisions.back().mark_end = m_source.size();
    add_finding(m_chain.findings, "pdf.trailing-eol", Weight::note, "one more end-of-line follows the last %%EOF");
  } else if (m_chain.revisions.back().end == m_source.size()) {
    add_finding(m_chain.findings, "pdf.trailing-space", Weight::note, "white space follows the last %%EOF");
  } else {
    anomaly("pdf.trailing-bytes", std::to_string(count) + " octets follow the last %%EOF");
  }
  return base::ok();
}

base::Result<Chain> ChainReader::read() {
  SEGELL_CHECK(check_header(m_source, m_chain.findings));
  SEGELL_TRY(const auto start, find_last_startxref(m_source));
  SEGELL_TRY(const auto ending, read_ending(m_source, start));
  SEGELL_CHECK(follow(ending.startxref));
  assemble();
  // Readers begin a linearized file at its front as long as it is as long as it says (F.3.1): not where it ends now.
  if (m_chain.revisions.size() > 1 && linearized_length(m_source) == m_source.size())
    anomaly("pdf.linearized", "the file says that it is linearized, and has more than one revision");
  const std::uint64_t end = m_chain.revisions.back().mark_end;
  if (end != ending.end) {
    anomaly("pdf.startxref", "the last startxref of the file belongs to no revision");
  } else if (end < m_source.size()) {
    SEGELL_CHECK(judge_tail(end));
  }
  return std::move(m_chain);
}

/// An object that only the stream of a hybrid file states, while older readers still see what an earlier table places:
/// each kind of reader shows another document. `entries`: by number, then revision.
void check_hybrid_views(Chain& chain) {
  const XrefEntry* in_use = nullptr;  // in the eyes of a reader that knows tables only
  const auto leads_elsewhere = [&](const XrefEntry& entry) {
    return in_use != nullptr &&
           (entry.kind != in_use->kind || entry.position != in_use->position || entry.generation != in_use->generation);
  };
  for (std::size_t i = 0; i < chain.entries.size(); ++i) {
    const XrefEntry& entry = chain.entries[i];
    if (i == 0 || chain.entries[i - 1].number != entry.number) in_use = nullptr;
    const bool differs = entry.in_table == XrefEntry::InTable::absent
                             ? leads_elsewhere(entry)
                             : entry.in_table == XrefEntry::InTable::freed && in_use != nullptr;
    if (entry.in_table != XrefEntry::InTable::absent) {
      const bool placed = entry.in_table == XrefEntry::InTable::same && entry.kind != XrefEntry::Kind::free;
      in_use = placed ? &entry : nullptr;
    }
    if (differs) {
      add_finding(chain.findings, "pdf.hybrid-differs", Weight::anomaly,
                  "object " + std::to_string(entry.number) + " is replaced for some readers of a hybrid file only");
      return;
    }
  }
}

bool same_place(const XrefEntry& a, const XrefEntry& b) { return a.kind == b.kind && a.position == b.position; }

/// One section that names an object twice: the first counts, as in the file's own order.
void settle_sections(Chain& chain) {
  const auto same = [](const XrefEntry& a, const XrefEntry& b) {
    return a.number == b.number && a.revision == b.revision;
  };
  const auto twice = std::adjacent_find(chain.entries.begin(), chain.entries.end(), [&](auto& a, auto& b) {
    return same(a, b) && !same_place(a, b) && b.kind != XrefEntry::Kind::free;
  });
  if (twice != chain.entries.end()) {
    add_finding(chain.findings, "pdf.entry-twice", Weight::anomaly,
                "object " + std::to_string(twice->number) + " is placed twice by one revision");
  }
  chain.entries.erase(std::unique(chain.entries.begin(), chain.entries.end(), same), chain.entries.end());
}

/// From sections to revisions: where several make one, the newest counts, and only the two of a linearized file may
/// state an object differently.
void join_sections(Chain& chain) {
  if (chain.revision_of_section.size() == chain.revisions.size()) return;
  std::vector<XrefEntry> joined;
  joined.reserve(chain.entries.size());
  bool told = false;
  for (XrefEntry& entry : chain.entries) {
    entry.revision = chain.revision_of_section[entry.revision];
    if (joined.empty() || joined.back().number != entry.number || joined.back().revision != entry.revision) {
      joined.push_back(entry);
      continue;
    }
    const bool differs = joined.back().kind != XrefEntry::Kind::free && !same_place(joined.back(), entry);
    if (differs && !told && !chain.revisions[entry.revision].linearized) {
      told = true;  // a hostile file may have as many as it has entries
      add_finding(chain.findings, "pdf.entry-twice", Weight::anomaly,
                  "object " + std::to_string(entry.number) + " is placed twice by one revision");
    }
    joined.back() = entry;
  }
  chain.entries = std::move(joined);
}

}  // namespace

base::Result<Chain> read_chain(const ByteSource& source) {
  SEGELL_TRY(auto chain, ChainReader(source).read());
  const auto before = [](const XrefEntry& a, const XrefEntry& b) {
    return a.number != b.number ? a.number < b.number : a.revision < b.revision;
  };
  if (!std::is_sorted(chain.entries.begin(), chain.entries.end(), before)) {
    std::stable_sort(chain.entries.begin(), chain.entries.end(), before);
  }
  const bool hybrid = std::ranges::any_of(chain.revisions,
                                          [](const Revision& revision) { return revision.style == XrefStyle::hybrid; });
  if (hybrid) check_hybrid_views(chain);
  settle_sections(chain);
  join_sections(chain);
  return chain;
}

}  // namespace segell::signer::pdf
