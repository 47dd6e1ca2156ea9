#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/time.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// The event behind a leaf. Leaf = 0x01 ‖ SHA-256(salt ‖ event).
struct Opening {
  std::uint64_t log_index = 0;
  std::array<std::byte, 32> salt{};
  base::Bytes event;
  std::optional<PersonId> subject;
};

/// What lies beside a document and can be erased: disclosures, sealed under the person's key, and custody envelopes,
/// each under a key of its own.
class Evidence {
 public:
  explicit Evidence(Scope& scope) : m_scope(&scope) {}

  /// The disclosure file (JSON text) of one revision. Errors: not_found "disclosure.unknown"; expired
  /// "disclosure.erased".
  [[nodiscard]] base::Result<base::Bytes> disclosure(const DocumentId& document, std::uint32_t revision) const;
  /// The custody envelope (CMS DER). Errors: not_found "envelope.unknown"; expired "envelope.erased".
  [[nodiscard]] base::Result<base::Bytes> envelope(const DocumentId& document, std::uint32_t revision) const;
  /// Errors: not_found "opening.unknown"; expired "opening.erased".
  [[nodiscard]] base::Result<Opening> opening(std::uint64_t log_index) const;

  /// What the log says about a person, newest first: at most `limit` openings of entries before that index.
  [[nodiscard]] base::Result<std::vector<Opening>> openings_of(const PersonId& person,
                                                               std::optional<std::uint64_t> before,
                                                               std::size_t limit) const;

  base::Result<void> add_disclosure(const DocumentId& document, std::uint32_t revision, const PersonId& person,
                                    base::BytesView json);
  /// Makes the envelope's key too.
  base::Result<void> add_envelope(const DocumentId& document, std::uint32_t revision, const PersonId& person,
                                  base::BytesView cms);
  /// Deletes the envelope alone; its key is destroyed after the commit, and again at every start. Gives the SHA-256 of
  /// what it was; none where no envelope lies there or it was erased before.
  base::Result<std::optional<base::Sha256>> erase_envelope(const DocumentId& document, std::uint32_t revision);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
