#include "representation_record.h"

#include "json_fields.h"

#include <algorithm>

namespace segell::app {

namespace {

/// A judgment or an administration that looks after somebody says how far it goes; a power or parental authority takes
/// nothing from whoever is of age.
void add_represented(const storage::RepresentationRecord& record, const std::optional<consent::BirthDate>& born,
                     std::vector<consent::CapacityFact>& to) {
  const bool limits =
      record.basis == representation_basis::kJudgment || record.basis == representation_basis::kPublicGuardianship;
  if (!limits || representation_state::has_no_power(record.state)) return;
  consent::CapacityFact fact{consent::Capacity::represented, record.from, record.until, {}};
  if (record.ended && (!fact.until || *record.ended < *fact.until)) fact.until = record.ended;
  if (born) fact.from = std::max(fact.from, consent::turns(*born, consent::kOfAge));
  if (record.purposes.empty()) to.push_back(fact);
  for (const std::string& purpose : record.purposes) {
    fact.scope.purpose = purpose;
    to.push_back(fact);
  }
}

}  // namespace

bool representation_state::has_no_power(std::string_view state) noexcept {
  return state == kPendingValidation || state == kPendingSignature || state == kDenied || state == kAnnulled;
}

base::Result<std::optional<consent::BirthDate>> birth_date_of(const base::Json& profile) {
  const base::Json* birth = profile.find(kBirth);
  if (birth == nullptr) return std::optional<consent::BirthDate>();
  SEGELL_TRY(const std::string text, text_field(*birth, "date"));
  auto date = consent::parse_birth_date(text, base::Instant::max());
  if (!date) return damaged("date of birth");
  return std::optional(*date);
}

base::Result<consent::AgeBand> age_band(const base::Json& profile, base::Instant at) {
  SEGELL_TRY(const auto born, birth_date_of(profile));
  return consent::age_band(born, at);
}

std::string_view state_at(const storage::RepresentationRecord& representation,
                          const std::optional<consent::BirthDate>& born, base::Instant at) noexcept {
  using namespace representation_state;
  const std::string_view stored = representation.state;
  const bool not_ended_yet = representation.ended && at < *representation.ended && !has_no_power(stored);
  if (stored != kValid && !not_ended_yet) return stored;
  const bool grown_up =
      representation.basis == representation_basis::kParental && born && at >= consent::turns(*born, consent::kOfAge);
  const bool over = representation.until && *representation.until <= at;
  return grown_up || over || !representation.representative ? kExpired : kValid;
}

bool acts_at(const storage::RepresentationRecord& representation, const std::optional<consent::BirthDate>& born,
             base::Instant at) noexcept {
  return representation.from <= at && state_at(representation, born, at) == representation_state::kValid;
}

base::Result<CapacityGround> capacity_ground(const storage::View& view, const base::PersonId& person) {
  CapacityGround ground;
  SEGELL_TRY(const auto record, view.persons().get(person));
  SEGELL_TRY(const auto born, birth_date_of(record.profile));
  if (born) {
    ground.capacities.push_back({consent::Capacity::under_14, base::Instant::min(), {}, {}});
    ground.capacities.push_back({consent::Capacity::able, consent::turns(*born, consent::kDecidesOnData), {}, {}});
  }
  SEGELL_TRY(const auto representations, view.representations().of_person(person));
  for (const storage::RepresentationRecord& representation : representations) {
    add_represented(representation, born, ground.capacities);
    if (!representation_state::has_no_power(representation.state)) ground.powers.insert(representation.id);
  }
  SEGELL_TRY(const auto objections, view.representations().objections_of(person));
  for (const storage::ObjectionRecord& objection : objections) {
    ground.objections.push_back(
        {{objection.item.purpose, objection.item.category, objection.item.recipient}, objection.from, objection.until});
  }
  return ground;
}

}  // namespace segell::app
