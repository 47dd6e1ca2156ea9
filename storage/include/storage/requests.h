#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::storage {

struct RequestRecord {
  RequestId id;
  std::string state;  ///< the app's closed list
  DocumentId document;
  PersonId person;
  base::Sha256 capability_hash{};  ///< SHA-256 of the tablet capability
  base::Bytes nonce;
  base::Instant created;
  base::Instant expires;
  base::Json payload;  ///< items, title, choices …; at rest sealed under the person's key; null once erased
};

/// What can be asked of a request without opening its payload.
struct RequestStanding {
  std::string state;
  DocumentId document;
  base::Instant expires;
  bool erased = false;  ///< with its person: the payload is gone
};

/// Which requests of a tenant a list wants.
struct RequestFilter {
  std::optional<AccountId> account;  ///< only of persons whom this account is assigned to and not excluded from
  std::vector<std::string> states;   ///< up to kMostStates of the app's words; empty: any
  base::Instant expires_after = base::Instant::min();  ///< only those that end later than that
  base::Instant expires_until = base::Instant::max();  ///< only those that end then or earlier
  static constexpr std::size_t kMostStates = 4;
};

class Requests {
 public:
  explicit Requests(Scope& scope) : m_scope(&scope) {}
  /// Error: not_found "request.unknown".
  [[nodiscard]] base::Result<RequestRecord> get(const RequestId& id) const;
  /// Error: not_found "request.unknown".
  [[nodiscard]] base::Result<RequestStanding> standing(const RequestId& id) const;
  /// The open request of a document, if any state of `states` matches.
  [[nodiscard]] base::Result<std::vector<RequestRecord>> of_document(const DocumentId& document) const;
  /// The newest request of each document that the person was asked about; newest first, those behind `after`.
  struct Place {
    base::Instant created;
    RequestId id;
  };
  [[nodiscard]] base::Result<std::vector<RequestRecord>> of_person(const PersonId& person,
                                                                   const std::optional<Place>& after,
                                                                   std::size_t limit) const;
  /// Of everybody who is not erased; newest first, those behind `after`.
  [[nodiscard]] base::Result<std::vector<RequestRecord>> list(const RequestFilter& filter,
                                                              const std::optional<Place>& after,
                                                              std::size_t limit) const;
  /// Who was asked about the document, each once; opens no payload.
  [[nodiscard]] base::Result<std::vector<PersonId>> persons_of(const DocumentId& document) const;
  /// Those of the document in that state, in the order in which they were made.
  [[nodiscard]] base::Result<std::vector<RequestRecord>> of_document_in(const DocumentId& document,
                                                                        std::string_view state) const;
  base::Result<void> add(const RequestRecord& request);
  /// Changes state and payload, provided that the state is still `expected_state`. Error: conflict "request.state".
  base::Result<void> update(const RequestRecord& request, const std::string& expected_state);
  /// Changes the state alone.
  base::Result<void> set_state(const RequestId& id, std::string_view state);

  /// Octets that were laid out for the request and wait to become part of its document; at rest sealed under the
  /// person's key, and erased with it. Error: not_found "request.no-paper".
  [[nodiscard]] base::Result<base::Bytes> paper(const RequestId& id) const;
  base::Result<void> add_paper(const RequestId& id, const PersonId& person, base::BytesView octets);
  /// They are part of the document now.
  base::Result<void> remove_paper(const RequestId& id);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
