#include "pdf/lexer.h"
#include "pdf/object_stream.h"
#include "pdf/xref.h"
#include "signer/pdf/limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

/// A source that ends earlier: where the next object begins. Nested look-alikes then cost no more than the file is
/// long.
class CutSource final : public ByteSource {
 public:
  CutSource(const ByteSource& whole, std::uint64_t end) : m_whole(whole), m_end(end) {}
  [[nodiscard]] std::uint64_t size() const override { return m_end; }
  base::Result<void> read(std::uint64_t offset, std::span<std::byte> out) const override {
    return m_whole.read(offset, out);
  }
  [[nodiscard]] base::BytesView borrow(Range range) const override {
    return range.end() > m_end ? base::BytesView{} : m_whole.borrow(range);
  }

 private:
  const ByteSource& m_whole;
  std::uint64_t m_end;
};

/// The object of an entry, looked for no further than the next entry's place.
base::Result<IndirectObject> object_at(const ByteSource& source, const std::vector<XrefEntry>& entries, std::size_t i) {
  const std::uint64_t end = i + 1 < entries.size() ? entries[i + 1].position : source.size();
  return parse_indirect(CutSource(source, end), entries[i].position, {});
}

constexpr std::size_t kCopiedPiece = 256U << 10U;
constexpr std::size_t kOverlap = 64;

/// Walks the whole source in overlapping pieces and looks for a word; calls `hit` with each absolute offset once.
template <class Hit>
base::Result<void> find_all(const ByteSource& source, std::string_view word, const Hit& hit) {
  for (std::uint64_t at = 0; at < source.size(); at += kCopiedPiece) {
    const auto count = std::min<std::uint64_t>(kCopiedPiece + kOverlap, source.size() - at);
    SEGELL_TRY(const auto piece, read_range(source, {at, count}, kCopiedPiece + kOverlap));
    const auto text = base::as_text(piece);
    for (auto found = text.find(word); found != std::string_view::npos && found < kCopiedPiece;
         found = text.find(word, found + 1)) {
      hit(at + found);
    }
  }
  return base::ok();
}

/// Reads backwards "N G " before the word obj; false when none stands there.
bool header_before(const ByteSource& source, std::uint64_t word, XrefEntry& entry) {
  const std::uint64_t count = std::min<std::uint64_t>(word, 24);
  const auto head = read_range(source, {word - count, count}, 24);
  if (!head) return false;
  const auto text = base::as_text(*head);
  std::size_t at = text.size();
  const auto white = [&] {
    const std::size_t before = at;
    while (at > 0 && is_white(text[at - 1])) --at;
    return at != before;
  };
  const auto digits = [&](std::uint64_t& out) {
    const std::size_t end = at;
    while (at > 0 && is_digit(text[at - 1]) && end - at < 8) --at;
    out = 0;
    for (std::size_t i = at; i < end; ++i) out = out * 10 + static_cast<std::uint64_t>(text[i] - '0');
    return at != end;
  };
  std::uint64_t generation = 0;
  std::uint64_t number = 0;
  if (!white() || !digits(generation) || !white() || !digits(number)) return false;
  if (number == 0 || number > limits::kObjectNumber || generation > 65535) return false;
  entry.number = static_cast<std::uint32_t>(number);
  entry.generation = static_cast<std::uint32_t>(generation);
  entry.position = word - (text.size() - at);
  entry.kind = XrefEntry::Kind::offset;
  return true;
}

/// The dictionary that starts behind "trailer".
base::Result<Dictionary> trailer_at(const ByteSource& source, std::uint64_t offset) {
  Lexer lexer(source, offset, 1024, limits::kObjectBytes);
  if (!lexer.keyword("trailer")) return base::fail(base::Code::malformed, "pdf.syntax", "no trailer stands");
  SEGELL_TRY(auto object, lexer.object());
  const auto* dictionary = object.as_dictionary();
  return dictionary == nullptr ? Dictionary() : *dictionary;
}

/// The newest dictionary that names a /Root: a trailer, a cross-reference stream, or the catalog itself.
Dictionary find_trailer(const ByteSource& source, const std::vector<std::uint64_t>& trailers,
                        const std::vector<XrefEntry>& entries) {
  constexpr std::size_t kTries = 2000;
  std::size_t tries = 0;
  std::uint64_t end = source.size();
  for (auto offset = trailers.rbegin(); offset != trailers.rend() && tries < kTries; ++offset, ++tries) {
    auto trailer = trailer_at(CutSource(source, end), *offset);
    end = *offset;
    if (trailer && trailer->reference("Root") != nullptr) return *std::move(trailer);
  }
  for (std::size_t i = entries.size(); i > 0 && tries < kTries; --i, ++tries) {
    const auto& entry = entries[i - 1];
    const auto object = object_at(source, entries, i - 1);
    const auto* dictionary = object ? object->object.as_dictionary() : nullptr;
    if (dictionary == nullptr) continue;
    if (dictionary->is_name("Type", "XRef") && dictionary->reference("Root") != nullptr) return *dictionary;
    if (dictionary->is_name("Type", "Catalog")) {
      Dictionary made;
      made.add("Root", Object(Ref{entry.number, entry.generation}));
      return made;
    }
  }
  return {};
}

/// Objects inside object streams get entries too, unless one stands in the file by itself.
void add_compressed(const ByteSource& source, std::vector<XrefEntry>& entries, std::vector<Finding>& findings) {
  constexpr std::size_t kTries = 10'000;
  std::vector<XrefEntry> compressed;
  std::size_t tries = 0;
  std::size_t budget = limits::kInflatedTotal / 4;
  for (std::size_t at = 0; at < entries.size() && budget > 0; ++at) {
    if (++tries > kTries) break;
    const auto& entry = entries[at];
    const auto object = object_at(source, entries, at);
    const auto* stream = object ? object->object.as_stream() : nullptr;
    if (stream == nullptr || !stream->dictionary.is_name("Type", "ObjStm")) continue;
    const auto numbers = read_object_stream_numbers(source, *stream, budget);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      compressed.push_back({numbers[i], 0, entry.number, static_cast<std::uint32_t>(i), XrefEntry::Kind::compressed});
    }
    if (compressed.size() > limits::kEntries / 4) break;
  }
  if (tries > kTries || budget == 0) {
    add_finding(findings, "pdf.repair-bounded", Weight::anomaly, "not every object was looked at while repairing");
  }
  entries.insert(entries.begin(), compressed.begin(), compressed.end());
}

}  // namespace

base::Result<Chain> rebuild_chain(const ByteSource& source, std::string why) {
  Chain chain;
  chain.repaired = true;
  add_finding(chain.findings, "pdf.damaged", Weight::anomaly, "the structure is damaged: " + why);
  std::vector<XrefEntry> entries;
  std::vector<std::uint64_t> trailers;
  bool bounded = true;
  SEGELL_CHECK(find_all(source, "obj", [&](std::uint64_t word) {
    XrefEntry entry;
    if (!header_before(source, word, entry)) return;
    if (entries.size() < limits::kEntries / 4) {
      entries.push_back(entry);
    } else {
      bounded = false;
    }
  }));
  if (!bounded) return base::fail(base::Code::limit_exceeded, "pdf.limit.entries", "the file has too many objects");
  SEGELL_CHECK(find_all(source, "trailer", [&](std::uint64_t word) {
    if (trailers.size() < limits::kRevisions) trailers.push_back(word);
  }));
  Revision revision;
  revision.trailer = find_trailer(source, trailers, entries);
  if (revision.trailer.reference("Root") == nullptr) {
    return base::fail(base::Code::malformed, "pdf.unreadable", "the file is too damaged to be read: " + why);
  }
  add_compressed(source, entries, chain.findings);
  revision.end = revision.mark_end = revision.eof = source.size();
  chain.revisions.push_back(std::move(revision));
  // The last definition of a number counts.
  std::stable_sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.number < b.number; });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + 1 == entries.size() || entries[i + 1].number != entries[i].number) chain.entries.push_back(entries[i]);
  }
  return chain;
}

}  // namespace segell::signer::pdf
