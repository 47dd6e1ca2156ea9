#include "consent_facts.h"

#include "json_fields.h"
#include "representation_record.h"

#include <algorithm>

namespace segell::app {

namespace {

storage::ItemKey key_of(const consent::Scope& scope) { return {scope.purpose, scope.category, scope.recipient}; }
consent::Scope scope_of(const storage::ItemKey& key) { return {key.purpose, key.category, key.recipient}; }

base::Result<consent::LegalBasis> basis_of(const std::string& kind, const std::string& article6,
                                           const std::string& article9, const std::string& law,
                                           const std::string& opposable) {
  consent::LegalBasis basis;
  SEGELL_TRY(basis.kind, consent::parse_basis_kind(kind));
  SEGELL_TRY(basis.article6, consent::parse_article6(article6));
  SEGELL_TRY(basis.article9, consent::parse_article9(article9));
  SEGELL_TRY(basis.opposable, consent::parse_opposable(opposable));
  basis.law = law;
  return basis;
}

/// An item of which the person was informed is a basis of its own, as long as its term runs and nobody finds that it
/// was somebody else who was informed.
void add_informed_bases(consent::Facts& facts) {
  for (const consent::DecisionFact& fact : facts.decisions) {
    if (fact.kind != consent::DecisionKind::inform) continue;
    std::optional<base::Instant> until = fact.valid_until;
    for (const consent::DecisionFact& error : facts.decisions) {
      if (error.voids == fact.id && (!until || error.at < *until)) until = error.at;
    }
    facts.bases.push_back({fact.scope, fact.basis, fact.at, until, /*by_administrator=*/false});
  }
}

/// Who decides for the person, and whose voice a decision is now: one that was taken through a power that never was is
/// nobody's.
base::Result<void> add_capacities(const storage::View& view, const base::PersonId& person,
                                  const std::vector<storage::ConsentFact>& records, consent::Facts& facts) {
  SEGELL_TRY(CapacityGround ground, capacity_ground(view, person));
  facts.capacities = std::move(ground.capacities);
  facts.objections = std::move(ground.objections);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& through = records[i].representation;
    if (through && !ground.powers.contains(*through)) facts.decisions[i].voice = consent::Voice::unproven;
  }
  return base::ok();
}

}  // namespace

consent::CategoryKind category_kind(const TenantSettings& settings, std::string_view category) {
  const auto names = [category](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(), [category](const std::string& name) {
      return consent::covers({"", name, ""}, {"", std::string(category), ""});
    });
  };
  if (names(settings.special_categories)) return consent::CategoryKind::special;
  return settings.categories.empty() || names(settings.categories) ? consent::CategoryKind::known
                                                                   : consent::CategoryKind::unknown;
}

consent::Voice voice_of(std::string_view capacity) noexcept {
  return capacity == "self" || capacity == "support-person" ? consent::Voice::self : consent::Voice::unproven;
}

storage::ConsentFact to_record(const base::PersonId& person, const consent::DecisionFact& fact,
                               const consent::NoticeReference& notice, std::string_view channel,
                               std::uint64_t log_index) {
  storage::ConsentFact record;
  record.decision = same_bits<storage::DecisionId>(fact.id);
  record.person = person;
  record.item = key_of(fact.scope);
  record.kind = to_string(fact.kind);
  record.basis_kind = to_string(fact.basis.kind);
  record.article6 = to_string(fact.basis.article6);
  record.article9 = to_string(fact.basis.article9);
  record.law = fact.basis.law;
  record.opposable = to_string(fact.basis.opposable);
  record.voice = fact.voice == consent::Voice::self             ? "self"
                 : fact.voice == consent::Voice::representative ? "representative"
                                                                : "unproven";
  record.notice_key = notice.key;
  record.notice_version = notice.version;
  record.notice_language = notice.language;
  record.channel = channel;
  record.effective = fact.at;
  record.valid_until = fact.valid_until;
  record.log_index = log_index;
  if (fact.voids) record.voids = same_bits<storage::DecisionId>(*fact.voids);
  return record;
}

base::Result<consent::DecisionFact> from_record(const storage::ConsentFact& record) {
  consent::DecisionFact fact;
  fact.id = same_bits<consent::DecisionId>(record.decision);
  SEGELL_TRY(fact.kind, consent::parse_decision_kind(record.kind));
  fact.scope = scope_of(record.item);
  SEGELL_TRY(fact.basis, basis_of(record.basis_kind, record.article6, record.article9, record.law, record.opposable));
  fact.at = record.effective;
  fact.valid_until = record.valid_until;
  fact.voice = record.voice == "self"             ? consent::Voice::self
               : record.voice == "representative" ? consent::Voice::representative
                                                  : consent::Voice::unproven;
  if (record.voids) fact.voids = same_bits<consent::DecisionId>(*record.voids);
  return fact;
}

base::Result<std::vector<consent::DecisionFact>> from_records(const std::vector<storage::ConsentFact>& records) {
  std::vector<consent::DecisionFact> facts;
  facts.reserve(records.size());
  for (const storage::ConsentFact& record : records) {
    SEGELL_TRY(auto fact, from_record(record));
    facts.push_back(std::move(fact));
  }
  return facts;
}

base::Result<consent::Facts> load_facts(const storage::View& view, const TenantSettings& settings,
                                        const base::PersonId& person, const storage::PersonStanding& standing,
                                        std::string_view category) {
  consent::Facts facts;
  facts.category = category_kind(settings, category);
  facts.bases = settings.bases;
  facts.prohibitions = settings.prohibitions;
  SEGELL_TRY(const auto decisions, view.consents().of_person(person));
  SEGELL_TRY(facts.decisions, from_records(decisions));
  if (standing.has_capacity_facts) SEGELL_CHECK(add_capacities(view, person, decisions, facts));
  add_informed_bases(facts);
  SEGELL_TRY(const auto protections, view.consents().protections(person));
  for (const storage::ProtectionFact& record : protections) {
    facts.protections.push_back({scope_of(record.item), record.from, record.until});
  }
  SEGELL_TRY(const auto bases, view.consents().bases());
  for (const storage::LegalBasisRecord& record : bases) {
    SEGELL_TRY(auto basis, basis_of(record.kind, record.article6, record.article9, record.law, record.opposable));
    facts.bases.push_back({scope_of(record.item), std::move(basis), record.from, record.until,
                           /*by_administrator=*/true});
  }
  return facts;
}

base::Result<bool> is_protected(const storage::View& view, const base::PersonId& person, base::Instant now) {
  SEGELL_TRY(const bool flagged, view.protection_flags().any_live(person));
  if (flagged) return true;
  SEGELL_TRY(const auto protections, view.consents().protections(person));
  return std::any_of(protections.begin(), protections.end(), [now](const storage::ProtectionFact& fact) {
    return fact.from <= now && (!fact.until || now < *fact.until);
  });
}

}  // namespace segell::app
