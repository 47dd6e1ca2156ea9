#pragma once

#include "base/bytes.h"
#include "signer/pdf/document.h"
#include "signer/pdf/fields.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace segell::signer::pdf {

/// The signed ranges as written: offset, length, offset, length.
using ByteRange = std::array<std::uint64_t, 4>;

/// What is wrong with a signature dictionary's ranges or contents: an id for machines, words for people.
struct RangeFault {
  std::string_view id;  ///< "pdf.byte-range", "pdf.byte-range-gap", "pdf.contents", …
  std::string words;
};

/// DocMDP facts (ISO 32000-1, 12.8.2.2).
struct Certification {
  int permission = 2;     ///< /P: 1, 2 or 3; 2 when absent; 0 when it is anything else
  bool in_perms = false;  ///< the catalog's /Perms /DocMDP names this signature
};

/// One dictionary that bears a /ByteRange, wherever it stands. Facts only: nothing is verified here.
struct Signature {
  std::string field;                    ///< fully qualified name; empty when no /Sig field holds it
  std::size_t field_count = 0;          ///< how many signature fields have it as /V (more than one counts as one)
  Ref ref;                              ///< none when it is direct or outside every known object
  std::uint64_t offset = 0;             ///< of its dictionary in the file
  Range object;                         ///< from where an entry points to the end of the object that holds it
  bool reachable = false;               ///< held by a signature field as of the last revision
  bool misplaced = false;               ///< the value of a field that is no signature field
  bool in_object_stream = false;        ///< cannot be signed honestly
  bool document_timestamp = false;      ///< by SubFilter ETSI.RFC3161, whatever /Type says
  RevisionIndex revision = 0;           ///< the revision that brought it
  std::optional<RevisionIndex> covers;  ///< the revision whose end is exactly the end of the ranges
  bool redefined = false;               ///< a later revision gives the same object another value, or frees it
  Dictionary dictionary;                ///< without a /Contents that is a string
  std::string filter;
  std::string sub_filter;
  std::string claimed_time;  ///< /M as written
  std::string reason;        ///< UTF-8
  std::string name;
  std::string location;
  std::optional<ByteRange> byte_range;  ///< when its four integers could be read
  Range gap;                            ///< of the /Contents string with its delimiters
  base::Bytes contents;                 ///< decoded, padding included
  std::vector<RangeFault> faults;       ///< empty: ranges start at 0, do not overlap, gap is exactly /Contents
  std::optional<Certification> certification;
  bool usage_rights = false;            ///< what /Perms name as UR3 or UR: rights of a viewer, no statement of anybody
  std::optional<FieldLock> field_mdp;   ///< of a FieldMDP transform
  std::optional<FieldLock> lock;        ///< of the field's /Lock
  std::optional<base::Bytes> manifest;  ///< the /SGLL_Manifest embedded file, decoded

  /// One past the last signed octet; 0 without a readable ByteRange.
  [[nodiscard]] std::uint64_t covered_end() const;
};

/// Looks at every octet of the file once, in order, while somebody else hashes them: feed() the same pieces. Finds
/// "/ByteRange" outside known objects, checks that an object's header stands where each entry points, and notes "%%EOF"
/// marks that end no revision.
class Sweep {
 public:
  explicit Sweep(const Document& document);
  ~Sweep();
  Sweep(Sweep&&) noexcept;
  Sweep& operator=(Sweep&&) noexcept;

  /// The next octets of the file. Pieces may have any size.
  void feed(base::BytesView piece);

  /// `read`: the objects of signatures that were found, by place, which are not read once more.
  [[nodiscard]] const std::vector<std::uint64_t>& byte_range_offsets(std::span<const Range> read = {}) const;
  /// Valid once everything was fed: "pdf.xref-mismatch" (anomaly) for entries whose object does not stand there,
  /// "pdf.stray-eof" (note) for the first mark that ends no revision and lies in no object.
  [[nodiscard]] const std::vector<Finding>& findings() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// Every signature of the file in the order of their revisions. With `sweep` (all octets fed) unreachable dictionaries
/// are found too. Every object is read for that: `findings`, unless null, gets what was wrong with them, as anomalies
/// "pdf.duplicate-key" (readers differ in which value counts) and "pdf.object-unreadable". Errors: limit_exceeded; the
/// source's.
base::Result<std::vector<Signature>> find_signatures(const Document& document, const Sweep* sweep = nullptr,
                                                     std::vector<Finding>* findings = nullptr);

}  // namespace segell::signer::pdf
