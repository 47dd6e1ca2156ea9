#pragma once

#include "signer/ades/manifest.h"

#include "base/json.h"

#include <span>

namespace segell::signer::ades {

/// The facts of an act that are never in clear in the sealed file. Version 1 commits to each of them exactly once,
/// with a null value where nothing applies, so that presence tells nothing.
enum class FactType {
  identity_evidence,
  evidence_level,
  signer_name,
  role,
  capacity,
  representation,
  device,
  capture_quality,
  times,
  reservation,
  question_and_answer,
  custody_envelope,
  custody_recipients,
  place,
  support,
  choices,
};
inline constexpr std::size_t kFactTypes = 16;

/// "identity-evidence", "signer-name" ...
std::string_view to_string(FactType type) noexcept;
/// Error: malformed "disclosure.malformed".
base::Result<FactType> parse_fact_type(std::string_view word);

/// One fact and the salt that opens its commitment.
struct Fact {
  FactType type = FactType::identity_evidence;
  base::Json value;
  std::array<std::byte, 32> salt{};
  bool operator==(const Fact&) const = default;
};

/// One fact of every type, each with a fresh salt: the values given, null for all others. Error: invalid_argument
/// "fact.repeated" when a type is given twice.
base::Result<std::vector<Fact>> make_facts(std::vector<std::pair<FactType, base::Json>> values);

/// SHA-256(salt ‖ canonical JSON of {"type":T,"value":V}). Error: invalid_argument when the value has no canonical
/// form.
base::Result<base::Sha256> commit(const Fact& fact);
/// The same over a type that no act has: what else the log commits to without saying it.
base::Result<base::Sha256> commit(std::string_view type, const base::Json& value, std::span<const std::byte, 32> salt);

/// The commitments in the order of the manifest. Errors of commit(); invalid_argument "fact.missing" unless each type
/// stands there once.
base::Result<std::vector<base::Sha256>> commitments(std::span<const Fact> facts);

/// The file that lies beside a document and opens commitments ("segell.disclosure/1"); it may hold any subset of the
/// facts and may be erased.
struct Disclosure {
  VerificationCode verification_code;
  std::vector<Fact> facts;
};

inline constexpr std::size_t kMaxDisclosureBytes = 256 * 1024;

base::Result<base::Bytes> write_disclosure(const Disclosure& disclosure);
/// Strict and bounded: unknown members, an unknown type or a repeated type are refused. Errors: limit_exceeded
/// "disclosure.too-large", malformed "disclosure.malformed", unsupported "disclosure.unknown-schema".
base::Result<Disclosure> parse_disclosure(base::BytesView bytes);

/// What a disclosure opens of a manifest.
struct Opened {
  std::vector<Fact> proven;         ///< facts that match a commitment
  std::vector<FactType> unmatched;  ///< facts that match none: never show their values
  bool same_document = false;       ///< both carry the same verification code
};
Opened open(const Manifest& manifest, const Disclosure& disclosure);

}  // namespace segell::signer::ades
