#pragma once

#include "consent/age.h"
#include "consent/decide.h"
#include "storage/transaction.h"

#include <optional>
#include <set>
#include <string_view>
#include <vector>

// What a recorded representation means: the states of the Catalan register Representa, and what follows for the rules.

namespace segell::app {

/// The closed words of RepresentationRecord::state. Only `valida` lets somebody act.
namespace representation_state {
inline constexpr std::string_view kValid = "valida";
inline constexpr std::string_view kPendingValidation = "pendent-validacio";  ///< nobody has seen the evidence yet
inline constexpr std::string_view kPendingSignature = "pendent-signatura";   ///< of other registers; not written here
inline constexpr std::string_view kDenied = "denegada";
inline constexpr std::string_view kExpired = "expirada";  ///< never stored: what a valid one is once its time is over
inline constexpr std::string_view kRenounced = "renunciada";
inline constexpr std::string_view kRevoked = "revocada";
inline constexpr std::string_view kAnnulled = "anulada";  ///< there never was a power
/// Whether there never was a power, or nobody knows yet that there is one.
bool has_no_power(std::string_view state) noexcept;
}  // namespace representation_state

/// The closed words of RepresentationRecord::basis.
namespace representation_basis {
inline constexpr std::string_view kParental = "parental-authority";
inline constexpr std::string_view kJudgment = "judgment";
inline constexpr std::string_view kPublicGuardianship = "public-guardianship";
inline constexpr std::string_view kPower = "power";
}  // namespace representation_basis

/// The member of a person's profile with the date of birth: {date,seen}.
inline constexpr const char* kBirth = "birth";

/// When somebody was born, as their profile says; none where nobody said so. Error: corrupt "app.record".
base::Result<std::optional<consent::BirthDate>> birth_date_of(const base::Json& profile);
/// Error: corrupt "app.record".
base::Result<consent::AgeBand> age_band(const base::Json& profile, base::Instant at);

/// The state at that time: a valid one is `expirada` once its term is over, of parental authority from 18 on, and once
/// its representative is erased; one that somebody ended later was valid until then.
std::string_view state_at(const storage::RepresentationRecord& representation,
                          const std::optional<consent::BirthDate>& born, base::Instant at) noexcept;

/// Whether somebody may act through it at that time: valid, and begun.
bool acts_at(const storage::RepresentationRecord& representation, const std::optional<consent::BirthDate>& born,
             base::Instant at) noexcept;

/// What birth date, representations and objections say to the rules.
struct CapacityGround {
  std::vector<consent::CapacityFact> capacities;
  std::vector<consent::HolderObjection> objections;
  /// Those through which somebody could decide, once; a decision through any other is nobody's proven voice.
  std::set<storage::RepresentationId> powers;
};
/// From the date of birth: under_14 from the beginning, able from the 14th birthday; without one: able. A judgment or
/// public guardianship represents an adult for its purposes and its time.
base::Result<CapacityGround> capacity_ground(const storage::View& view, const base::PersonId& person);

}  // namespace segell::app
