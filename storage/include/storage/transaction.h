#pragma once

#include "storage/accounts.h"
#include "storage/consents.h"
#include "storage/corrections.h"
#include "storage/credentials.h"
#include "storage/devices.h"
#include "storage/documents.h"
#include "storage/evidence.h"
#include "storage/feedback.h"
#include "storage/idempotency.h"
#include "storage/jobs.h"
#include "storage/misattributions.h"
#include "storage/notices.h"
#include "storage/officials.h"
#include "storage/persons.h"
#include "storage/protection_flags.h"
#include "storage/representations.h"
#include "storage/requests.h"
#include "storage/reviews.h"
#include "storage/seal_preparations.h"
#include "storage/sessions.h"
#include "storage/slips.h"
#include "storage/visits.h"

#include <cstdint>
#include <optional>

namespace segell::storage {

/// One tenant's records as they stand in one snapshot. Reading only.
class View {
 public:
  explicit View(const Scope& scope);
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  [[nodiscard]] const TenantId& tenant() const { return m_scope.tenant; }
  [[nodiscard]] const Persons& persons() const { return m_persons; }
  [[nodiscard]] const Notices& notices() const { return m_notices; }
  [[nodiscard]] const Documents& documents() const { return m_documents; }
  [[nodiscard]] const Requests& requests() const { return m_requests; }
  [[nodiscard]] const Slips& slips() const { return m_slips; }
  [[nodiscard]] const Consents& consents() const { return m_consents; }
  [[nodiscard]] const Corrections& corrections() const { return m_corrections; }
  [[nodiscard]] const ProtectionFlags& protection_flags() const { return m_protection_flags; }
  [[nodiscard]] const Misattributions& misattributions() const { return m_misattributions; }
  [[nodiscard]] const Representations& representations() const { return m_representations; }
  [[nodiscard]] const Reviews& reviews() const { return m_reviews; }
  [[nodiscard]] const SealPreparations& seal_preparations() const { return m_seal_preparations; }
  [[nodiscard]] const Feedback& feedback() const { return m_feedback; }
  [[nodiscard]] const Evidence& evidence() const { return m_evidence; }
  [[nodiscard]] const Idempotency& idempotency() const { return m_idempotency; }
  [[nodiscard]] const Jobs& jobs() const { return m_jobs; }
  [[nodiscard]] const Devices& devices() const { return m_devices; }
  [[nodiscard]] const Visits& visits() const { return m_visits; }
  [[nodiscard]] const Officials& officials() const { return m_officials; }
  [[nodiscard]] const Accounts& accounts() const { return m_accounts; }
  [[nodiscard]] const Holdings& holdings() const { return m_holdings; }
  [[nodiscard]] const Assignments& assignments() const { return m_assignments; }

  /// Entries in the tenant's log as this snapshot sees it: "as known at T" means that size at T.
  [[nodiscard]] base::Result<std::uint64_t> log_size() const;

 protected:
  Scope m_scope;
  Persons m_persons;
  Notices m_notices;
  Documents m_documents;
  Requests m_requests;
  Slips m_slips;
  Consents m_consents;
  Corrections m_corrections;
  ProtectionFlags m_protection_flags;
  Misattributions m_misattributions;
  Representations m_representations;
  Reviews m_reviews;
  SealPreparations m_seal_preparations;
  Feedback m_feedback;
  Evidence m_evidence;
  Idempotency m_idempotency;
  Jobs m_jobs;
  Devices m_devices;
  Visits m_visits;
  Officials m_officials;
  Credentials m_credentials;
  Accounts m_accounts;
  Holdings m_holdings;
  Assignments m_assignments;
  Sessions m_sessions;
};

/// What a use case changes, together with the events that say so: all of it commits, or nothing. A use case may run
/// more than once (another member of its group failed, the database asked for a retry); it must therefore take time,
/// ids and octets from outside and touch nothing but this.
class Transaction final : public View {
 public:
  using View::View;

  /// Adds an event to the tenant's log and gives the index that it will have if the transaction commits. `event` is one
  /// deterministic CBOR item in Segell's own ids; its opening is sealed under the key of `subject`, or of the tenant.
  /// Errors: limit_exceeded "event.too-large" (64 KiB); not_found "key.missing" (the subject is erased).
  base::Result<std::uint64_t> append_event(base::BytesView event, const std::optional<PersonId>& subject = {});

  using View::accounts;
  using View::assignments;
  using View::consents;
  using View::corrections;
  using View::devices;
  using View::documents;
  using View::evidence;
  using View::feedback;
  using View::holdings;
  using View::idempotency;
  using View::jobs;
  using View::misattributions;
  using View::notices;
  using View::officials;
  using View::persons;
  using View::protection_flags;
  using View::representations;
  using View::requests;
  using View::reviews;
  using View::seal_preparations;
  using View::slips;
  using View::visits;
  Persons& persons() { return m_persons; }
  Notices& notices() { return m_notices; }
  Documents& documents() { return m_documents; }
  Requests& requests() { return m_requests; }
  Slips& slips() { return m_slips; }
  Consents& consents() { return m_consents; }
  Corrections& corrections() { return m_corrections; }
  ProtectionFlags& protection_flags() { return m_protection_flags; }
  Misattributions& misattributions() { return m_misattributions; }
  Representations& representations() { return m_representations; }
  Reviews& reviews() { return m_reviews; }
  SealPreparations& seal_preparations() { return m_seal_preparations; }
  Feedback& feedback() { return m_feedback; }
  Evidence& evidence() { return m_evidence; }
  Idempotency& idempotency() { return m_idempotency; }
  Jobs& jobs() { return m_jobs; }
  Devices& devices() { return m_devices; }
  Visits& visits() { return m_visits; }
  Officials& officials() { return m_officials; }
  Credentials& credentials() { return m_credentials; }
  Accounts& accounts() { return m_accounts; }
  Holdings& holdings() { return m_holdings; }
  Assignments& assignments() { return m_assignments; }
  Sessions& sessions() { return m_sessions; }
};

}  // namespace segell::storage
