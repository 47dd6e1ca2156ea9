#include "official_register.h"

#include "checks.h"
#include "json_fields.h"
#include "template_document.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Failure no_official(std::string_view reason, std::string message) {
  return base::fail(base::Code::forbidden, reason, std::move(message),
                    "whoever keeps the register of officials can say more");
}

bool entry_covers(const RegisterEntry& entry, const std::vector<std::string>& procedures) {
  if (entry.procedures.empty()) return true;
  return !procedures.empty() && std::all_of(procedures.begin(), procedures.end(),
                                            [&](const std::string& one) { return one_of(entry.procedures, one); });
}

base::Result<void> check_entry(const RegisterEntry& entry, const std::vector<std::string>& procedures,
                               base::Instant now) {
  if (entry.record.state != official_state::kRegistered) {
    return no_official("official.withdrawn", "the register's entry for this official was withdrawn");
  }
  if (now < entry.record.since) {
    return no_official("official.not-yet", "the register's entry for this official begins later");
  }
  if (now >= entry.record.until) {
    return no_official("official.expired", "the register's entry for this official is over");
  }
  if (entry_covers(entry, procedures)) return base::ok();
  return no_official("official.other-procedure", "the register does not let this official sign in this procedure");
}

}  // namespace

base::Result<RegisterEntry> read_entry(storage::OfficialRecord record) {
  RegisterEntry entry;
  SEGELL_TRY(entry.name, text_field(record.details, "name"));
  SEGELL_TRY(entry.resolution, text_field(record.details, "resolution"));
  SEGELL_TRY(entry.procedures, words_field(record.details, "procedures"));
  SEGELL_TRY(entry.certificate, text_field(record.details, "certificate"));
  entry.record = std::move(record);
  return entry;
}

base::Result<std::vector<std::string>> procedures_of(const RequestPayload& payload,
                                                     const storage::DocumentRecord& document) {
  std::vector<std::string> procedures;
  const auto add = [&](const consent::ConsentItem& item) {
    if (!one_of(procedures, item.scope.purpose)) procedures.push_back(item.scope.purpose);
  };
  for (const consent::ConsentItem& item : payload.items) add(item);
  if (!procedures.empty()) return procedures;
  SEGELL_TRY(const auto made, template_of(document));
  if (!made) return procedures;
  for (const TemplateDocument::Item& item : made->items) add(item.item);
  return procedures;
}

base::Result<RegisterEntry> require_official(const storage::View& view, const storage::AccountId& account,
                                             const std::vector<std::string>& procedures, base::Instant now) {
  SEGELL_TRY(auto records, view.officials().of_account(account));
  std::optional<base::Error> why;
  for (storage::OfficialRecord& record : records) {
    SEGELL_TRY(auto entry, read_entry(std::move(record)));
    auto checked = check_entry(entry, procedures, now);
    if (checked) return entry;
    if (!why) why = std::move(checked).error();
  }
  if (why) return base::fail(*std::move(why));
  return no_official("official.not-registered", "this account is not in the register of officials");
}

base::Result<std::vector<std::string>> officials_for(const storage::View& view, const base::PersonId& person,
                                                     const std::vector<std::string>& procedures, base::Instant now) {
  SEGELL_TRY(const auto accounts, view.assignments().of_person(person));
  std::vector<std::string> names;
  for (const storage::AccountId& account : accounts) {
    auto entry = require_official(view, account, procedures, now);
    if (entry) {
      names.push_back(std::move(entry->name));
    } else if (entry.error().code != base::Code::forbidden) {
      return base::fail(std::move(entry).error());
    }
  }
  return names;
}

}  // namespace segell::app
