#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// note: legal, worth naming. anomaly: the structure is not what an honest writer makes: never shown for signing, never
/// a clean pass.
enum class Weight { note, anomaly };

/// One observation about a file's structure. `id` is stable and dotted ("pdf.trailing-bytes"); `words` are English.
struct Finding {
  std::string_view id;
  Weight weight = Weight::note;
  std::string words;
};

struct ObjectStream;

/// Index of a revision, 0 = the oldest.
using RevisionIndex = std::size_t;

/// How a revision's cross-reference section is written.
enum class XrefStyle { table, stream, hybrid };

/// One cross-reference entry as a revision states it.
struct XrefEntry {
  enum class Kind : std::uint8_t { free, offset, compressed };
  std::uint32_t number = 0;
  std::uint32_t revision = 0;
  std::uint64_t position = 0;    ///< offset: where "N G obj" stands; compressed: number of the object stream
  std::uint32_t generation = 0;  ///< offset, free: generation; compressed: index in the object stream
  Kind kind = Kind::free;
  /// What the table of a hybrid file says of an entry that its stream states (7.5.8.4).
  enum class InTable : std::uint8_t { same, freed, absent };
  InTable in_table = InTable::same;
};

/// One revision: what one incremental save added.
struct Revision {
  std::uint64_t begin = 0;        ///< end of the revision before, 0 for the first
  std::uint64_t end = 0;          ///< behind "%%EOF" and all the white space that follows it
  std::uint64_t mark_end = 0;     ///< behind "%%EOF" and its end-of-line: what may follow without being signed
  std::uint64_t eof = 0;          ///< directly behind the "F" of "%%EOF"
  std::uint64_t xref_offset = 0;  ///< what startxref says
  XrefStyle style = XrefStyle::table;
  bool linearized = false;  ///< first-page and main section together
  Dictionary trailer;       ///< for a stream, the stream dictionary
};

/// A PDF as its list of revisions; objects are read on demand. Every method is bounded by limits.h. Not safe for use by
/// several threads at once (it keeps decoded object streams); moving is cheap.
class Document {
 public:
  /// Reads the chain of revisions from the last startxref. A file that the strict reader cannot follow is scanned for
  /// "N G obj" instead and marked repaired(); only when that finds no catalog either is it an error. Errors: malformed
  /// "pdf.not-a-pdf", "pdf.empty", "pdf.unreadable"; limit_exceeded "pdf.limit.…"; those of the source.
  static base::Result<Document> open(SourcePtr source);
  /// Never repairs: what repaired() would mark is an error, malformed "pdf.damaged".
  static base::Result<Document> open_strict(SourcePtr source);

  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  [[nodiscard]] const ByteSource& source() const;
  [[nodiscard]] const SourcePtr& shared_source() const;
  [[nodiscard]] std::uint64_t length() const { return source().size(); }

  [[nodiscard]] const std::vector<Revision>& revisions() const;
  [[nodiscard]] RevisionIndex latest() const { return revisions().size() - 1; }
  [[nodiscard]] bool repaired() const;
  /// /Encrypt in any trailer. A file that opens with the empty user password is read as what it means; text_at() gives
  /// its octets as they stand.
  [[nodiscard]] bool encrypted() const;
  /// Why its strings and streams cannot be read: it needs a password, or is encrypted in a way that is not known here.
  /// Nothing of a file that is not encrypted, or that opens.
  [[nodiscard]] const std::optional<base::Error>& locked() const;
  /// Whether a string of an object is, from `from` on, what the file's encryption makes of zeros: some writers encrypt
  /// the room of a signature and put the message over its beginning.
  [[nodiscard]] bool encrypts_zeros(base::BytesView string, std::size_t from, Ref object) const;
  /// In the order found; anomalies among them.
  [[nodiscard]] const std::vector<Finding>& findings() const;
  [[nodiscard]] bool has_anomaly() const;
  /// One past the highest object number that any revision names.
  [[nodiscard]] std::uint32_t object_count() const;
  /// The same for the revisions up to one.
  [[nodiscard]] std::uint32_t object_count(RevisionIndex as_of) const;

  /// The entries that one revision itself states, by object number. Costs no more than there are of them.
  [[nodiscard]] std::vector<XrefEntry> entries_of(RevisionIndex revision) const;
  /// Every entry of every revision, by object number, then revision.
  [[nodiscard]] std::span<const XrefEntry> all_entries() const;
  /// Every entry of one object, oldest first.
  [[nodiscard]] std::span<const XrefEntry> history_of(std::uint32_t number) const;
  /// The entry in force as of a revision, or null pointer when no revision up to it names the object.
  [[nodiscard]] const XrefEntry* entry(std::uint32_t number, RevisionIndex as_of) const;

  /// The object as of a revision; null when undefined, freed or of another generation (ISO 32000-1, 7.3.10).
  /// Errors: malformed "pdf.syntax", "pdf.xref-mismatch" (another object stands there), "pdf.object-stream";
  /// limit_exceeded.
  [[nodiscard]] base::Result<Object> load(Ref ref, RevisionIndex as_of) const;
  [[nodiscard]] base::Result<Object> load(Ref ref) const { return load(ref, latest()); }
  /// The object that this very entry points at, whether in force or not.
  [[nodiscard]] base::Result<Object> load_entry(const XrefEntry& entry) const;
  /// The same for whoever goes once through a whole file: what was read for others is not forgotten for it.
  [[nodiscard]] base::Result<Object> load_entry_in_passing(const XrefEntry& entry) const;
  /// Follows references until a direct object.
  [[nodiscard]] base::Result<Object> resolve(const Object& object, RevisionIndex as_of) const;
  [[nodiscard]] base::Result<Object> resolve(const Object& object) const { return resolve(object, latest()); }
  /// The resolved value of a key, null when absent.
  [[nodiscard]] base::Result<Object> get(const Dictionary& dictionary, std::string_view key, RevisionIndex as_of) const;
  [[nodiscard]] base::Result<Object> get(const Dictionary& dictionary, std::string_view key) const {
    return get(dictionary, key, latest());
  }
  /// The text in which an entry's object stands: for compressed ones the decoded object stream, else the file's octets.
  /// `where` is a range that an Object of this entry reported.
  [[nodiscard]] base::Result<base::Bytes> text_at(const XrefEntry& entry, Range where) const;

  /// The trailer's /Root as of a revision and the catalog it names. Errors: malformed "pdf.no-catalog"; load's.
  [[nodiscard]] Ref root(RevisionIndex as_of) const;
  [[nodiscard]] Ref root() const { return root(latest()); }
  [[nodiscard]] base::Result<Object> catalog(RevisionIndex as_of) const;
  [[nodiscard]] base::Result<Object> catalog() const { return catalog(latest()); }

  /// Decoded octets of a stream; indirect /Filter and /DecodeParms resolved. Counts against limits::kInflatedTotal.
  [[nodiscard]] base::Result<base::Bytes> decode(const Stream& stream, std::size_t max_bytes) const;
  /// Raw octets of a stream.
  [[nodiscard]] base::Result<base::Bytes> raw(const Stream& stream, std::size_t max_bytes) const;

 private:
  struct State;
  explicit Document(std::unique_ptr<State> state);
  void unlock();
  enum class Keep { always, where_there_is_room };
  [[nodiscard]] base::Result<Object> load_in(const XrefEntry& entry, RevisionIndex as_of,
                                             Keep keep = Keep::always) const;
  [[nodiscard]] base::Result<std::shared_ptr<const ObjectStream>> object_stream(const XrefEntry& entry,
                                                                                RevisionIndex as_of) const;
  std::unique_ptr<State> m_state;
};

}  // namespace segell::signer::pdf
