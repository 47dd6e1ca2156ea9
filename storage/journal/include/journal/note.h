#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/signing_key.h"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::journal {

using KeyId = std::array<std::byte, 4>;

/// The algorithm octet of C2SP signed-note. Only Ed25519 is made and checked; signatures of other types are passed
/// over.
inline constexpr std::byte kTypeEd25519{0x01};

/// A key that may check notes: "name+8 hex digits+base64(type ‖ public key)".
class VerifierKey {
 public:
  /// Errors: malformed "vkey.malformed"; unsupported "vkey.type".
  static base::Result<VerifierKey> parse(std::string_view vkey);
  /// Ed25519, 32 octets. The name holds no space and no plus sign. Error: malformed "vkey.malformed".
  static base::Result<VerifierKey> make(std::string_view name, base::BytesView public_key);

  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] const KeyId& id() const { return m_id; }
  [[nodiscard]] base::BytesView public_key() const { return m_public_key; }
  [[nodiscard]] std::string text() const;

 private:
  std::string m_name;
  KeyId m_id{};
  std::array<std::byte, 32> m_public_key{};
};

struct NoteSignature {
  std::string name;
  KeyId key_id{};
  base::Bytes signature;  ///< without the key id
};

/// A text and its signature lines, read but not checked.
struct Note {
  std::string text;  ///< ends with a newline, which is signed
  std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t kMaxNoteSize = 1'000'000;
inline constexpr std::size_t kMaxNoteSignatures = 100;

/// C2SP signed-note. Errors: malformed "note.malformed" (no UTF-8, control characters other than newline, no
/// signature); limit_exceeded "note.too-large", "note.too-many-signatures".
base::Result<Note> parse_note(std::string_view note);

/// The text, if at least one known key signed it. Unknown keys are ignored; a known key with a bad signature rejects
/// the whole note. Errors: as parse_note; untrusted "note.bad-signature", "note.no-known-signature".
base::Result<Note> verify_note(std::string_view note, std::span<const VerifierKey> known);

/// Signs text (which must end with a newline). Errors: invalid_argument "note.text"; crypto.
base::Result<std::string> sign_note(std::string_view text, const VerifierKey& as, const base::SigningKey& key);

}  // namespace segell::journal
