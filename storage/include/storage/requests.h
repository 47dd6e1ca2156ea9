#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
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

class Requests {
 public:
  explicit Requests(Scope& scope) : m_scope(&scope) {}
  /// Error: not_found "request.unknown".
  [[nodiscard]] base::Result<RequestRecord> get(const RequestId& id) const;
  /// The open request of a document, if any state of `states` matches.
  [[nodiscard]] base::Result<std::vector<RequestRecord>> of_document(const DocumentId& document) const;
  base::Result<void> add(const RequestRecord& request);
  /// Changes state and payload, provided that the state is still `expected_state`. Error: conflict "request.state".
  base::Result<void> update(const RequestRecord& request, const std::string& expected_state);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
