#include "signer/pdf/signatures.h"

#include "pdf/lexer.h"
#include "pdf/stray_objects.h"
#include "signer/pdf/limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::string_view kKey = "/ByteRange";
constexpr std::string_view kMark = "%%EOF";
constexpr std::size_t kMaxOffsets = 2 * limits::kSignatures;
constexpr std::size_t kHeader = 48;              ///< octets in which "N G obj" has to be complete
constexpr std::uint64_t kLongData = 64U << 10U;  ///< octets of a stream's data that are worth not searching

// Where a word of at least two octets stands, in octets that arrive in pieces.
class WordFinder {
 public:
  explicit WordFinder(std::string_view word) : m_word(word) {}

  void feed(std::string_view text) {
    const std::size_t keep = m_word.size() - 1;
    const std::string seam = m_tail + std::string(text.substr(0, keep));
    for (std::size_t at = seam.find(m_word); at != std::string::npos; at = seam.find(m_word, at + 1))
      note(m_position - m_tail.size() + at);
    for (std::size_t at = text.find(m_word); at != std::string_view::npos; at = text.find(m_word, at + 1))
      note(m_position + at);
    m_position += text.size();
    m_tail += text.substr(text.size() - std::min(text.size(), keep));
    if (m_tail.size() > keep) m_tail.erase(0, m_tail.size() - keep);
  }

  /// Octets in which no word begins that counts.
  void skip(std::uint64_t octets) {
    m_position += octets;
    m_tail.clear();
  }

  [[nodiscard]] const std::vector<std::uint64_t>& places() const { return m_places; }
  [[nodiscard]] bool overflowed() const { return m_overflowed; }

 private:
  void note(std::uint64_t at) {
    if (m_places.size() < kMaxOffsets)
      m_places.push_back(at);
    else
      m_overflowed = true;
  }

  std::string_view m_word;
  std::uint64_t m_position = 0;
  std::string m_tail;  // the last octets of the piece before, for a word on the seam
  std::vector<std::uint64_t> m_places;
  bool m_overflowed = false;
};

bool is_header(std::string_view text, const XrefEntry& entry) {
  for (std::size_t i = 0; i < kLineEnd && !text.empty() && is_white(text.front()); ++i) text.remove_prefix(1);
  Lexer lexer(text, 0);
  std::uint64_t number = 0, generation = 0;
  return !text.empty() && is_digit(text.front()) && lexer.number(number) && lexer.number(generation) &&
         lexer.keyword("obj") && number == entry.number && generation == entry.generation;
}

// Compares what stands where the entries point with what they say.
class HeaderCheck {
 public:
  // entries: of kind offset, by position
  explicit HeaderCheck(const std::vector<XrefEntry>& entries) : m_entries(entries) {}

  void feed(std::string_view text) {
    std::erase_if(m_begun, [&](Begun& begun) {
      begun.text += text.substr(0, kHeader - begun.text.size());
      if (begun.text.size() < kHeader) return false;
      judge(begun.text, *begun.entry);
      return true;
    });
    const std::uint64_t end = m_position + text.size();
    for (; m_next < m_entries.size() && m_entries[m_next].position < end; ++m_next) {
      const XrefEntry& entry = m_entries[m_next];
      const std::string_view here = text.substr(entry.position - m_position, kHeader);
      if (here.size() == kHeader)
        judge(here, entry);
      else
        m_begun.push_back({&entry, std::string(here)});
    }
    m_position = end;
  }

  void finish(std::vector<Finding>& findings) {
    for (const Begun& begun : m_begun) judge(begun.text, *begun.entry);
    m_begun.clear();
    for (; m_next < m_entries.size(); ++m_next) judge({}, m_entries[m_next]);
    if (m_wrong == 0) return;
    findings.push_back({"pdf.xref-mismatch", Weight::anomaly,
                        std::to_string(m_wrong) + " cross-reference entries point at something else, that of object " +
                            std::to_string(m_first_wrong) + " first"});
  }

 private:
  struct Begun {
    const XrefEntry* entry;
    std::string text;
  };

  void judge(std::string_view text, const XrefEntry& entry) {
    // offset 0, where the file's own header stands, is how some writers say "no object"
    if (entry.position == 0 || is_header(text, entry)) return;
    if (m_wrong++ == 0) m_first_wrong = entry.number;
  }

  const std::vector<XrefEntry>& m_entries;
  std::size_t m_next = 0;
  std::uint64_t m_position = 0;
  std::vector<Begun> m_begun;  // headers that the end of a piece cut
  std::size_t m_wrong = 0;
  std::uint32_t m_first_wrong = 0;
};

std::vector<XrefEntry> entries_in_place(const Document& document) {
  std::vector<XrefEntry> sorted;
  for (const XrefEntry& entry : document.all_entries())
    if (entry.kind == XrefEntry::Kind::offset) sorted.push_back(entry);
  std::ranges::stable_sort(sorted, {}, &XrefEntry::position);
  return sorted;
}

// What a word may not stand in to count: the data of streams to which the cross-reference leads, up to the next object.
// The first octets are searched all the same, for a word that begins before them.
std::vector<Range> long_data(const Document& document, const std::vector<XrefEntry>& sorted) {
  std::vector<Range> out;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::uint64_t next = i + 1 < sorted.size() ? sorted[i + 1].position : document.length();
    if (next < sorted[i].position + kLongData) continue;
    const auto object = document.load_entry(sorted[i]);
    const Stream* stream = object ? object->as_stream() : nullptr;
    if (stream == nullptr) continue;
    const std::uint64_t begin = stream->data.offset + kKey.size(), end = std::min(stream->data.end(), next);
    if (end > begin) out.push_back({begin, end - begin});
  }
  return out;
}

}  // namespace

struct Sweep::State {
  explicit State(const Document& of)

      : document(&of),
        sorted(entries_in_place(of)),
        headers(sorted),
        strays(of, sorted),
        unsearched(long_data(of, sorted)) {}

  const Document* document;
  std::vector<XrefEntry> sorted;
  WordFinder keys{kKey};
  WordFinder marks{kMark};
  HeaderCheck headers;
  StrayObjects strays;
  std::vector<Range> unsearched;  ///< by offset; none reaches into another
  std::size_t next_unsearched = 0;
  std::uint64_t position = 0;
  std::optional<std::vector<std::uint64_t>> outside;
  std::optional<std::vector<Finding>> findings;

  // Inside the object that begins last at or before the place, its stream's data included.
  [[nodiscard]] bool is_known(std::uint64_t at, std::span<const Range> read = {}) const {
    auto next = std::ranges::upper_bound(sorted, at, {}, &XrefEntry::position);
    if (next == sorted.begin()) return false;
    const XrefEntry& last = *std::prev(next);
    const auto known = std::ranges::lower_bound(read, last.position, {}, &Range::offset);
    if (known != read.end() && known->offset == last.position && at < known->end()) return true;
    const auto object = document->load_entry(last);
    if (!object) return false;
    if (at < object->where().end()) return true;
    const Stream* stream = object->as_stream();
    return stream != nullptr && at < stream->data.end();
  }

  void find_words(std::string_view text) {
    while (!text.empty()) {
      while (next_unsearched < unsearched.size() && unsearched[next_unsearched].end() <= position) ++next_unsearched;
      const Range range =
          next_unsearched < unsearched.size() ? unsearched[next_unsearched] : Range{document->length(), 0};
      const bool inside = position >= range.offset && position < range.end();
      const std::uint64_t until = inside                    ? range.end()
                                  : position < range.offset ? range.offset
                                                            : position + text.size();
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(until - position, text.size()));
      for (WordFinder* finder : {&keys, &marks}) {
        if (inside)
          finder->skip(count);
        else
          finder->feed(text.substr(0, count));
      }
      position += count;
      text.remove_prefix(count);
    }
  }

  [[nodiscard]] bool ends_revision(std::uint64_t mark) const {
    const auto& revisions = document->revisions();
    const auto at = std::ranges::lower_bound(revisions, mark + kMark.size(), {}, &Revision::eof);
    return at != revisions.end() && at->eof == mark + kMark.size();
  }

  void find_marks(std::vector<Finding>& out) const {
    if (document->repaired()) return;  // its revisions are a guess
    // the first-page part of a linearized file has an ending of its own (ISO 32000-1, F.3.5)
    const Revision& oldest = document->revisions().front();
    bool first_page = oldest.linearized;
    for (const std::uint64_t mark : marks.places()) {
      if (ends_revision(mark)) continue;
      if (first_page && mark > oldest.xref_offset && mark < oldest.end) {
        first_page = false;
        continue;
      }
      if (is_known(mark)) continue;
      out.push_back({"pdf.stray-eof", Weight::note,
                     "an end-of-file mark at offset " + std::to_string(mark) + " ends no revision"});
      return;
    }
  }
};

Sweep::Sweep(const Document& document) : m_state(std::make_unique<State>(document)) {}
Sweep::~Sweep() = default;
Sweep::Sweep(Sweep&&) noexcept = default;
Sweep& Sweep::operator=(Sweep&&) noexcept = default;

void Sweep::feed(base::BytesView piece) {
  const std::string_view text = base::as_text(piece);
  m_state->find_words(text);
  m_state->headers.feed(text);
  if (!m_state->document->repaired()) m_state->strays.feed(text);
}

const std::vector<std::uint64_t>& Sweep::byte_range_offsets(std::span<const Range> read) const {
  if (m_state->outside) return *m_state->outside;
  m_state->outside.emplace();
  for (const std::uint64_t at : m_state->keys.places())
    if (!m_state->is_known(at, read)) m_state->outside->push_back(at);
  return *m_state->outside;
}

const std::vector<Finding>& Sweep::findings() const {
  if (m_state->findings) return *m_state->findings;
  m_state->findings.emplace();
  m_state->headers.finish(*m_state->findings);
  m_state->strays.finish(*m_state->findings);
  if (m_state->keys.overflowed())
    m_state->findings->push_back(
        {"pdf.byte-ranges", Weight::anomaly, "the file speaks of more signatures than are read"});
  m_state->find_marks(*m_state->findings);
  return *m_state->findings;
}

}  // namespace segell::signer::pdf
