#include "signer/pdf/document.h"

#include "pdf/document_state.h"
#include "pdf/sound_tail.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"

#include <algorithm>
#include <utility>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kKeptStreams = 16U << 20U;  ///< octets of decoded object streams kept at once
constexpr int kNestedLoads = 8;  ///< a length in an object stream whose length is in an object stream …

base::Failure mismatch(Ref ref) {
  return base::fail(base::Code::malformed, "pdf.xref-mismatch",
                    "the cross-reference of object " + to_string(ref) + " points at something else");
}

}  // namespace

Document::Document(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

namespace {

base::Result<void> check_source(const ByteSource& source) {
  if (source.size() > 0) return base::ok();
  return base::fail(base::Code::malformed, "pdf.empty", "the file is empty");
}

base::Failure damaged(const base::Error& why) {
  return base::fail(base::Code::malformed, "pdf.damaged", "the structure is damaged: " + why.message);
}

bool is_final(const base::Error& error) {
  return error.code != base::Code::malformed || error.reason == "pdf.not-a-pdf";
}

}  // namespace

base::Result<Document> Document::open_strict(SourcePtr source) {
  SEGELL_CHECK(check_source(*source));
  auto state = std::make_unique<State>(std::move(source));
  auto chain = read_chain(*state->source);
  if (!chain) {
    if (is_final(chain.error())) return base::fail(std::move(chain).error());
    return damaged(chain.error());
  }
  state->take(*std::move(chain));
  Document document(std::move(state));
  document.unlock();
  if (auto catalog = document.catalog(); !catalog) {
    // An encrypted catalog in an object stream is not damage.
    const auto* place = document.entry(document.root().number, document.latest());
    const bool hidden = place != nullptr && place->kind == XrefEntry::Kind::compressed && document.locked();
    if (hidden && catalog.error().code == base::Code::malformed) return document;
    if (is_final(catalog.error())) return base::fail(std::move(catalog).error());
    return damaged(catalog.error());
  }
  return document;
}

namespace {

// Where the end of the file is sound and what stands before it is damaged by itself, only that is scanned: who signed
// it so signed the damage. Damage that came later is nobody's, and leaves one revision that no signature covers.
base::Result<Chain> repair(const SourcePtr& source, const std::string& why) {
  if (auto tail = find_sound_tail(*source)) {
    const auto base = std::make_shared<PrefixSource>(source, tail->base.white_end);
    const auto alone = Document::open_strict(base);
    if (!alone && alone.error().reason == "pdf.damaged")
      if (auto scanned = rebuild_chain(*base, why)) return join_tail(*std::move(scanned), *std::move(tail));
  }
  return rebuild_chain(*source, why);
}

}  // namespace

base::Result<Document> Document::open(SourcePtr source) {
  auto strict = open_strict(source);
  if (strict || strict.error().reason != "pdf.damaged") return strict;
  auto state = std::make_unique<State>(source);
  SEGELL_TRY(auto chain, repair(source, strict.error().message));
  state->take(std::move(chain));
  Document document(std::move(state));
  document.unlock();
  if (auto catalog = document.catalog(); !catalog) {
    return base::fail(base::Code::malformed, "pdf.unreadable",
                      "the file is too damaged to be read: " + catalog.error().message);
  }
  return document;
}

const ByteSource& Document::source() const { return *m_state->file; }
const SourcePtr& Document::shared_source() const { return m_state->file; }
const std::vector<Revision>& Document::revisions() const { return m_state->chain.revisions; }
bool Document::repaired() const { return m_state->chain.repaired; }
bool Document::encrypted() const { return m_state->encrypted; }
const std::optional<base::Error>& Document::locked() const { return m_state->locked; }

// The encryption of the newest revision that has one: another one in an older revision is a change like any other.
void Document::unlock() {
  if (!encrypted()) return;
  for (RevisionIndex revision = latest() + 1; revision-- > 0;) {
    const Dictionary& trailer = revisions()[revision].trailer;
    const Object* value = trailer.find("Encrypt");
    if (value == nullptr) continue;
    if (const Ref* ref = value->as_reference()) {
      m_state->encryption = *ref;
      // nothing but the trailer leads to it, and another one makes other text of every octet that was signed
      const auto history = history_of(ref->number);
      const bool restated = std::ranges::any_of(history, [&](const XrefEntry& entry) {
        return entry.kind != history.front().kind || entry.position != history.front().position;
      });
      if (restated)
        m_state->chain.findings.push_back(
            {"pdf.encryption", Weight::anomaly, "the encryption is stated more than once, and not alike"});
    }
    const auto resolved = resolve(*value, revision);
    const Dictionary* encrypt = resolved ? resolved->as_dictionary() : nullptr;
    const auto id = get(trailer, "ID", revision);
    const Array* ids = id ? id->as_array() : nullptr;
    const String* first = ids == nullptr || ids->empty() ? nullptr : ids->front().as_string();
    auto opened = Decryption::open(encrypt == nullptr ? Dictionary() : *encrypt,
                                   first == nullptr ? std::string_view() : std::string_view(first->octets));
    if (opened)
      m_state->decryption = *std::move(opened);
    else
      m_state->locked = std::move(opened).error();
    break;
  }
  m_state->forget_objects();
}

// Block ciphers chain: what decrypts is known from the second whole block of the room on.
bool Document::encrypts_zeros(base::BytesView string, std::size_t from, Ref object) const {
  constexpr std::size_t kStep = 16, kLeast = 64;
  if (!m_state->decryption) return false;
  String encrypted;
  encrypted.octets = base::as_text(string);
  const Object decrypted = m_state->decryption->decrypt(Object(std::move(encrypted)), object);
  const std::string_view plain = decrypted.as_string()->octets;
  const std::size_t begin = (from + kStep - 1) / kStep * kStep;
  return plain.size() >= begin + kLeast && plain.find_first_not_of('\0', begin) == std::string_view::npos;
}

const std::vector<Finding>& Document::findings() const { return m_state->chain.findings; }
std::uint32_t Document::object_count() const { return object_count(latest()); }
std::uint32_t Document::object_count(RevisionIndex as_of) const { return m_state->object_counts[as_of]; }

bool Document::has_anomaly() const {
  const auto& all = findings();
  return std::any_of(all.begin(), all.end(), [](const Finding& one) { return one.weight == Weight::anomaly; });
}

std::vector<XrefEntry> Document::entries_of(RevisionIndex revision) const {
  std::vector<XrefEntry> out;
  const auto& starts = m_state->revision_starts;
  out.reserve(starts[revision + 1] - starts[revision]);
  for (std::size_t i = starts[revision]; i < starts[revision + 1]; ++i) {
    out.push_back(m_state->chain.entries[m_state->by_revision[i]]);
  }
  return out;
}

std::span<const XrefEntry> Document::all_entries() const { return m_state->chain.entries; }

std::span<const XrefEntry> Document::history_of(std::uint32_t number) const {
  const auto& entries = m_state->chain.entries;
  const auto begin = std::lower_bound(entries.begin(), entries.end(), number,
                                      [](const XrefEntry& entry, std::uint32_t n) { return entry.number < n; });
  auto end = begin;
  if (begin != entries.end() && begin->number == number) {
    end = std::upper_bound(begin, entries.end(), number,
                           [](std::uint32_t n, const XrefEntry& entry) { return n < entry.number; });
  }
  return {begin, end};
}

const XrefEntry* Document::entry(std::uint32_t number, RevisionIndex as_of) const {
  const auto history = history_of(number);
  const auto after = std::upper_bound(history.begin(), history.end(), as_of,
                                      [](RevisionIndex limit, const XrefEntry& e) { return limit < e.revision; });
  return after == history.begin() ? nullptr : &*(after - 1);
}

base::Result<Object> Document::load(Ref ref, RevisionIndex as_of) const {
  const auto* found = entry(ref.number, as_of);
  if (found == nullptr || found->kind == XrefEntry::Kind::free) return Object();
  const std::uint32_t generation = found->kind == XrefEntry::Kind::offset ? found->generation : 0;
  if (generation != ref.generation) return Object();
  return load_in(*found, as_of);
}

base::Result<Object> Document::load_entry(const XrefEntry& entry) const { return load_in(entry, entry.revision); }

base::Result<Object> Document::load_entry_in_passing(const XrefEntry& entry) const {
  return load_in(entry, entry.revision, Keep::where_there_is_room);
}

base::Result<Object> Document::load_in(const XrefEntry& entry, RevisionIndex as_of, Keep keep) const {
  if (entry.kind == XrefEntry::Kind::free) return Object();
  if (entry.kind == XrefEntry::Kind::compressed) {
    SEGELL_TRY(const auto stream, object_stream(entry, as_of));
    auto object = object_in_stream(*stream, entry.number, entry.generation);
    SEGELL_CHECK(m_state->charge_reading(object ? object->where().length : stream->text.size()));
    return object;
  }
  if (m_state->nested >= kNestedLoads) {
    return base::fail(base::Code::malformed, "pdf.stream-length", "stream lengths refer to one another without end");
  }
  const Ref expected{entry.number, entry.generation};
  if (const auto* known = m_state->known(entry.position)) {
    SEGELL_CHECK(m_state->charge_reading(known->examined));
    if (known->object.ref != expected) return mismatch(expected);
    return known->object.object;
  }
  std::uint64_t examined = 0;
  ++m_state->nested;
  auto object = parse_indirect(
      *m_state->source, entry.position,
      [&](Ref ref) -> std::optional<std::uint64_t> {
        const auto length = load(ref, as_of);
        const auto* number = length ? length->as_integer() : nullptr;
        if (number == nullptr || *number < 0) return std::nullopt;
        return static_cast<std::uint64_t>(*number);
      },
      &examined);
  --m_state->nested;
  SEGELL_CHECK(m_state->charge_reading(examined));
  if (!object) return base::fail(std::move(object).error());
  if (m_state->decryption && object->ref != m_state->encryption)
    object->object = m_state->decryption->decrypt(object->object, object->ref);
  m_state->keep(entry.position, {*object, examined}, keep);
  if (object->ref != expected) return mismatch(expected);
  return std::move(object->object);
}

base::Result<std::shared_ptr<const ObjectStream>> Document::object_stream(const XrefEntry& entry_in,
                                                                          RevisionIndex as_of) const {
  const auto* container = entry(static_cast<std::uint32_t>(entry_in.position), as_of);
  if (container == nullptr || container->kind != XrefEntry::Kind::offset) {
    return base::fail(base::Code::malformed, "pdf.object-stream",
                      "the object stream of object " + std::to_string(entry_in.number) + " is missing");
  }
  auto& streams = m_state->streams;
  if (const auto found = streams.find(container->position); found != streams.end()) return found->second;
  SEGELL_TRY(const auto object, load_in(*container, as_of));
  const auto* stream = object.as_stream();
  if (stream == nullptr || m_state->nested >= kNestedLoads) {
    return base::fail(base::Code::malformed, "pdf.object-stream", "an object stream is no stream");
  }
  ++m_state->nested;  // its filter may be named by reference, into an object stream again
  auto decoded = decode(*stream, limits::kInflatedStream);
  --m_state->nested;
  SEGELL_TRY(auto text, std::move(decoded));
  SEGELL_TRY(auto objects, read_object_stream(stream->dictionary, std::move(text)));
  if (m_state->kept + objects.text.size() > kKeptStreams) {
    streams.clear();
    m_state->kept = 0;
  }
  m_state->kept += objects.text.size();
  auto shared = std::make_shared<const ObjectStream>(std::move(objects));
  streams.emplace(container->position, shared);
  return shared;
}

base::Result<Object> Document::resolve(const Object& object, RevisionIndex as_of) const {
  const auto* ref = object.as_reference();
  if (ref == nullptr) return object;
  Ref at = *ref;
  for (std::size_t i = 0; i < limits::kReferenceChain; ++i) {
    SEGELL_TRY(auto target, load(at, as_of));
    const auto* next = target.as_reference();
    if (next == nullptr) return target;
    at = *next;
  }
  return base::fail(base::Code::malformed, "pdf.reference-chain", "references refer to references without end");
}

base::Result<Object> Document::get(const Dictionary& dictionary, std::string_view key, RevisionIndex as_of) const {
  const auto* value = dictionary.find(key);
  if (value == nullptr) return Object();
  return resolve(*value, as_of);
}

base::Result<base::Bytes> Document::text_at(const XrefEntry& entry, Range where) const {
  if (entry.kind != XrefEntry::Kind::compressed) return read_range(*m_state->source, where, limits::kObjectBytes);
  SEGELL_TRY(const auto stream, object_stream(entry, entry.revision));
  if (where.end() > stream->text.size()) {
    return base::fail(base::Code::invalid_argument, "pdf.source.range", "the range lies outside of the object stream");
  }
  return base::to_bytes(base::BytesView(stream->text).subspan(where.offset, where.length));
}

Ref Document::root(RevisionIndex as_of) const {
  const auto* ref = revisions()[as_of].trailer.reference("Root");
  return ref == nullptr ? Ref{} : *ref;
}

base::Result<Object> Document::catalog(RevisionIndex as_of) const {
  SEGELL_TRY(auto catalog, load(root(as_of), as_of));
  if (catalog.as_dictionary() == nullptr || catalog.as_stream() != nullptr) {
    return base::fail(base::Code::malformed, "pdf.no-catalog", "the file has no catalog");
  }
  return catalog;
}

base::Result<base::Bytes> Document::raw(const Stream& stream, std::size_t max_bytes) const {
  SEGELL_TRY(auto octets, read_range(*m_state->source, stream.data, max_bytes));
  if (stream.key_of.is_none() || !m_state->decryption) return octets;
  return m_state->decryption->decrypt_stream(octets, stream.key_of);
}

base::Result<base::Bytes> Document::decode(const Stream& stream, std::size_t max_bytes) const {
  const std::uint64_t left = limits::kInflatedTotal - std::min(m_state->inflated, limits::kInflatedTotal);
  const auto bound = static_cast<std::size_t>(std::min<std::uint64_t>(max_bytes, left));
  base::Bytes copy;
  auto raw_view = m_state->source->borrow(stream.data);
  if (raw_view.empty() && stream.data.length > 0) {
    SEGELL_TRY(copy, read_range(*m_state->source, stream.data, limits::kInflatedStream));
    raw_view = copy;
  }
  if (!stream.key_of.is_none() && m_state->decryption) {
    SEGELL_TRY(copy, m_state->decryption->decrypt_stream(raw_view, stream.key_of));
    raw_view = copy;
  }
  const auto indirect = [&](std::string_view key) { return stream.dictionary.reference(key) != nullptr; };
  base::Result<base::Bytes> out = base::Bytes();
  if (indirect("Filter") || indirect("DecodeParms")) {
    Dictionary direct;
    for (const std::string_view key : {"Filter", "DecodeParms"}) {
      SEGELL_TRY(auto value, get(stream.dictionary, key));
      direct.add(std::string(key), std::move(value));
    }
    out = decode_stream(direct, raw_view, bound);
  } else {
    out = decode_stream(stream.dictionary, raw_view, bound);
  }
  m_state->inflated += out                                                                   ? out->size()
                       : bound < max_bytes || out.error().code == base::Code::limit_exceeded ? bound
                                                                                             : 0;
  return out;
}

}  // namespace segell::signer::pdf
