#pragma once

#include "base/time.h"
#include "signer/pdf/pages.h"
#include "signer/pdf/revision_writer.h"
#include "signer/pdf/signatures.h"

#include <optional>
#include <string>
#include <variant>

namespace segell::signer::pdf {

/// A new field without a place on any page (its widget is hidden on page 1).
struct InvisibleField {
  std::string name;
};
/// A new field, visible at `rect` of upright page space (points, origin lower left as displayed).
struct VisibleField {
  std::string name;
  std::size_t page = 0;
  Rect rect;
};
/// A field that the document already has and nobody signed.
struct ExistingField {
  std::string name;
};
using SignaturePlace = std::variant<InvisibleField, VisibleField, ExistingField>;

/// A 1-bit picture painted in black through its mask: rows from the top, most significant bit first, 1 = ink.
struct InkMask {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  base::Bytes deflated;  ///< zlib stream of height × ceil(width / 8) octets
};

/// What the field shows. Boxes are in points from the field's lower left corner; each part is scaled to fit its box and
/// keeps its proportions, centred.
struct SignatureAppearance {
  std::optional<InkMask> ink;
  Rect ink_box;
  base::Bytes statement;  ///< a PDF of one page; empty for none
  Rect statement_box;
  base::Bytes time;  ///< a PDF of one page; empty for none
  Rect time_box;
};

struct SignatureSpec {
  bool document_timestamp = false;  ///< /DocTimeStamp with ETSI.RFC3161, else /Sig with ETSI.CAdES.detached
  SignaturePlace place;
  std::optional<SignatureAppearance> appearance;
  std::size_t contents_octets = 8192;         ///< room for the DER, in octets
  std::optional<base::Instant> claimed_time;  ///< /M
  std::string reason;                         ///< UTF-8; empty for none
  std::string name;
  base::Bytes manifest;  ///< embedded file reached by /SGLL_Manifest; empty for none
};

/// A revision that waits for its signature.
struct PreparedRevision {
  base::Bytes bytes;  ///< the revision, ByteRange final, /Contents all zero
  std::uint64_t base_length = 0;
  std::uint64_t gap_begin = 0;  ///< absolute offset of '<' of /Contents
  std::uint64_t gap_end = 0;    ///< absolute offset behind its '>'
  ByteRange byte_range{};
  std::string field;
  Ref signature;

  /// The signed octets of the revision itself: what follows the base up to the gap, and what follows the gap.
  [[nodiscard]] base::BytesView before_gap() const;
  [[nodiscard]] base::BytesView after_gap() const;
};

/// Errors: conflict "pdf.certified" (P = 1, or P = 2/3 and a new field asked for), "pdf.field-signed",
/// "pdf.field-exists", "pdf.field-locked", "pdf.encrypted", "pdf.repaired", "pdf.anomalous"; not_found
/// "pdf.no-such-field", "pdf.no-such-page"; invalid_argument "pdf.rect" (outside the page or empty); malformed.
base::Result<PreparedRevision> prepare_signature(const Document& base, const SignatureSpec& spec);

/// Writes the DER as hex into the gap, zero padded. Error: limit_exceeded "pdf.contents-too-small", message with the
/// octets needed.
base::Result<void> set_contents(PreparedRevision& revision, base::BytesView der);

/// The field of that name where the document has one, else a new one without a place; an empty name takes the first
/// free one. Errors: read_form's.
base::Result<SignaturePlace> place_named(const Document& document, const std::string& name);

/// "Signature1", "Signature2", …: the first name with that prefix that no field has. Errors: read_form's.
base::Result<std::string> free_field_name(const Document& document, std::string_view prefix);

}  // namespace segell::signer::pdf
