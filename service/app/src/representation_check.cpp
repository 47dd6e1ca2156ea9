#include "representation_check.h"

#include "app/caller.h"
#include "checks.h"
#include "json_fields.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Failure representation_unknown() {
  return base::fail(base::Code::not_found, "representation.unknown", "no such representation");
}

bool fits_capacity(std::string_view capacity, std::string_view basis) {
  using namespace representation_basis;
  if (capacity == "parent") return basis == kParental;
  if (capacity == "guardian") return basis == kJudgment || basis == kPublicGuardianship;
  return capacity == "curator" && basis == kJudgment;
}

bool covers_purposes(const storage::RepresentationRecord& record, const std::vector<std::string>& purposes) {
  return record.purposes.empty() || std::all_of(purposes.begin(), purposes.end(), [&](const std::string& purpose) {
           return one_of(record.purposes, purpose);
         });
}

base::Failure not_valid() {
  return base::fail(base::Code::conflict, "representation.not-valid", "nobody may act through this representation now",
                    "choose another representative, or enter what has changed");
}

}  // namespace

base::Result<storage::RepresentationRecord> load_representation(const storage::View& view, std::string_view id) {
  const auto parsed = storage::RepresentationId::parse(id);
  if (!parsed) return representation_unknown();
  auto record = view.representations().get(*parsed);
  if (!record && record.error().code == base::Code::not_found) return representation_unknown();
  return record;
}

base::Result<Acting> require_acting(const storage::View& view, std::string_view representation,
                                    const ActingFor& wanted) {
  Acting acting;
  SEGELL_TRY(acting.representation, load_representation(view, representation));
  const storage::RepresentationRecord& record = acting.representation;
  if (record.person != wanted.person) return representation_unknown();
  SEGELL_TRY(const auto person, view.persons().get(record.person));
  SEGELL_TRY(const auto born, birth_date_of(person.profile));
  if (!fits_capacity(wanted.capacity, record.basis)) {
    return invalid("representation.capacity", "the representation is of another kind than the capacity of the signer",
                   "parental-authority: parent; judgment: guardian or curator; public-guardianship: guardian");
  }
  if (!acts_at(record, born, wanted.at)) return not_valid();
  SEGELL_TRY(const bool excluded, is_excluded(view, record));
  if (excluded) return not_valid();
  if (!covers_purposes(record, wanted.purposes)) {
    return base::fail(base::Code::conflict, "representation.scope",
                      "the representation does not reach everything that is to be decided",
                      "ask for what it reaches alone, or choose another representative");
  }
  if (record.basis == representation_basis::kParental && !born) {
    return base::fail(base::Code::conflict, "person.no-birth-date",
                      "the person's date of birth is not recorded, and who decides depends on it",
                      "enter it, with what it was read from");
  }
  acting.age = consent::age_band(born, wanted.at);
  SEGELL_TRY(acting.representative, view.persons().get(*record.representative));
  acting.representative_name = text_or_empty(acting.representative.profile, "name");
  acting.represented_name = text_or_empty(person.profile, "name");
  return acting;
}

base::Result<bool> is_excluded(const storage::View& view, const storage::RepresentationRecord& representation) {
  if (!representation.representative) return false;
  return view.protection_flags().excludes(representation.person, *representation.representative,
                                          to_string(Role::citizen));
}

base::Result<bool> represents(const storage::View& view, const storage::AccountId& account,
                              const base::PersonId& person, base::Instant now) {
  SEGELL_TRY(const auto standing, view.persons().standing(person));
  if (!standing.is_there || !standing.has_capacity_facts) return false;
  SEGELL_TRY(const auto record, view.persons().get(person));
  SEGELL_TRY(const auto born, birth_date_of(record.profile));
  SEGELL_TRY(const auto representations, view.representations().of_person(person));
  for (const storage::RepresentationRecord& representation : representations) {
    if (!acts_at(representation, born, now)) continue;
    SEGELL_TRY(const auto holdings, view.holdings().of_person(*representation.representative));
    const bool holds = std::any_of(holdings.begin(), holdings.end(), [&](const storage::HoldingRecord& holding) {
      return holding.account == account && holding.role == to_string(Role::citizen);
    });
    if (!holds) continue;
    SEGELL_TRY(const bool excluded, is_excluded(view, representation));
    if (!excluded) return true;
  }
  return false;
}

}  // namespace segell::app
