#include "signer/pdf/signatures.h"

#include "pdf/histories.h"
#include "pdf/signature_references.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/parser.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kMaxManifest = 64U << 10U;
constexpr std::uint64_t kSearchBack = 64U << 10U;
constexpr std::uint64_t kLookedAt = 64U << 10U;

void judge_byte_range(const Document& document, Signature& signature) {
  const auto fault = [&](std::string words) { signature.faults.push_back({"pdf.byte-range", std::move(words)}); };
  // by reference it could become another one later
  const Array* numbers = signature.dictionary.array("ByteRange");
  if (numbers == nullptr || numbers->size() != 4) return fault("/ByteRange is not four numbers");
  ByteRange range{};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::int64_t* number = (*numbers)[i].as_integer();
    if (number == nullptr || *number < 0) return fault("/ByteRange is not four numbers from zero up");
    range[i] = static_cast<std::uint64_t>(*number);
  }
  signature.byte_range = range;
  const auto& [start, first, second, rest] = range;
  if (start != 0) fault("the signed octets do not begin at the start of the file");
  if (second < first) fault("the signed ranges overlap");
  if (second > document.length() || rest > document.length() - second) fault("the signed octets end beyond the file");
}

void judge_contents(const Dictionary& dictionary, Signature& signature) {
  const auto fault = [&](std::string words) { signature.faults.push_back({"pdf.contents", std::move(words)}); };
  if (dictionary.has_duplicate_keys()) fault("the signature dictionary has a key twice");
  const Object* contents = dictionary.find("Contents");
  const String* text = contents == nullptr ? nullptr : contents->as_string();
  if (text == nullptr) return fault("/Contents is missing or not a string");
  signature.gap = contents->where();
  signature.contents = base::to_bytes(base::as_bytes(text->octets));
  if (!text->hex) return fault("/Contents is not written in hexadecimal");
  const bool hollow = std::ranges::all_of(signature.contents, [](std::byte octet) { return octet == std::byte{0}; });
  if (hollow) return fault("/Contents is empty");
  if (!signature.byte_range || !signature.faults.empty()) return;
  const auto& [start, first, second, rest] = *signature.byte_range;
  if (signature.gap.offset != first || signature.gap.end() != second)
    signature.faults.push_back({"pdf.byte-range-gap", "what is not signed is more or less than /Contents"});
  else if (text->spaced)
    signature.faults.push_back({"pdf.byte-range-gap", "what is not signed holds more than hexadecimal digits"});
}

// A copy without the octets of /Contents, which are kept decoded and once.
Dictionary without_contents(const Dictionary& dictionary) {
  Dictionary out;
  for (const DictionaryEntry& entry : dictionary.entries())
    if (entry.key != "Contents" || entry.value.as_string() == nullptr) out.add(entry.key, entry.value);
  return out;
}

void find_covered(const Document& document, Signature& signature) {
  if (!signature.byte_range) return;
  const std::uint64_t end = signature.covered_end();
  const auto& revisions = document.revisions();
  const auto at = std::lower_bound(revisions.begin(), revisions.end(), end,
                                   [](const Revision& revision, std::uint64_t place) { return revision.end < place; });
  if (at != revisions.end() && end >= at->eof && end <= at->end)
    signature.covers = static_cast<RevisionIndex>(at - revisions.begin());
}

// Filespec → /EF → /F (ISO 32000-1, 7.11.4).
void read_manifest(const Document& document, Signature& signature) {
  const RevisionIndex as_of = signature.revision;
  const auto specification = document.get(signature.dictionary, "SGLL_Manifest", as_of);
  if (!specification || specification->as_dictionary() == nullptr) return;
  const auto files = document.get(*specification->as_dictionary(), "EF", as_of);
  if (!files || files->as_dictionary() == nullptr) return;
  const auto file = document.get(*files->as_dictionary(), "F", as_of);
  if (!file || file->as_stream() == nullptr) return;
  auto octets = document.decode(*file->as_stream(), kMaxManifest);
  // unreadable octets are still a manifest: an empty one, which nobody accepts
  signature.manifest = octets ? *std::move(octets) : base::Bytes();
}

std::string text_entry(const Dictionary& dictionary, std::string_view key) {
  const Object* value = dictionary.find(key);
  return value != nullptr && value->as_string() != nullptr ? text_of(*value->as_string()) : std::string();
}

Signature read_signature(const Document& document, const Dictionary& dictionary, Ref ref, RevisionIndex revision) {
  Signature signature;
  signature.dictionary = without_contents(dictionary);
  signature.ref = ref;
  signature.revision = revision;
  if (const std::string* name = signature.dictionary.name("Filter")) signature.filter = *name;
  if (const std::string* name = signature.dictionary.name("SubFilter")) signature.sub_filter = *name;
  signature.document_timestamp = signature.sub_filter == "ETSI.RFC3161";
  if (const std::string* time = signature.dictionary.string("M")) signature.claimed_time = *time;
  signature.reason = text_entry(signature.dictionary, "Reason");
  signature.name = text_entry(signature.dictionary, "Name");
  signature.location = text_entry(signature.dictionary, "Location");
  judge_byte_range(document, signature);
  judge_contents(dictionary, signature);
  find_covered(document, signature);
  read_references(document, signature);
  read_manifest(document, signature);
  return signature;
}

// A key with two values, of which readers take one or the other. TCPDF writes the mode of its caller and that of a
// document with bookmarks: panels beside the pages, no more.
std::optional<std::string> contradictory_key(const Dictionary& dictionary) {
  for (const std::string& key : dictionary.contradictory_keys()) {
    const bool panels = key == "PageMode" && dictionary.is_name("Type", "Catalog");
    const auto is_mode = [&](const auto& entry) { return entry.key != key || entry.value.as_name() != nullptr; };
    if (!panels || !std::ranges::all_of(dictionary.entries(), is_mode)) return key;
  }
  return std::nullopt;
}

// What an object holds that matters here, among its direct values and itself.
struct Contained {
  std::vector<const Object*> signatures;         ///< dictionaries with a /ByteRange
  std::optional<std::string> contradictory_key;  ///< of the first dictionary that has one
};

void collect(const Object& object, Contained& out, std::size_t depth = 0) {
  if (depth > limits::kDepth) return;
  if (const Array* items = object.as_array()) {
    for (const Object& item : *items)
      if (item.as_reference() == nullptr) collect(item, out, depth + 1);
    return;
  }
  const Dictionary* dictionary = object.as_dictionary();
  if (dictionary == nullptr) return;
  if (dictionary->has("ByteRange")) out.signatures.push_back(&object);
  if (!out.contradictory_key) out.contradictory_key = contradictory_key(*dictionary);
  for (const DictionaryEntry& entry : dictionary->entries()) collect(entry.value, out, depth + 1);
}

// How many objects have one fault, and the first of them.
class Fault {
 public:
  void note(std::string where, std::string_view what) {
    if (m_count++ == 0) m_first = std::move(where) + ": " + std::string(what);
  }
  void report(std::string_view id, std::string_view words, std::vector<Finding>& findings) const {
    if (m_count == 0) return;
    std::string told(words);
    told += ": " + m_first;
    if (m_count > 1) told += ", and " + std::to_string(m_count - 1) + " more";
    findings.push_back({id, Weight::anomaly, std::move(told)});
  }

 private:
  std::size_t m_count = 0;
  std::string m_first;
};

class Finder {
 public:
  explicit Finder(const Document& document) : m_document(document) {}

  base::Result<void> known_objects() {
    for (const Revision& revision : m_document.revisions())
      if (const auto key = contradictory_key(revision.trailer)) m_contradictions.note("a trailer", "/" + *key);
    return each_history(m_document, [&](std::span<const XrefEntry> history) -> base::Result<void> {
      m_object_begin = m_found.size();
      for (const XrefEntry& entry : history) SEGELL_CHECK(entry_object(entry));
      if (history.size() > 1 && m_found.size() > m_object_begin) mark_redefined(history);
      return base::ok();
    });
  }

  base::Result<void> unknown_places(const Sweep& sweep) {
    for (const std::uint64_t place : sweep.byte_range_offsets()) SEGELL_CHECK(unknown_place(place));
    return base::ok();
  }

  void hold_by_fields() {
    const auto form = read_form(m_document);
    if (!form) return;
    std::unordered_multimap<std::uint32_t, std::size_t> by_number;
    for (std::size_t i = 0; i < m_found.size(); ++i)
      if (!m_found[i].ref.is_none()) by_number.emplace(m_found[i].ref.number, i);
    for (const Field& field : form->fields) {
      const Ref* value = field.value.as_reference();
      if (value == nullptr && field.value.as_dictionary() == nullptr) continue;
      const Ref holder = value != nullptr ? *value : field.ref;
      const auto [first, last] = by_number.equal_range(holder.number);
      for (auto at = first; at != last; ++at)
        if (m_found[at->second].ref == holder) hold(m_found[at->second], field);
    }
  }

  void report(std::vector<Finding>& findings) const {
    m_contradictions.report("pdf.duplicate-key", "a key is written twice with different values", findings);
    // what an encrypted file packs cannot be unpacked without its key
    if (!m_document.encrypted()) m_unread.report("pdf.object-unreadable", "an object cannot be read", findings);
  }

  std::vector<Signature> take() {
    std::stable_sort(m_found.begin(), m_found.end(), [](const Signature& a, const Signature& b) {
      return std::pair(a.revision, a.offset) < std::pair(b.revision, b.offset);
    });
    return std::move(m_found);
  }

 private:
  static void hold(Signature& signature, const Field& field) {
    signature.usage_rights = false;
    if (!field.is_signature()) {
      signature.misplaced = true;
      return;
    }
    signature.reachable = true;
    ++signature.field_count;
    if (signature.field.empty()) signature.field = field.name;
    if (!signature.lock) signature.lock = field.lock;
  }

  // The signature of the same object, from an earlier revision, that one states again word for word: an object that
  // holds one among other things (a catalog its usage rights, a field its value) is written anew for the others' sake.
  // An honest object holds few.
  Signature* restated(const Signature& again, std::size_t held) {
    constexpr std::size_t kFew = 8;
    if (held > kFew || again.ref.is_none()) return nullptr;
    const auto same = [&](const Signature& one) {
      return one.revision < again.revision && one.byte_range == again.byte_range && one.contents == again.contents &&
             one.dictionary == again.dictionary;
    };
    const auto found = std::find_if(m_found.begin() + static_cast<std::ptrdiff_t>(m_object_begin), m_found.end(), same);
    return found == m_found.end() ? nullptr : &*found;
  }

  // `place`: where an entry points to the holder in the file; none for another one
  base::Result<void> add(const Object& holder, Ref ref, RevisionIndex revision, std::optional<std::uint64_t> place,
                         bool compressed = false) {
    Contained found;
    collect(holder, found);
    if (found.contradictory_key) m_contradictions.note("object " + to_string(ref), "/" + *found.contradictory_key);
    for (const Object* object : found.signatures) {
      if (m_found.size() >= limits::kSignatures)
        return base::fail(base::Code::limit_exceeded, "pdf.limit.signatures", "the document has too many signatures");
      Signature signature = read_signature(m_document, *object->as_dictionary(), ref, revision);
      signature.offset = object->where().offset;
      signature.in_object_stream = compressed;
      if (place) signature.object = {*place, holder.where().end() - *place};
      if (object != &holder && !compressed) {
        if (const Signature* first = restated(signature, found.signatures.size())) {
          m_held[first->offset] = revision;
          continue;
        }
        m_held[signature.offset] = revision;
      }
      m_found.push_back(std::move(signature));
    }
    return base::ok();
  }

  base::Result<void> entry_object(const XrefEntry& entry) {
    if (entry.kind == XrefEntry::Kind::free) return base::ok();
    const bool compressed = entry.kind == XrefEntry::Kind::compressed;
    // a hostile file may name one place in every revision: each is looked at once
    if (!m_seen
             .insert({compressed ? entry.position << 1 | 1U : entry.position << 1, compressed ? entry.generation : 0U})
             .second)
      return base::ok();
    const auto object = m_document.load_entry_in_passing(entry);
    if (!object && object.error().code == base::Code::io) return base::fail(object.error());
    if (!object) {
      m_unread.note("object " + std::to_string(entry.number), object.error().message);
      return compressed ? base::ok() : unreadable_object(entry);
    }
    if (compressed) return add(*object, {entry.number, 0}, entry.revision, std::nullopt, true);
    return add(*object, {entry.number, entry.generation}, entry.revision, entry.position);
  }

  // An object that cannot be read and looks like a signature is a broken signature, never none.
  base::Result<void> unreadable_object(const XrefEntry& entry) {
    if (entry.position >= m_document.length()) return base::ok();
    const std::uint64_t rest = m_document.length() - entry.position;
    SEGELL_TRY(const auto octets,
               read_range(m_document.source(), {entry.position, std::min(rest, kLookedAt)}, kLookedAt));
    const std::string_view text = base::as_text(octets);
    const std::string_view object = text.substr(0, text.find("endobj"));
    if (object.find("ByteRange") == std::string_view::npos) return base::ok();
    m_unreadable.push_back({entry.position, object.size()});
    add_broken(entry.position, {entry.number, entry.generation}, entry.revision);
    return base::ok();
  }

  void add_broken(std::uint64_t offset, Ref ref, RevisionIndex revision) {
    Signature broken;
    broken.offset = offset;
    broken.ref = ref;
    broken.revision = revision;
    broken.faults.push_back({"pdf.byte-range", "a /ByteRange stands in octets that cannot be read"});
    m_found.push_back(std::move(broken));
  }

  // Of the signatures found in this history: whether a later entry means another value. Each entry is compared with the
  // next one only, from the newest back. What an object holds among other things must be held by its last entry too.
  void mark_redefined(std::span<const XrefEntry> history) {
    std::size_t changed_in = 0;  // the last revision that changed the object's value
    base::Result<Object> next = m_document.load_entry(history.back());
    for (std::size_t i = history.size() - 1; i > 0 && changed_in == 0; --i) {
      base::Result<Object> object = m_document.load_entry(history[i - 1]);
      if (!object || !next || !(*object == *next)) changed_in = history[i].revision;
      next = std::move(object);
    }
    for (std::size_t i = m_object_begin; i < m_found.size(); ++i) {
      Signature& signature = m_found[i];
      const auto held = m_held.find(signature.offset);
      const bool among_others = held != m_held.end();
      // who signs with another program may take a viewer's rights out
      const bool stands = among_others && (held->second >= changed_in || signature.usage_rights);
      signature.redefined = signature.revision < changed_in && !stands;
    }
  }

  // Octets that no cross-reference leads to: the object around the key is read if it can be, and counts either way.
  base::Result<void> unknown_place(std::uint64_t place) {
    const auto counted = [place](Range range) { return place >= range.offset && place < range.end(); };
    if (std::ranges::any_of(m_unreadable, counted)) return base::ok();
    const std::uint64_t from = place > kSearchBack ? place - kSearchBack : 0;
    SEGELL_TRY(const auto before, read_range(m_document.source(), {from, place - from}, kSearchBack));
    const std::string_view text = base::as_text(before);
    for (std::size_t at = text.rfind(" obj"); at != std::string_view::npos && at > 0; at = text.rfind(" obj", at - 1)) {
      const std::size_t number = text.find_last_not_of("0123456789 ", at - 1);
      const auto object =
          parse_indirect(m_document.source(), from + (number == std::string_view::npos ? 0 : number + 1), {});
      if (!object || object->where.end() < place) break;
      return add(object->object, {}, revision_at(place), std::nullopt);
    }
    add_broken(place, {}, revision_at(place));
    return base::ok();
  }

  [[nodiscard]] RevisionIndex revision_at(std::uint64_t place) const {
    const auto& revisions = m_document.revisions();
    for (RevisionIndex i = 0; i < revisions.size(); ++i)
      if (place < revisions[i].end) return i;
    return m_document.latest();
  }

  const Document& m_document;
  std::vector<Signature> m_found;
  std::size_t m_object_begin = 0;                           // the first one of the object that is being looked at
  std::unordered_map<std::uint64_t, RevisionIndex> m_held;  // by offset: the last revision whose object holds one among
                                                            // other things
  std::vector<Range> m_unreadable;                          // objects that count as broken signatures already
  Fault m_contradictions, m_unread;
  std::set<std::pair<std::uint64_t, std::uint32_t>> m_seen;
};

}  // namespace

std::uint64_t Signature::covered_end() const { return byte_range ? (*byte_range)[2] + (*byte_range)[3] : 0; }

base::Result<std::vector<Signature>> find_signatures(const Document& document, const Sweep* sweep,
                                                     std::vector<Finding>* findings) {
  Finder finder(document);
  SEGELL_CHECK(finder.known_objects());
  if (sweep != nullptr) SEGELL_CHECK(finder.unknown_places(*sweep));
  finder.hold_by_fields();
  if (findings != nullptr) finder.report(*findings);
  return finder.take();
}

}  // namespace segell::signer::pdf
