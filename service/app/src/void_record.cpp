#include "app/documents.h"

#include "base/encoding.h"
#include "checks.h"
#include "document_access.h"
#include "layout/slip_page.h"
#include "misattribution_events.h"
#include "refused_access.h"
#include "signer/ades/verification_code.h"
#include "slip_paper.h"
#include "visibility.h"
#include "void_signature.h"
#include "words.h"

#include <algorithm>

namespace segell::app {

namespace {

/// What the record says of each void signature: facts that every holder of the document may know.
struct VoidFacts {
  std::string code;
  std::vector<VoidSignature> signatures;
  std::vector<storage::RevisionRecord> revisions;
  std::optional<base::PersonId> subject;
};

base::Result<VoidFacts> void_facts(const storage::View& view, const Caller& caller, const base::DocumentId& document) {
  SEGELL_CHECK(require_visible(view, caller, {.document = document}, "document.unknown", "document"));
  VoidFacts facts;
  SEGELL_TRY(const auto record, view.documents().get(document));
  const auto code = signer::ades::VerificationCode::parse(record.verification_code);
  facts.code = code ? code->shown() : record.verification_code;
  SEGELL_TRY(facts.signatures, void_signatures(view, document));
  SEGELL_TRY(facts.revisions, view.documents().revisions(document));
  SEGELL_TRY(facts.subject, subject_of(view, document));
  if (!facts.signatures.empty()) return facts;
  return base::fail(base::Code::not_found, "void-record.none", "no signature on this document is void");
}

layout::SlipPageLine void_line(const VoidFacts& facts, const VoidSignature& signature, std::string_view language) {
  const Words& words = Words::embedded();
  const auto revision =
      std::find_if(facts.revisions.begin(), facts.revisions.end(),
                   [&](const storage::RevisionRecord& one) { return one.index == signature.mark.revision; });
  layout::SlipPageLine line;
  line.item = words.say(language, "void-document", {{"code", facts.code}});
  line.decision =
      words.say(language, "void-since", {{"time", format_minute(signature.mark.at)}, {"act", signature.act.text()}});
  if (revision != facts.revisions.end()) {
    line.detail = words.say(language, "void-digest",
                            {{"length", std::to_string(revision->total_length)},
                             {"sha256", base::to_hex(revision->sha256)},
                             {"index", std::to_string(signature.mark.log_index)}});
  }
  return line;
}

layout::SlipPage void_page(const TenantSettings& tenant, const VoidFacts& facts, std::string_view language,
                           base::Instant now) {
  const Words& words = Words::embedded();
  layout::SlipPage page;
  page.language = language;
  page.title = words.say(language, "void-title");
  page.organisation = tenant.organisation;
  page.intro = {words.say(language, "void-intro", {{"organisation", tenant.organisation}})};
  for (const VoidSignature& signature : facts.signatures) page.lines.push_back(void_line(facts, signature, language));
  page.more = words.say(language, "void-more", {{"count", "{count}"}});
  page.how_title = words.say(language, "void-meaning");
  page.how = {words.say(language, "void-meaning-seal"), words.say(language, "void-meaning-decisions")};
  page.foot = {
      words.say(language, "slip-foot-sealed", {{"organisation", tenant.organisation}, {"time", format_minute(now)}})};
  page.created = now;
  return page;
}

}  // namespace

base::Result<Content> read_void_record(Service& service, const Caller& caller, std::string_view document,
                                       std::string_view language) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  if (!one_of(kPaperLanguages, language)) return invalid("receipt.bad-language", "the language is ca, es or en");
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  const auto look = [&](const storage::View& view) { return void_facts(view, caller, id); };
  SEGELL_TRY(const VoidFacts facts,
             noting_refusal(state, caller, {.document = id}, state.store.read(caller.tenant, look)));
  SEGELL_TRY(base::Bytes paper,
             state.typesetter->lay_out_slip(void_page(tenant->settings, facts, language, head.time)));
  SEGELL_TRY(paper, seal_home_paper(state, *tenant, std::move(paper), head.time));
  const base::Sha256 sha256 = base::sha256(paper);
  SEGELL_CHECK(state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(const VoidFacts still, look(transaction));  // whoever was excluded meanwhile gets nothing
    const VoidRecordMade event{still.subject, id, sha256};
    SEGELL_CHECK(transaction.append_event(encode(head, event), still.subject));
    return base::ok();
  }));
  return Content{std::move(paper), "application/pdf", neutral_name("record-", id.text(), ".pdf")};
}

}  // namespace segell::app
