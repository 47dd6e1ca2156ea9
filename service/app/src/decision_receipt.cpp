#include "app/mine.h"

#include "checks.h"
#include "consent_facts.h"
#include "decided_item.h"
#include "document_access.h"
#include "layout/slip_page.h"
#include "names.h"
#include "receipt_events.h"
#include "slip_paper.h"
#include "words.h"

#include <algorithm>

namespace segell::app {

namespace {

/// A decision with what a receipt says about it.
struct Receipt {
  storage::ConsentFact fact;
  std::string person;  ///< empty on a discreet one
  std::string asked;   ///< what was asked, in the words of the paper; empty where no paper shows it
  std::optional<storage::ConsentFact> error;  ///< the act that says that somebody else decided it
  bool discreet = false;
};

base::Result<Receipt> receipt_of(const storage::View& view, const Caller& caller, const base::PersonId& person,
                                 const storage::DecisionId& decision, base::Instant now) {
  SEGELL_TRY(const auto facts, view.consents().of_person(person));
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const storage::ConsentFact& fact) { return fact.decision == decision; });
  const bool there = found != facts.end();
  SEGELL_TRY(const bool kept_from, is_kept_from(view, caller, there ? found->document : std::nullopt));
  if (!there || kept_from) return base::fail(base::Code::not_found, "decision.unknown", "no such decision");
  Receipt receipt;
  receipt.fact = *found;
  const auto error = std::find_if(facts.begin(), facts.end(),
                                  [&](const storage::ConsentFact& fact) { return fact.voids == decision; });
  if (error != facts.end()) receipt.error = *error;
  SEGELL_TRY(receipt.discreet, is_protected(view, person, now));
  if (receipt.discreet) return receipt;
  SEGELL_TRY(const auto record, view.persons().get(person));
  if (const base::Json* name = record.profile.find("name"); name != nullptr && name->as_string() != nullptr) {
    receipt.person = *name->as_string();
  }
  const storage::ItemKey& key = found->item;
  SEGELL_TRY(const auto history, view.consents().of_item(person, key));
  SEGELL_TRY(receipt.asked, asked_text(view, history, {key.purpose, key.category, key.recipient}));
  return receipt;
}

layout::SlipPageLine receipt_line(const TenantSettings& tenant, const Receipt& receipt, std::string_view language) {
  const Words& words = Words::embedded();
  const storage::ConsentFact& fact = receipt.fact;
  layout::SlipPageLine line;
  const std::string choice = words.say(language, "choice-" + fact.kind);
  line.decision = fact.valid_until ? words.say(language, "choice-until",
                                               {{"choice", choice}, {"date", format_day(*fact.valid_until)}})
                                   : choice;
  if (receipt.error) {
    line.decision +=
        " " + words.say(language, "receipt-error",
                        {{"time", format_minute(receipt.error->effective)}, {"act", receipt.error->decision.text()}});
  }
  if (receipt.discreet) {
    line.item = words.say(language, "slip-line", {{"number", "1"}});
    return line;
  }
  line.item =
      receipt.asked.empty() ? code_name(tenant, CodeKind::category, fact.item.category, language) : receipt.asked;
  const std::string channel = "channel-" + fact.channel;
  line.detail = words.say(language, "receipt-detail",
                          {{"purpose", code_name(tenant, CodeKind::purpose, fact.item.purpose, language)},
                           {"recipient", code_name(tenant, CodeKind::recipient, fact.item.recipient, language)},
                           {"channel", words.say(language, words.has(language, channel) ? channel : "channel-other")}});
  if (!fact.law.empty()) line.detail += " " + words.say(language, "receipt-law", {{"law", fact.law}});
  return line;
}

layout::SlipPage receipt_page(const TenantSettings& tenant, const std::string& public_url, const Receipt& receipt,
                              std::string_view language, base::Instant now) {
  const Words& words = Words::embedded();
  const std::string time = format_minute(receipt.fact.effective);
  layout::SlipPage page;
  page.language = language;
  page.title = words.say(language, "slip-title");
  page.lines.push_back(receipt_line(tenant, receipt, language));
  page.how_title = words.say(language, "slip-how");
  page.created = now;
  if (receipt.discreet) {
    page.intro = {words.say(language, "receipt-plain", {{"time", time}})};
    page.how = {words.say(language, "slip-how-voice")};
    return page;
  }
  page.organisation = tenant.organisation;
  page.intro = {words.say(language, "receipt-intro", {{"person", receipt.person}, {"time", time}})};
  page.how = {words.say(language, "receipt-how-page", {{"address", public_url + "/mine"}})};
  if (!tenant.telephone.empty()) {
    page.how.push_back(words.say(language, "slip-how-telephone", {{"telephone", tenant.telephone}}));
  }
  page.how.push_back(words.say(language, "slip-how-voice"));
  page.foot = {
      words.say(language, "receipt-foot-entry",
                {{"id", receipt.fact.decision.text()},
                 {"index", std::to_string(receipt.fact.log_index)},
                 {"organisation", tenant.organisation}}),
      words.say(language, "slip-foot-sealed", {{"organisation", tenant.organisation}, {"time", format_minute(now)}})};
  return page;
}

}  // namespace

base::Result<Content> read_my_receipt(Service& service, const Caller& caller, std::string_view decision,
                                      std::string_view language) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  if (!one_of(kPaperLanguages, language)) return invalid("receipt.bad-language", "the language is ca, es or en");
  SEGELL_TRY(const auto id, parse_or_unknown<storage::DecisionId>(decision, "decision.unknown", "decision"));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  const auto look = [&](const storage::View& view) -> base::Result<Receipt> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "decision.unknown", "decision"));
    return receipt_of(view, caller, person, id, head.time);
  };
  SEGELL_TRY(const Receipt receipt, state.store.read(caller.tenant, look));
  SEGELL_TRY(base::Bytes paper, state.typesetter->lay_out_slip(receipt_page(tenant->settings, state.settings.public_url,
                                                                            receipt, language, head.time)));
  if (!receipt.discreet) {
    SEGELL_TRY(paper, seal_home_paper(state, *tenant, std::move(paper), head.time));
  }
  const ReceiptMade event{person, same_bits<consent::DecisionId>(id), base::sha256(paper)};
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(const Receipt still, look(transaction));  // what was hidden meanwhile must not leave
    if (still.discreet != receipt.discreet) {
      return base::fail(base::Code::conflict, "receipt.changed", "what holds for this person changed meanwhile",
                        "ask for the receipt again");
    }
    SEGELL_CHECK(transaction.append_event(encode(head, event), person));
    return base::ok();
  }));
  return Content{std::move(paper), "application/pdf", neutral_name("receipt-", decision, ".pdf")};
}

}  // namespace segell::app
