#pragma once

// What the tests about who decides for a person share: a family, and how powers are recorded.

#include "app/representations.h"
#include "app/reviews.h"
#include "app/world.h"
#include "consent/age.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace representations_test {

using namespace segell;
using namespace segell::tests;

inline constexpr const char* kWhy = "ho diu la sentència inventada";

inline base::Json::Array list_of(const base::Json& body, const char* name) { return *body.find(name)->as_array(); }

inline app::NewRepresentation parental(const std::string& representative, const std::string& holds = "joint") {
  app::NewRepresentation wanted;
  wanted.representative = representative;
  wanted.basis = "parental-authority";
  wanted.holds = holds;
  wanted.evidence = {"family-book", "llibre inventat 12", true, {}};
  return wanted;
}

inline app::NewRepresentation judgment(const std::string& representative, std::vector<std::string> scope = {}) {
  app::NewRepresentation wanted;
  wanted.representative = representative;
  wanted.basis = "judgment";
  wanted.scope = std::move(scope);
  wanted.evidence = {"judgment", "sentència inventada 3/2026", true, {}};
  return wanted;
}

/// Nil, whom Marta works with, and his parents Laia and Pau, who hold parental authority together.
struct Family {
  Family() {
    world.notice();
    marta = staff("marta");
    nil = person("Nil Inventat", born_years_ago(12));
    laia = person("Laia Inventada");
    pau = person("Pau Inventat");
  }
  app::Caller staff(const std::string& name, app::Role role = app::Role::professional) {
    return must(app::authenticate_session(service(), world.join(name, role))).caller.value();
  }
  app::Service& service() { return world.service(); }

  /// Of somebody whose birthday was a month ago.
  std::string born_years_ago(int years) {
    using namespace std::chrono;
    const year_month_day today(floor<days>(world.clock().now() - days(30)));
    year_month_day born = today - std::chrono::years(years);
    if (!born.ok()) born = born.year() / born.month() / 28;
    return consent::format_birth_date(born);
  }
  std::string person(const std::string& name, std::optional<std::string> born = {}) {
    app::NewPerson wanted{name, {}};
    if (born) {
      wanted.birth_date = born;
      wanted.birth_date_seen = "family-book";
    }
    return at(must(app::create_person(service(), marta, wanted, world.once())).body, {"person", "id"});
  }
  std::string record(const app::NewRepresentation& wanted, const std::string& who = {}) {
    return at(must(app::record_representation(service(), marta, who.empty() ? nil : who, wanted, world.once())).body,
              {"representation", "id"});
  }
  std::string refused(const app::NewRepresentation& wanted, const std::string& who = {}) {
    return reason(app::record_representation(service(), marta, who.empty() ? nil : who, wanted, world.once()));
  }
  base::Json listed(const std::string& who) { return must(app::list_representations(service(), marta, who)); }
  std::string change(const std::string& representation, const std::string& to) {
    return reason(app::change_representation(service(), marta, representation, {to, kWhy}, world.once()));
  }
  app::NewHolderObjection against(const std::string& recipient) {
    app::NewHolderObjection wanted;
    wanted.recipient = recipient;
    wanted.channel = "email";
    wanted.received_at = base::format_rfc3339(world.clock().now() - std::chrono::minutes(1));
    wanted.reason = "no hi estic d'acord";
    return wanted;
  }
  std::string birth(const std::string& date) {
    return reason(app::set_birth_date(service(), marta, nil, {date, "id-document", "estava malament"}, world.once()));
  }

  /// What a representative signs becomes such a fact: written here as the act writes it.
  void grant(const std::string& who, const std::optional<std::string>& representation,
             const std::string& recipient = "ensenyament") {
    const base::Instant now = world.clock().now();
    storage::ConsentFact fact;
    fact.decision = storage::DecisionId::make();
    fact.person = must(base::PersonId::parse(who));
    fact.item = {"meal-grant", "income.tax", recipient};
    fact.kind = "grant";
    fact.basis_kind = "EXPRESS_CONSENT";
    fact.article6 = "a";
    fact.article9 = "none";
    fact.opposable = "no";
    fact.voice = representation ? "representative" : "self";
    if (representation) fact.representation = must(storage::RepresentationId::parse(*representation));
    fact.channel = "visit";
    fact.effective = now;
    fact.valid_until = now + std::chrono::hours(24 * 365 * 5);
    must(world.store().run(world.tenant(), [&](storage::Transaction& transaction) -> base::Result<void> {
      SEGELL_TRY(fact.log_index, transaction.log_size());
      return transaction.consents().add(fact);
    }));
  }
  base::Json reviews() { return must(app::list_reviews(service(), marta, {})); }
  std::vector<std::string> kinds() {
    std::vector<std::string> kinds;
    for (const base::Json& review : list_of(reviews(), "reviews")) kinds.push_back(at(review, {"kind"}));
    return kinds;
  }

  World world{{.second_factor_for_staff = false}};
  app::Caller marta;
  std::string nil, laia, pau;
};

using Kinds = std::vector<std::string>;

}  // namespace representations_test
