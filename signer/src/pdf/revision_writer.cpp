#include "signer/pdf/revision_writer.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "pdf/splice.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/parser.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kLargestOffset = 9'999'999'999;  ///< ten digits of a cross-reference table

struct Written {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;
  std::uint64_t offset = 0;
};

/// Changed text of an object of the base, not written yet.
struct Edit {
  std::uint32_t generation = 0;
  std::string text;
};

void append_number(std::string& out, std::uint64_t value, std::size_t width) {
  const auto digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_big_endian(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = width; i > 0; --i) out.push_back(static_cast<char>(value >> (8 * (i - 1)) & 0xFFU));
}

/// First index of each run of consecutive numbers, and one past the end.
std::vector<std::size_t> runs_of(const std::vector<Written>& entries) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == 0 || entries[i].number != entries[i - 1].number + 1) starts.push_back(i);
  }
  starts.push_back(entries.size());
  return starts;
}

}  // namespace

struct RevisionWriter::State {
  const Document* base = nullptr;
  std::uint64_t base_length = 0;
  std::uint32_t next = 0;
  std::size_t reserved = 0;  ///< numbers given out and not yet defined
  std::string out;
  std::vector<Written> written;
  std::map<std::uint32_t, Edit> edits;

  std::uint64_t begin_object(Ref ref) {
    written.push_back({ref.number, ref.generation, base_length + out.size()});
    out += to_string(ref) + " obj\n";
    return base_length + out.size();
  }
  base::Result<Edit*> edit_of(Ref ref);
  std::string trailer_entries(std::uint32_t size) const;
  std::string id_entry() const;
  void write_table();
  void write_stream();
};

RevisionWriter::RevisionWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
RevisionWriter::~RevisionWriter() = default;
RevisionWriter::RevisionWriter(RevisionWriter&&) noexcept = default;
RevisionWriter& RevisionWriter::operator=(RevisionWriter&&) noexcept = default;

base::Result<RevisionWriter> RevisionWriter::begin(const Document& base) {
  const auto refuse = [](std::string_view reason, std::string message) {
    return base::fail(base::Code::conflict, reason, std::move(message));
  };
  if (base.repaired()) return refuse("pdf.repaired", "the document is damaged and is not extended");
  if (base.encrypted()) return refuse("pdf.encrypted", "the document is encrypted and is not extended");
  if (base.has_anomaly()) {
    const auto& all = base.findings();
    const auto found =
        std::find_if(all.begin(), all.end(), [](const Finding& one) { return one.weight == Weight::anomaly; });
    return refuse("pdf.anomalous", "the document's structure is not sound: " + found->words);
  }
  auto state = std::make_unique<State>();
  state->base = &base;
  state->base_length = base.length();
  state->next = base.object_count();
  const auto* size = base.revisions().back().trailer.integer("Size");
  if (size != nullptr && *size > 0 && *size <= static_cast<std::int64_t>(limits::kObjectNumber)) {
    state->next = std::max(state->next, static_cast<std::uint32_t>(*size));
  }
  std::byte last{};
  SEGELL_CHECK(base.source().read(state->base_length - 1, {&last, 1}));
  if (last != std::byte{'\n'} && last != std::byte{'\r'}) state->out = "\n";
  return RevisionWriter(std::move(state));
}

const Document& RevisionWriter::base() const { return *m_state->base; }

Ref RevisionWriter::reserve() {
  ++m_state->reserved;
  return {m_state->next++, 0};
}

std::uint64_t RevisionWriter::define(Ref ref, std::string_view body) {
  --m_state->reserved;
  const std::uint64_t begin = m_state->begin_object(ref);
  m_state->out += body;
  m_state->out += "\nendobj\n";
  return begin;
}

void RevisionWriter::define_stream(Ref ref, std::string_view entries, base::BytesView data) {
  --m_state->reserved;
  m_state->begin_object(ref);
  auto& out = m_state->out;
  out += "<<";
  out += entries;
  out += "/Length " + std::to_string(data.size()) + ">>\nstream\n";
  out += base::as_text(data);
  out += "\nendstream\nendobj\n";
}

Ref RevisionWriter::add(std::string_view body) {
  const Ref ref = reserve();
  define(ref, body);
  return ref;
}

Ref RevisionWriter::add_stream(std::string_view entries, base::BytesView data) {
  const Ref ref = reserve();
  define_stream(ref, entries, data);
  return ref;
}

base::Result<Edit*> RevisionWriter::State::edit_of(Ref ref) {
  if (const auto found = edits.find(ref.number); found != edits.end()) return &found->second;
  const auto* entry = base->entry(ref.number, base->latest());
  SEGELL_TRY(const auto object, base->load(ref));
  if (entry == nullptr || object.is_null() || object.as_stream() != nullptr) {
    return base::fail(base::Code::malformed, "pdf.not-a-dictionary", "an object to be changed is missing or a stream");
  }
  SEGELL_TRY(const auto text, base->text_at(*entry, object.where()));
  return &edits.emplace(ref.number, Edit{ref.generation, base::to_text(text)}).first->second;
}

base::Result<void> RevisionWriter::set_key(Ref ref, std::string_view key, std::string_view value) {
  SEGELL_TRY(auto* edit, m_state->edit_of(ref));
  SEGELL_TRY(edit->text, with_key(edit->text, key, value));
  return base::ok();
}

base::Result<void> RevisionWriter::append_to_array(Ref ref, std::string_view key, std::string_view values) {
  SEGELL_TRY(auto* edit, m_state->edit_of(ref));
  std::size_t used = 0;
  SEGELL_TRY(const auto object, parse_object(base::as_bytes(edit->text), 0, used));
  const auto* dictionary = object.as_dictionary();
  if (dictionary == nullptr) {
    return base::fail(base::Code::malformed, "pdf.not-a-dictionary", "an object to be changed is no dictionary");
  }
  const auto* array = dictionary->find(key);
  if (array != nullptr && array->as_reference() != nullptr) {
    const Ref target = *array->as_reference();
    SEGELL_TRY(const auto held, m_state->base->load(target));
    if (!held.is_null()) return append_items(target, values);
    array = nullptr;
  }
  if (array == nullptr) {
    SEGELL_TRY(edit->text, with_key(edit->text, key, "[" + std::string(values) + "]"));
    return base::ok();
  }
  const auto where = array->where();
  auto inner = edit->text.substr(static_cast<std::size_t>(where.offset), static_cast<std::size_t>(where.length));
  SEGELL_TRY(const auto extended, with_items(std::move(inner), values));
  SEGELL_TRY(edit->text, with_key(edit->text, key, extended));
  return base::ok();
}

base::Result<void> RevisionWriter::append_items(Ref array, std::string_view values) {
  SEGELL_TRY(auto* edit, m_state->edit_of(array));
  SEGELL_TRY(edit->text, with_items(edit->text, values));
  return base::ok();
}

base::Result<std::string> RevisionWriter::text_of(Ref ref) const {
  SEGELL_TRY(const auto* edit, m_state->edit_of(ref));
  return edit->text;
}

/// The first identifier stays for ever, the second names this revision (ISO 32000-1, 14.4).
std::string RevisionWriter::State::id_entry() const {
  const auto& trailer = base->revisions().back().trailer;
  const auto value = base->get(trailer, "ID");
  const auto* list = value ? value->as_array() : nullptr;
  if (list == nullptr || list->size() < 2) return {};
  const auto* first = (*list)[0].as_string();
  const auto* second = (*list)[1].as_string();
  if (first == nullptr || second == nullptr) return {};
  constexpr std::size_t kEnds = 1024;  // both ends of the revision tell it from any other
  base::Hasher hasher(base::HashAlgorithm::sha256);
  hasher.update(base::as_bytes(second->octets));
  hasher.update(base::as_bytes(std::to_string(base_length)));
  hasher.update(base::as_bytes(std::string_view(out).substr(0, kEnds)));
  hasher.update(base::as_bytes(std::string_view(out).substr(out.size() - std::min(out.size(), kEnds))));
  const auto digest = hasher.finish_sha256();
  return "/ID[<" + base::to_hex(base::as_bytes(first->octets)) + "><" +
         base::to_hex(base::BytesView(digest).first(16)) + ">]";
}

std::string RevisionWriter::State::trailer_entries(std::uint32_t size) const {
  const auto& last = base->revisions().back();
  std::string out_entries = "/Size " + std::to_string(size) + "/Prev " + std::to_string(last.xref_offset);
  for (const std::string_view key : {"Root", "Info"}) {
    const auto* ref = last.trailer.reference(key);
    if (ref != nullptr) out_entries += "/" + std::string(key) + " " + to_string(*ref) + " R";
  }
  return out_entries + id_entry();
}

void RevisionWriter::State::write_table() {
  const std::uint64_t start = base_length + out.size();
  const auto entries = trailer_entries(next);
  out += "xref\n";
  const auto starts = runs_of(written);
  for (std::size_t run = 0; run + 1 < starts.size(); ++run) {
    out += std::to_string(written[starts[run]].number) + " " + std::to_string(starts[run + 1] - starts[run]) + "\n";
    for (std::size_t i = starts[run]; i < starts[run + 1]; ++i) {
      append_number(out, written[i].offset, 10);
      out.push_back(' ');
      append_number(out, written[i].generation, 5);
      out += " n \n";
    }
  }
  out += "trailer\n<<" + entries + ">>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
}

void RevisionWriter::State::write_stream() {
  const std::uint64_t start = base_length + out.size();
  const Ref self{next++, 0};
  written.push_back({self.number, 0, start});
  const std::size_t width = start > 0xFFFFFFFF ? 8 : 4;
  std::string rows;
  std::string index;
  const auto starts = runs_of(written);
  for (std::size_t run = 0; run + 1 < starts.size(); ++run) {
    index += (run == 0 ? "" : " ") + std::to_string(written[starts[run]].number) + " " +
             std::to_string(starts[run + 1] - starts[run]);
    for (std::size_t i = starts[run]; i < starts[run + 1]; ++i) {
      rows.push_back('\1');
      append_big_endian(rows, written[i].offset, width);
      append_big_endian(rows, written[i].generation, 2);
    }
  }
  const auto entries = trailer_entries(next);
  out += to_string(self) + " obj\n<</Type/XRef/W[1 " + std::to_string(width) + " 2]/Index[" + index + "]" + entries +
         "/Length " + std::to_string(rows.size()) + ">>\nstream\n" + rows + "\nendstream\nendobj\nstartxref\n" +
         std::to_string(start) + "\n%%EOF\n";
}

base::Result<AppendedRevision> RevisionWriter::finish() && {
  if (m_state->reserved != 0) {
    return base::fail(base::Code::internal, "pdf.undefined-object", "an object was reserved and not defined");
  }
  for (const auto& [number, edit] : m_state->edits) {
    m_state->begin_object({number, edit.generation});
    m_state->out += edit.text + "\nendobj\n";
  }
  if (m_state->next > limits::kObjectNumber || m_state->base_length + m_state->out.size() > kLargestOffset) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.size", "the document is too large to be extended");
  }
  std::sort(m_state->written.begin(), m_state->written.end(),
            [](const Written& a, const Written& b) { return a.number < b.number; });
  if (m_state->base->revisions().back().style == XrefStyle::stream) {
    m_state->write_stream();
  } else {
    m_state->write_table();
  }
  return AppendedRevision{base::to_bytes(std::string_view(m_state->out)), m_state->base_length};
}

}  // namespace segell::signer::pdf
