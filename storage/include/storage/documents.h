#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/blob_store.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::storage {

/// A revision's octets sealed under the document's key and, where they are large, durable in the blob store already.
/// Made by Store::stage_blob before the transaction; used once, inside it.
struct StagedBlob {
  DocumentId document;
  std::uint32_t revision = 0;
  BlobName name{};            ///< SHA-256 of what is stored
  std::uint64_t length = 0;   ///< of the plain octets
  base::Bytes inline_octets;  ///< sealed; empty when the blob store holds them
};

struct RevisionRecord {
  std::uint32_t index = 0;         ///< 0 is the original
  std::string kind;                ///< original, choices, act, seal, timestamp, evidence
  std::uint64_t length = 0;        ///< octets that this revision adds
  std::uint64_t total_length = 0;  ///< of the document up to here
  base::Sha256 sha256{};           ///< of the document up to here
  base::Sha512 sha512{};
  std::uint64_t log_index = 0;
  std::string time_state;  ///< none, pending, tsa
  BlobName blob{};         ///< set by storage
  bool in_row = false;     ///< set by storage
};

struct DocumentRecord {
  DocumentId id;
  std::string state;              ///< draft, frozen, sealed
  std::string verification_code;  ///< empty until frozen; at rest sealed, found through a blind index
  base::Json details;             ///< title, pages, notes …; at rest sealed under the document's key
  base::Instant created;
};

class Documents {
 public:
  explicit Documents(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "document.unknown".
  [[nodiscard]] base::Result<DocumentRecord> get(const DocumentId& id) const;
  [[nodiscard]] base::Result<std::optional<DocumentId>> find_by_code(const std::string& verification_code) const;
  /// At most so many documents in the order of their ids, from the first one behind `last`; a null id begins.
  [[nodiscard]] base::Result<std::vector<DocumentId>> ids_after(const DocumentId& last, std::size_t limit) const;
  [[nodiscard]] base::Result<std::vector<RevisionRecord>> revisions(const DocumentId& id) const;
  /// The newest revision. Error: not_found "document.unknown".
  [[nodiscard]] base::Result<RevisionRecord> last_revision(const DocumentId& id) const;
  /// The sealed octets that lie in the revision's own row (`in_row`).
  [[nodiscard]] base::Result<base::Bytes> row_octets(const DocumentId& id, std::uint32_t revision) const;

  base::Result<void> add(const DocumentRecord& document);
  /// Changes state, code and details. Error: not_found "document.unknown".
  base::Result<void> update(const DocumentRecord& document);
  /// Changes the state alone.
  base::Result<void> set_state(const DocumentId& id, std::string_view state);
  /// The index must follow the last one, and total_length must grow by length. Errors: stale "document.revision-taken"
  /// (another revision came first); invalid_argument "document.revision-mismatch" (blob and record differ).
  base::Result<void> add_revision(const DocumentId& id, const RevisionRecord& revision, const StagedBlob& blob);
  base::Result<void> set_time_state(const DocumentId& id, std::uint32_t revision, const std::string& state);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
