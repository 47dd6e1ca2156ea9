#pragma once

#include "signer/ades/verification_code.h"

#include "base/digest.h"
#include "base/id.h"

#include <array>
#include <cstdint>
#include <vector>

namespace segell::signer::ades {

/// Who signs, as a name that means nothing outside this one document.
using DocumentSignerId = base::Id<struct DocumentSignerTag>;

/// What the person's act says.
enum class Meaning { agree, agree_with_reservation, informed, received, disagree };
/// How the person acted.
enum class Method { drawn, drawn_with_dynamics, button, official, witnesses };

/// The words of the manifest: "agree-with-reservation", "drawn-with-dynamics" ...
std::string_view to_string(Meaning meaning) noexcept;
std::string_view to_string(Method method) noexcept;
/// Error: malformed "manifest.malformed".
base::Result<Meaning> parse_meaning(std::string_view word);
base::Result<Method> parse_method(std::string_view word);

/// The evidence manifest, version 1 (design 4.5.3): in clear only what every holder of the file may know; every other
/// fact enters as a salted commitment (disclosure.h).
struct Manifest {
  /// The revision that the person saw.
  struct Shown {
    std::uint64_t length = 0;
    base::Sha256 sha256{};
    base::Sha512 sha512{};
    bool operator==(const Shown&) const = default;
  };
  /// The revision sealed on: equal to `shown`, or extended by Segell signature revisions only.
  struct Base {
    std::uint64_t length = 0;
    base::Sha256 sha256{};
    bool operator==(const Base&) const = default;
  };

  VerificationCode verification_code;
  Shown shown{};
  Base base{};
  base::Sha256 rendition{};  ///< digest of the rendition that was laid out
  Method method = Method::button;
  Meaning meaning = Meaning::agree;
  std::array<std::byte, 32> nonce{};  ///< the same as in the custody envelope
  DocumentSignerId signer{};
  std::vector<base::Sha256> commitments{};  ///< one for each fact type, strictly ascending

  bool operator==(const Manifest&) const = default;
};

inline constexpr std::size_t kMaxManifestBytes = 16 * 1024;

/// Canonical JSON (RFC 8785). Error: invalid_argument "manifest.commitments" unless there is exactly one commitment
/// for each fact type, sorted.
base::Result<base::Bytes> write_manifest(const Manifest& manifest);

/// Accepts exactly what write_manifest makes, so that one manifest has one digest. Errors: limit_exceeded
/// "manifest.too-large", malformed "manifest.malformed", unsupported "manifest.unknown-schema".
base::Result<Manifest> parse_manifest(base::BytesView bytes);

}  // namespace segell::signer::ades
