#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>

namespace segell::app {

struct NewPerson {
  struct Identifier {
    std::string type;  ///< "DNI", "NIE", "PASSPORT", "TSI_CIP", "PROVISIONAL"
    std::string value;
  };
  std::string name;
  std::optional<Identifier> identifier;
  std::string language{};                   ///< "ca", "es", "en": in which they are written to; empty: not known
  std::string address{};                    ///< form of address: "formal", "familiar"; empty: not known
  std::optional<std::string> birth_date{};  ///< "2013-05-02"
  std::optional<std::string>
      birth_date_seen{};  ///< what it was read from, as in NewBirthDate; with birth_date, and only
};
/// Body: {"person":{id}}. Errors: invalid_argument "person.bad-name", "person.bad-identifier", "person.bad-language",
/// "person.bad-address", "person.bad-birth-date", "person.bad-birth-date-seen"; already_exists
/// "person.identifier-taken" where the tenant has a person with that identifier.
base::Result<Reply> create_person(Service& service, const Caller& caller, const NewPerson& person,
                                  const Idempotency& idempotency);

struct NewBirthDate {
  std::string date;    ///< "2013-05-02"
  std::string seen;    ///< what it was read from: "id-document", "family-book", "register", "declared"
  std::string reason;  ///< why it is corrected: up to 1000 octets; may be empty
};
/// Enters when a person was born, or puts it right: who decides follows at once. Body: {"person":{id,logIndex}}.
/// Errors: not_found "person.unknown"; invalid_argument "person.bad-birth-date", "person.bad-birth-date-seen",
/// "person.bad-reason".
base::Result<Reply> set_birth_date(Service& service, const Caller& caller, std::string_view person,
                                   const NewBirthDate& wanted, const Idempotency& idempotency);

/// By exactly one of the two.
struct PersonSearch {
  std::optional<std::string> name;  ///< a part of it, without regard to case and accents; only of people, not programs
  std::optional<NewPerson::Identifier> identifier;
};
/// Finds people among those whom the caller reaches; others are not there. That somebody was found is an event of that
/// person. Body: {"persons":[{id,name,identifier,language,address}],"more"}: up to 20 in the order of their names, of
/// the identifier its type and last three characters. Errors: invalid_argument "person.bad-search",
/// "person.bad-identifier".
base::Result<base::Json> find_persons(Service& service, const Caller& caller, const PersonSearch& search);

/// A legal basis as sent, in its written forms.
struct BasisInput {
  std::string kind;
  std::string article6;
  std::string article9;   ///< may be empty
  std::string law;        ///< may be empty
  std::string opposable;  ///< "no", "art28", "art21"
};
struct NoticeInput {
  std::string key;
  std::uint32_t version = 0;
};

struct NewDecision {
  std::string kind;  ///< "grant", "refuse", "defer", "withdraw", "object", "withdraw-objection"
  std::string purpose;
  std::string category;
  std::string recipient;
  std::optional<BasisInput> basis;         ///< grants default to express consent, 6(1)(a)
  std::optional<NoticeInput> notice;       ///< mandatory for grants
  std::optional<std::string> valid_until;  ///< RFC 3339; mandatory for grants
  std::string channel;                     ///< "phone", "counter", "web", "letter", "slip"
};
/// Body: {"decision":{id,state,logIndex}}. Errors: not_found "person.unknown", "notice.unknown"; invalid_argument
/// "consent.…"; conflict "consent.transition".
base::Result<Reply> record_decision(Service& service, const Caller& caller, std::string_view person,
                                    const NewDecision& decision, const Idempotency& idempotency);

/// Erases a person: data, salts and openings first, their key last; every proof stays valid. Body: {"erasure":{at,
/// logIndex}}. Error: not_found "person.unknown".
base::Result<Reply> erase_person(Service& service, const Caller& caller, std::string_view person,
                                 const Idempotency& idempotency);

}  // namespace segell::app
