#include "pdf/xref.h"

#include "pdf/lexer.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"

#include <array>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kXrefWindow = 4U << 10U;
constexpr std::size_t kEndingWindow = 64;
constexpr std::uint64_t kWhiteSpace = 1024;  ///< behind "%%EOF"
constexpr std::size_t kEntrySize = 20;

base::Failure wrong_xref(std::string_view what, std::uint64_t offset) {
  return base::fail(base::Code::malformed, "pdf.xref", std::string(what) + " at offset " + std::to_string(offset));
}
base::Failure too_many() {
  return base::fail(base::Code::limit_exceeded, "pdf.limit.entries", "the file has too many cross-reference entries");
}

/// Generations end at 65,535 (7.5.4). MuPDF gives the head of the free list 65,536, and Quartz entries in use at offset
/// 0, by which it means free ones; a free entry names no octets, so that harms nobody.
constexpr std::uint64_t kLastGeneration = 65535;
constexpr std::uint64_t kLastFreeGeneration = 99999;

/// An object at offset 0 cannot be: some writers mean "free" by it.
bool places_nothing(const XrefEntry& entry) {
  return entry.kind == XrefEntry::Kind::free || (entry.kind == XrefEntry::Kind::offset && entry.position == 0);
}

bool take_generation(std::uint64_t generation, XrefEntry& entry) {
  if (generation > (places_nothing(entry) ? kLastFreeGeneration : kLastGeneration)) return false;
  if (places_nothing(entry)) entry.kind = XrefEntry::Kind::free;
  entry.generation = static_cast<std::uint32_t>(generation);
  return true;
}

/// "nnnnnnnnnn ggggg n" and two octets of end-of-line (7.5.4).
bool read_fixed_entry(std::string_view text, XrefEntry& entry) {
  const auto digits = [&](std::size_t begin, std::size_t count, std::uint64_t& out) {
    out = 0;
    for (std::size_t i = begin; i < begin + count; ++i) {
      if (!is_digit(text[i])) return false;
      out = out * 10 + static_cast<std::uint64_t>(text[i] - '0');
    }
    return true;
  };
  std::uint64_t generation = 0;
  if (!digits(0, 10, entry.position) || !digits(11, 5, generation) || text[10] != ' ' || text[16] != ' ') return false;
  if (text[17] != 'n' && text[17] != 'f') return false;
  const bool ends = (text[18] == ' ' || text[18] == '\r') && (text[19] == '\n' || text[19] == '\r');
  if (!ends) return false;
  entry.kind = text[17] == 'n' ? XrefEntry::Kind::offset : XrefEntry::Kind::free;
  return take_generation(generation, entry);
}

/// The same in free form: writers that end lines with one octet, or pad differently.
bool read_loose_entry(Lexer& lexer, XrefEntry& entry) {
  std::uint64_t generation = 0;
  if (!lexer.number(entry.position) || !lexer.number(generation)) return false;
  const bool in_use = lexer.keyword("n");
  if (!in_use && !lexer.keyword("f")) return false;
  entry.kind = in_use ? XrefEntry::Kind::offset : XrefEntry::Kind::free;
  return take_generation(generation, entry);
}

base::Result<void> read_subsection(Lexer& lexer, std::uint64_t first, std::uint64_t count, Section& section,
                                   std::size_t max_entries) {
  if (count > 0 && first + count - 1 > limits::kObjectNumber)
    return wrong_xref("an object number is too large", lexer.offset());
  lexer.skip_white();
  for (std::uint64_t i = 0; i < count; ++i) {
    XrefEntry entry;
    entry.number = static_cast<std::uint32_t>(first + i);
    if (section.entries.size() >= max_entries) return too_many();
    const auto rest = lexer.rest(kEntrySize);
    if (rest.size() >= kEntrySize && read_fixed_entry(rest, entry)) {
      lexer.skip(kEntrySize);
    } else if (!read_loose_entry(lexer, entry)) {
      return wrong_xref("a cross-reference entry is malformed", lexer.offset());
    } else {
      lexer.skip_white();
    }
    section.entries.push_back(entry);
  }
  return base::ok();
}

/// What follows the word xref.
base::Result<Section> read_table(Lexer& lexer, std::uint64_t offset, std::size_t max_entries) {
  Section section;
  section.offset = offset;
  while (!lexer.keyword("trailer")) {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    if (!lexer.number(first) || !lexer.number(count) || first > limits::kObjectNumber || count > limits::kEntries) {
      return wrong_xref("a cross-reference subsection is malformed", lexer.offset());
    }
    SEGELL_CHECK(read_subsection(lexer, first, count, section, max_entries));
  }
  SEGELL_TRY(auto trailer, lexer.object());
  const auto* dictionary = trailer.as_dictionary();
  if (dictionary == nullptr) return wrong_xref("no trailer dictionary stands", lexer.offset());
  section.trailer = *dictionary;
  section.end = lexer.offset();
  return section;
}

struct Layout {
  std::array<std::size_t, 3> widths{};
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
};

base::Result<Layout> read_layout(const Dictionary& dictionary, std::uint64_t offset) {
  Layout layout;
  const auto* widths = dictionary.array("W");
  if (widths == nullptr || widths->size() < 3) return wrong_xref("a cross-reference stream has no /W", offset);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto* width = (*widths)[i].as_integer();
    if (width == nullptr || *width < 0 || *width > 8)
      return wrong_xref("a cross-reference stream's /W is malformed", offset);
    layout.widths[i] = static_cast<std::size_t>(*width);
  }
  const auto* size = dictionary.integer("Size");
  if (size == nullptr || *size < 0) return wrong_xref("a cross-reference stream has no /Size", offset);
  const auto* index = dictionary.array("Index");
  if (index == nullptr) {
    layout.ranges.emplace_back(0, static_cast<std::uint64_t>(*size));
    return layout;
  }
  for (std::size_t i = 0; i + 1 < index->size(); i += 2) {
    const auto* first = (*index)[i].as_integer();
    const auto* count = (*index)[i + 1].as_integer();
    if (first == nullptr || count == nullptr || *first < 0 || *count < 0 ||
        *first > static_cast<std::int64_t>(limits::kObjectNumber) ||
        *count > static_cast<std::int64_t>(limits::kEntries)) {
      return wrong_xref("a cross-reference stream's /Index is malformed", offset);
    }
    layout.ranges.emplace_back(*first, *count);
  }
  return layout;
}

base::Result<void> read_rows(const Layout& layout, base::BytesView rows, Section& section, std::size_t max_entries) {
  const std::size_t row = layout.widths[0] + layout.widths[1] + layout.widths[2];
  if (row == 0) return wrong_xref("a cross-reference stream's rows are empty", section.offset);
  std::size_t at = 0;
  const auto field = [&](std::size_t which, std::uint64_t absent) {
    if (layout.widths[which] == 0) return absent;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < layout.widths[which]; ++i)
      value = value << 8U | std::to_integer<std::uint64_t>(rows[at++]);
    return value;
  };
  for (const auto& [first, count] : layout.ranges) {
    for (std::uint64_t i = 0; i < count; ++i) {
      if (at + row > rows.size()) return wrong_xref("a cross-reference stream is too short", section.offset);
      if (section.entries.size() >= max_entries) return too_many();
      if (first + i > limits::kObjectNumber) return wrong_xref("an object number is too large", section.offset);
      XrefEntry entry;
      entry.number = static_cast<std::uint32_t>(first + i);
      const std::uint64_t type = field(0, 1);
      entry.position = field(1, 0);
      const std::uint64_t third = field(2, 0);
      // A type of the future reads as null (7.5.8.3).
      entry.kind = type == 1   ? XrefEntry::Kind::offset
                   : type == 2 ? XrefEntry::Kind::compressed
                               : XrefEntry::Kind::free;
      if (places_nothing(entry)) entry.kind = XrefEntry::Kind::free;
      const std::uint64_t most = type == 2 ? limits::kObjectNumber : kLastGeneration;
      if (entry.kind != XrefEntry::Kind::free && third > most)
        return wrong_xref("a cross-reference entry is malformed", section.offset);
      entry.generation = static_cast<std::uint32_t>(third & 0xFFFFFFFF);
      if (type == 2 && entry.position > limits::kObjectNumber)
        return wrong_xref("an object number is too large", section.offset);
      section.entries.push_back(entry);
    }
  }
  return base::ok();
}

base::Result<Section> read_stream_section(const ByteSource& source, std::uint64_t offset, std::size_t max_entries) {
  SEGELL_TRY(const auto object, parse_indirect(source, offset, {}));
  const auto* stream = object.object.as_stream();
  if (stream == nullptr || !stream->dictionary.is_name("Type", "XRef")) {
    return wrong_xref("no cross-reference section stands", offset);
  }
  Section section;
  section.offset = offset;
  section.end = object.where.end();
  section.is_stream = true;
  SEGELL_TRY(const auto layout, read_layout(stream->dictionary, offset));
  SEGELL_TRY(const auto raw, read_range(source, stream->data, limits::kInflatedStream));
  SEGELL_TRY(const auto rows, decode_stream(stream->dictionary, raw, limits::kInflatedStream));
  SEGELL_CHECK(read_rows(layout, rows, section, max_entries));
  section.trailer = stream->dictionary;
  return section;
}

}  // namespace

base::Result<Section> read_section(const ByteSource& source, std::uint64_t offset, std::size_t max_entries) {
  if (offset >= source.size()) return wrong_xref("a cross-reference section would stand behind the end", offset);
  // A table may be longer than any object: its entries are counted, not its octets.
  Lexer lexer(source, offset, kXrefWindow, source.size());
  lexer.skip_white();
  const std::uint64_t start = lexer.offset();
  if (!lexer.keyword("xref")) return read_stream_section(source, start, max_entries);
  return read_table(lexer, offset, max_entries);
}

base::Result<Ending> read_ending(const ByteSource& source, std::uint64_t offset) {
  Lexer lexer(source, offset, kEndingWindow, limits::kObjectBytes);
  Ending ending;
  const bool named = lexer.keyword("startxref");
  // no comment: some readers stop at it and look for objects by themselves
  while (named && !lexer.rest(1).empty() && is_white(lexer.rest(1).front())) lexer.skip(1);
  if (!named || lexer.rest(1).empty() || !is_digit(lexer.rest(1).front()) || !lexer.number(ending.startxref)) {
    return wrong_xref("no startxref follows the cross-reference section", offset);
  }
  while (!lexer.rest(1).empty() && is_white(lexer.rest(1).front())) lexer.skip(1);
  if (!lexer.rest(5).starts_with("%%EOF")) return wrong_xref("no %%EOF follows startxref", lexer.offset());
  lexer.skip(5);
  ending.eof = lexer.offset();
  const auto rest = lexer.rest(2);
  ending.end = ending.eof + (rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') || rest.starts_with('\r') ? 1 : 0);
  while (!lexer.rest(1).empty() && is_white(lexer.rest(1).front()) && lexer.offset() < ending.eof + kWhiteSpace)
    lexer.skip(1);
  ending.white_end = std::max(ending.end, lexer.offset());
  return ending;
}

void add_finding(std::vector<Finding>& findings, std::string_view id, Weight weight, std::string words) {
  if (findings.size() < limits::kFindings) findings.push_back({id, weight, std::move(words)});
}

}  // namespace segell::signer::pdf
