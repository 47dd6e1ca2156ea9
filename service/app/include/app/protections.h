#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/persons.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <string_view>

// What is kept from others about a person: somebody who must never see them (domain: excluded_person), an address
// (address_protected), or a document that is the adolescent's own matter (minor_confidential). Whoever works with the
// person sets it, with a reason; a data protection officer or a referent alone is told that it is set; two of these
// together take it away.

namespace segell::app {

struct NewProtection {
  std::string kind;    ///< "excluded-person", "address" or "confidential"
  std::string reason;  ///< up to 1000 octets; enters the log as a salted digest only
  /// Who is excluded; exactly one of the three. An identifier may be of nobody who is known here: it holds for whoever
  /// comes with it.
  std::optional<std::string> login{};
  std::optional<NewPerson::Identifier> identifier{};
  std::optional<std::string> person{};
  /// The address as people write it, a line for each way to write it: eight letters or digits or more. What is made
  /// from now on says a token instead.
  std::string address{};
  /// What is kept from everybody who represents the person: a stored document that is theirs, or nobody's yet.
  std::optional<std::string> document{};
};

/// Body: {"protection":{id,state,logIndex}}. Errors: not_found "person.unknown"; invalid_argument
/// "protection.bad-kind", "protection.bad-reason", "protection.bad-person" (not exactly one, or the person themselves),
/// "protection.unknown-login", "protection.bad-address", "protection.bad-document", "person.bad-identifier"; not_found
/// "document.unknown"; conflict "protection.too-many", "protection.confidential" (the document is kept already).
base::Result<Reply> set_protection(Service& service, const Caller& caller, std::string_view person,
                                   const NewProtection& wanted, const Idempotency& idempotency);

/// Those that the caller is told of, newest first; that they were looked at is an event of each person. Body:
/// {"protections":[{id,personId,personName,kind,state,setAt,setBy,reason,excluded,address,token,
/// documentId,removal}],"next"}.
/// Errors: not_found "http.not-found" for whoever is told of none; invalid_argument "page.bad-cursor".
base::Result<base::Json> list_protections(Service& service, const Caller& caller, const Page& page);

/// The first call asks for the removal, and the protection holds; the second, by somebody else, ends it. Body:
/// {"protection":{id,state,logIndex}}. Errors: not_found "protection.unknown"; invalid_argument
/// "protection.bad-reason"; conflict "protection.second-person" (whoever asked cannot confirm), "protection.over".
base::Result<Reply> remove_protection(Service& service, const Caller& caller, std::string_view protection,
                                      const std::string& reason, const Idempotency& idempotency);

}  // namespace segell::app
