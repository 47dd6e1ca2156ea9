#include "pdf/sound_tail.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <iterator>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kEndingWindow = 1024;  // in which the mark of the revision before must stand

/// One revision as its own section states it.
struct Part {
  Section section;
  Ending ending;
  std::uint64_t begin = 0;  ///< of the first object that it places, or of the section
};

/// The ending that closes at `end`, looked for in the octets before.
base::Result<Ending> ending_at(const ByteSource& source, std::uint64_t end) {
  const std::uint64_t count = std::min(kEndingWindow, end);
  SEGELL_TRY(const auto window, read_range(source, {end - count, count}, kEndingWindow));
  const auto at = base::as_text(window).rfind("startxref");
  if (at == std::string_view::npos) return base::fail(base::Code::malformed, "pdf.xref", "no startxref stands there");
  SEGELL_TRY(const Ending ending, read_ending(source, end - count + at));
  if (ending.white_end < end) return base::fail(base::Code::malformed, "pdf.xref", "more stands behind %%EOF");
  return ending;
}

/// Whether a section's revision is whole: it places objects in itself alone, in front of the section, and startxref and
/// %%EOF that say so follow.
bool is_whole(const ByteSource& source, Part& part) {
  const auto ending = read_ending(source, part.section.end);
  if (!ending || ending->startxref != part.section.offset || part.section.trailer.has("XRefStm")) return false;
  part.ending = *ending;
  part.begin = part.section.offset;
  for (const XrefEntry& entry : part.section.entries) {
    if (entry.kind != XrefEntry::Kind::offset) continue;
    if (entry.position > part.section.offset) return false;
    part.begin = std::min(part.begin, entry.position);
  }
  return true;
}

/// Newest first, as far back as each revision begins where the one before ends.
std::vector<Part> whole_parts(const ByteSource& source) {
  std::vector<Part> parts;
  const auto last = ending_at(source, source.size());
  if (!last) return parts;
  std::uint64_t offset = last->startxref;
  std::size_t entries = 0;
  while (parts.size() < limits::kRevisions) {
    auto section = read_section(source, offset, limits::kEntries - entries);
    if (!section) break;
    Part part;
    part.section = *std::move(section);
    entries += part.section.entries.size();
    const std::uint64_t end = parts.empty() ? source.size() : parts.back().begin;
    const Object* previous = part.section.trailer.find("Prev");
    const std::int64_t* number = previous == nullptr ? nullptr : previous->as_integer();
    if (!is_whole(source, part) || part.ending.white_end != end || number == nullptr || *number < 0) break;
    offset = static_cast<std::uint64_t>(*number);
    const bool backwards = offset < part.begin;
    parts.push_back(std::move(part));
    if (!backwards) break;
  }
  return parts;
}

}  // namespace

std::optional<SoundTail> find_sound_tail(const ByteSource& source) {
  auto parts = whole_parts(source);
  if (parts.empty()) return std::nullopt;
  SoundTail tail;
  const auto base = ending_at(source, parts.back().begin);
  if (!base || base->white_end != parts.back().begin) return std::nullopt;
  tail.base = *base;
  std::uint64_t begin = base->white_end;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    Revision revision;
    revision.begin = begin;
    revision.end = begin = part->ending.white_end;
    revision.mark_end = part->ending.end;
    revision.eof = part->ending.eof;
    revision.xref_offset = part->section.offset;
    revision.style = part->section.is_stream ? XrefStyle::stream : XrefStyle::table;
    revision.trailer = std::move(part->section.trailer);
    const auto index = static_cast<std::uint32_t>(tail.revisions.size() + 1);
    for (XrefEntry& entry : part->section.entries) {
      entry.revision = index;
      tail.entries.push_back(entry);
    }
    tail.revisions.push_back(std::move(revision));
  }
  return tail;
}

Chain join_tail(Chain base, SoundTail tail) {
  Revision& first = base.revisions.front();
  first.end = tail.base.white_end;
  first.mark_end = tail.base.end;
  first.eof = tail.base.eof;
  std::ranges::move(tail.revisions, std::back_inserter(base.revisions));
  base.entries.insert(base.entries.end(), tail.entries.begin(), tail.entries.end());
  const auto before = [](const XrefEntry& a, const XrefEntry& b) {
    return a.number != b.number ? a.number < b.number : a.revision < b.revision;
  };
  std::stable_sort(base.entries.begin(), base.entries.end(), before);
  const auto same = [](const XrefEntry& a, const XrefEntry& b) {
    return a.number == b.number && a.revision == b.revision;
  };
  base.entries.erase(std::unique(base.entries.begin(), base.entries.end(), same), base.entries.end());
  return base;
}

}  // namespace segell::signer::pdf
