#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "signer/pdf/document.h"

#include <memory>
#include <string>
#include <string_view>

namespace segell::signer::pdf {

/// Octets that extend a document by one revision; nothing before them changes.
struct AppendedRevision {
  base::Bytes bytes;  ///< to stand right behind the base
  std::uint64_t base_length = 0;
};

/// Builds one incremental revision (ISO 32000-1, 7.5.6) in the cross-reference style of its base. Object bodies are
/// file syntax. The document must outlive the writer.
class RevisionWriter {
 public:
  /// Errors: conflict "pdf.repaired", "pdf.encrypted", "pdf.anomalous"; limit_exceeded.
  static base::Result<RevisionWriter> begin(const Document& base);
  ~RevisionWriter();
  RevisionWriter(RevisionWriter&&) noexcept;
  RevisionWriter& operator=(RevisionWriter&&) noexcept;

  [[nodiscard]] const Document& base() const;
  /// A fresh object number, to be defined before finish().
  Ref reserve();
  /// Writes the object now; each number once. Returns the absolute offset of the first octet of `body`.
  std::uint64_t define(Ref ref, std::string_view body);
  /// `entries` are the dictionary's entries without "<<", ">>" and /Length.
  void define_stream(Ref ref, std::string_view entries, base::BytesView data);
  Ref add(std::string_view body);
  Ref add_stream(std::string_view entries, base::BytesView data);

  /// Changes one key of a dictionary object of the base, everything else stays octet for octet; several changes of one
  /// object add up and are written by finish(). An empty value removes the key. Errors: malformed
  /// "pdf.not-a-dictionary".
  base::Result<void> set_key(Ref ref, std::string_view key, std::string_view value);
  /// Appends references to an array entry of a dictionary object; the array may be absent, direct or indirect.
  base::Result<void> append_to_array(Ref ref, std::string_view key, std::string_view values);
  /// Appends to an array object. Error: malformed "pdf.not-an-array".
  base::Result<void> append_items(Ref array, std::string_view values);
  /// The object as it will stand, changes made so far included (as text).
  base::Result<std::string> text_of(Ref ref) const;

  /// Cross-reference section, trailer with /Prev and a new second /ID, startxref. Errors: internal when a reserved
  /// number was never defined.
  base::Result<AppendedRevision> finish() &&;

 private:
  struct State;
  explicit RevisionWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace segell::signer::pdf
