#include "app/officials.h"

#include "account_details.h"
#include "base/encoding.h"
#include "checks.h"
#include "json_fields.h"
#include "official_events.h"
#include "official_register.h"
#include "once.h"
#include "page_cursor.h"
#include "session_parts.h"
#include "visibility.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kLongestResolution = 300;
constexpr std::size_t kMostProcedures = 64;
constexpr std::size_t kLongestProcedure = 128;
constexpr std::size_t kDigestDigits = 64;

base::Failure unknown_staff() {
  return base::fail(base::Code::not_found, "official.no-account", "there is no account with that name");
}

/// A member of staff of this organisation who works with people: nobody else signs on their behalf.
base::Result<storage::AccountRecord> find_staff(Service::State& state, const base::TenantId& tenant,
                                                std::string_view name) {
  const auto normal = normal_login_name(name);
  if (!normal) return unknown_staff();
  SEGELL_TRY(auto found, state.store.find_account(*normal));
  if (!found) return unknown_staff();
  SEGELL_TRY(const auto held, state.store.read(found->home, [&](const storage::View& view) {
    return view.holdings().of_account(found->home, found->account.id);
  }));
  bool here = found->home == tenant;
  for (const storage::HoldingRecord& holding : held) {
    if (holding.tenant != tenant) continue;
    here = true;
    if (holding.role == to_string(Role::professional) || holding.role == to_string(Role::referent)) {
      return std::move(found->account);
    }
  }
  if (!here) return unknown_staff();
  return invalid("official.not-staff", "only a professional or a referent signs on behalf of people",
                 "give the account one of these roles first");
}

struct Term {
  base::Instant since{};
  base::Instant until{};
};

base::Result<Term> check_new_official(const NewOfficial& wanted) {
  if (!is_plain_text(wanted.resolution, kLongestResolution)) {
    return invalid("official.bad-resolution", "an entry cites the resolution that it rests on, in up to 300 octets");
  }
  const auto since = base::parse_rfc3339(wanted.since);
  const auto until = base::parse_rfc3339(wanted.until);
  if (!since || !until || *until <= *since) {
    return invalid("official.bad-term", "an entry begins and ends at a time (RFC 3339), the end after the beginning");
  }
  if (wanted.procedures.size() > kMostProcedures) {
    return invalid("official.bad-procedure", "an entry names up to 64 procedures");
  }
  for (const std::string& procedure : wanted.procedures) {
    if (!is_plain_text(procedure, kLongestProcedure)) {
      return invalid("official.bad-procedure", "a procedure is a code of up to 128 octets");
    }
  }
  if (wanted.certificate.empty()) return Term{*since, *until};
  const auto digest = base::from_hex(wanted.certificate);
  if (!digest || wanted.certificate.size() != kDigestDigits) {
    return invalid("official.bad-certificate", "a certificate is named by the SHA-256 of its DER, in hexadecimal",
                   "openssl x509 -in official.pem -outform DER | sha256sum");
  }
  return Term{*since, *until};
}

base::Result<base::Json> official_json(const storage::View& view, const storage::OfficialRecord& record) {
  SEGELL_TRY(const auto entry, read_entry(record));
  base::Json json = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
  const auto account = view.accounts().get(record.account);
  if (!account && account.error().code != base::Code::not_found) return base::fail(account.error());
  json.set("account", account ? base::Json(account->name) : base::Json());  // none: closed, or of another organisation
  json.set("name", entry.name);
  json.set("resolution", entry.resolution);
  json.set("since", base::format_rfc3339(record.since));
  json.set("until", base::format_rfc3339(record.until));
  json.set("procedures", words_json(entry.procedures));
  json.set("certificate", entry.certificate.empty() ? base::Json() : base::Json(entry.certificate));
  for (const char* name : {"withdrawnAt", "reason"}) {
    if (const base::Json* member = record.details.find(name)) json.set(name, *member);
  }
  return json;
}

base::Result<base::Json> answer_with(storage::Transaction& transaction, const storage::OfficialRecord& record,
                                     const Once& once) {
  SEGELL_TRY(auto json, official_json(transaction, record));
  base::Json answer = base::Json::object({{"official", std::move(json)}});
  SEGELL_CHECK(once.record(transaction, answer));
  return answer;
}

}  // namespace

base::Result<Reply> register_official(Service& service, const Caller& caller, const NewOfficial& wanted,
                                      const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_register_keeper(caller));
  SEGELL_TRY(const Term term, check_new_official(wanted));
  SEGELL_TRY(const auto account, find_staff(state, caller.tenant, wanted.account));
  SEGELL_TRY(const auto details, account_details_from_json(account.details));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  storage::OfficialRecord record;
  record.id = storage::OfficialId::make();
  record.account = account.id;
  record.state = official_state::kRegistered;
  record.since = term.since;
  record.until = term.until;
  record.created = state.clock.now();
  record.details = base::Json::object({{"name", details.shown}, {"resolution", wanted.resolution}});
  record.details.set("procedures", words_json(wanted.procedures));
  OfficialRegistered event{record.id, record.account, term.since, term.until, {}};
  std::string fingerprint;
  if (!wanted.certificate.empty()) {
    SEGELL_TRY(const base::Bytes digest, base::from_hex(wanted.certificate));
    fingerprint = base::to_hex(digest);
    std::copy(digest.begin(), digest.end(), event.certificate.emplace().begin());
  }
  record.details.set("certificate", fingerprint);
  const base::Bytes encoded = encode(EventHead{record.created, caller.actor}, event);
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               storage::OfficialRecord row = record;
               SEGELL_TRY(row.log_index, transaction.append_event(encoded));
               SEGELL_CHECK(transaction.officials().add(row));
               return answer_with(transaction, row, once);
             }));
  return Reply{std::move(body)};
}

base::Result<base::Json> list_officials(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require_register_keeper(caller));
  SEGELL_TRY(const auto before, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_TRY(auto records, view.officials().list(before, page.limit + 1));
    const bool more = records.size() > page.limit;
    if (more) records.pop_back();
    base::Json list = base::Json::array();
    for (const storage::OfficialRecord& record : records) {
      SEGELL_TRY(auto json, official_json(view, record));
      list.push(std::move(json));
    }
    base::Json body = base::Json::object({{"officials", std::move(list)}});
    body.set("next", more ? next_json(records.back().log_index) : base::Json());
    return body;
  });
}

base::Result<Reply> withdraw_official(Service& service, const Caller& caller, std::string_view official,
                                      const std::string& reason, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_register_keeper(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::OfficialId>(official, "official.unknown", "entry"));
  if (!is_plain_text(reason, kLongestResolution)) {
    return invalid("official.bad-reason", "why the entry ends is said in up to 300 octets");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, transaction.officials().get(id));
               if (record.state != official_state::kWithdrawn) {
                 SEGELL_CHECK(transaction.append_event(encode(head, OfficialWithdrawn{id, record.account})));
                 record.state = official_state::kWithdrawn;
                 record.details.set("withdrawnAt", base::format_rfc3339(head.time));
                 record.details.set("reason", reason);
                 SEGELL_CHECK(transaction.officials().update(record));
               }
               return answer_with(transaction, record, once);
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
