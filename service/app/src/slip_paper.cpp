#include "slip_paper.h"

#include "app/slips.h"
#include "document_access.h"
#include "events.h"
#include "layout/slip_page.h"
#include "names.h"
#include "sealing.h"
#include "words.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using consent::DecisionKind;

/// Says the words of a slip in its language.
class SlipSpeaker {
 public:
  explicit SlipSpeaker(std::string_view language) : m_language(language) {}
  [[nodiscard]] std::string say(std::string_view key, std::initializer_list<Words::Value> values = {}) const {
    return Words::embedded().say(m_language, key, values);
  }

 private:
  std::string_view m_language;
};

std::string slip_decision_words(const SlipSpeaker& speaker, const SlipLine& line, consent::ItemState now) {
  if (const auto back = way_back(line); back && is_taken_back(now)) {
    return speaker.say("choice-" + std::string(to_string(now == consent::ItemState::opposed ? DecisionKind::object
                                                                                            : DecisionKind::withdraw)));
  }
  const std::string choice = speaker.say("choice-" + std::string(to_string(line.choice)));
  return line.until ? speaker.say("choice-until", {{"choice", choice}, {"date", format_day(*line.until)}}) : choice;
}

std::vector<std::string> slip_intro(const SlipSpeaker& speaker, const SlipContent& content) {
  const std::string date = format_day(content.at);
  const std::string ending(to_string(content.ending));
  if (content.discreet) return {speaker.say("slip-plain-" + ending, {{"date", date}})};
  return {speaker.say("slip-intro-" + ending, {{"person", content.person}, {"title", content.title}, {"date", date}})};
}

bool can_take_back_any(const SlipContent& content) {
  return std::any_of(content.lines.begin(), content.lines.end(),
                     [](const SlipLine& line) { return way_back(line).has_value(); });
}

std::vector<std::string> slip_ways(const SlipSpeaker& speaker, const SlipContent& content,
                                   const SlipPaperFacts& facts) {
  std::vector<std::string> how = {speaker.say(can_take_back_any(content) ? "slip-how-code" : "slip-how-look")};
  if (!content.discreet && !facts.tenant.telephone.empty()) {
    how.push_back(speaker.say("slip-how-telephone", {{"telephone", facts.tenant.telephone}}));
  }
  how.push_back(speaker.say("slip-how-voice"));
  return how;
}

std::vector<std::string> slip_foot(const SlipSpeaker& speaker, const OpenSlip& slip, const SlipPaperFacts& facts) {
  std::vector<std::string> foot = {speaker.say(can_take_back_any(slip.content) ? "slip-foot-bearer" : "slip-foot-look",
                                               {{"date", format_day(slip.record.expires)}})};
  if (slip.content.discreet) return foot;
  if (const auto code = ades::VerificationCode::parse(slip.content.verification_code)) {
    foot.push_back(
        speaker.say("slip-foot-document", {{"address", facts.public_url + "/check"}, {"code", code->shown()}}));
  }
  foot.push_back(speaker.say("slip-foot-sealed",
                             {{"organisation", facts.tenant.organisation}, {"time", format_minute(facts.now)}}));
  return foot;
}

}  // namespace

base::Result<base::Bytes> seal_home_paper(Service::State& state, const Tenant& tenant, base::Bytes paper,
                                          base::Instant now) {
  SEGELL_CHECK(ades::check_seal_certificate(tenant.settings.seal.certificate, now));
  SEGELL_TRY(const auto document, pdf::Document::open_strict(pdf::borrow_source(paper)));
  ades::SealRequest request;
  request.claimed_time = now;
  const ades::TimeDemand demand = demand_of(state, tenant);
  if (demand == ades::TimeDemand::required && !state.tsa) return no_timestamp("none is configured");
  auto made = tenant.sealer.seal(document, std::move(request), demand, state.tsa ? &*state.tsa : nullptr);
  if (!made) return seal_error(std::move(made).error(), demand);
  base::append(paper, made->bytes);
  return paper;
}

base::Result<base::Bytes> lay_out_slip(const layout::Typesetter& typesetter, const OpenSlip& slip, const SlipCode& code,
                                       const SlipPaperFacts& facts) {
  const SlipContent& content = slip.content;
  const SlipSpeaker speaker(content.language);
  layout::SlipPage page;
  page.language = content.language;
  page.title = speaker.say("slip-title");
  if (!content.discreet) page.organisation = facts.tenant.organisation;
  page.intro = slip_intro(speaker, content);
  for (std::size_t i = 0; i < content.lines.size(); ++i) {
    const SlipLine& line = content.lines[i];
    layout::SlipPageLine printed;
    printed.item = line.text.empty() ? speaker.say("slip-line", {{"number", std::to_string(i + 1)}}) : line.text;
    printed.decision = slip_decision_words(speaker, line, slip.states[i]);
    if (!content.discreet && !line.scope.recipient.empty()) {
      printed.detail = speaker.say(
          "slip-for",
          {{"recipient", code_name(facts.tenant, CodeKind::recipient, line.scope.recipient, content.language)}});
    }
    page.lines.push_back(std::move(printed));
  }
  page.more = speaker.say("slip-more", {{"count", "{count}"}});
  page.how_title = speaker.say("slip-how");
  page.how = slip_ways(speaker, content, facts);
  page.code_label = speaker.say("slip-code");
  page.code = code.shown();
  page.address = facts.public_url + "/slip";
  page.qr = slip_link(facts.public_url, code);
  page.foot = slip_foot(speaker, slip, facts);
  page.created = facts.now;
  return typesetter.lay_out_slip(page);
}

base::Result<Content> read_slip_paper(Service& service, std::string_view code) {
  Service::State& state = service.state();
  SEGELL_TRY(const storage::SlipPlace place, find_slip(state, code));
  SEGELL_TRY(const Tenant* tenant, state.tenant(place.tenant));
  SEGELL_TRY(const SlipCode parsed, SlipCode::parse(code));
  const EventHead head{state.clock.now(), slip_actor(place.slip)};
  SEGELL_TRY(const OpenSlip slip, state.store.read(place.tenant, [&](const storage::View& view) {
    return open_slip(view, place.slip, head.time);
  }));
  SEGELL_TRY(base::Bytes paper,
             lay_out_slip(*state.typesetter, slip, parsed, {tenant->settings, state.settings.public_url, head.time}));
  // A seal names the organisation in its certificate, which a discreet slip must not.
  if (!slip.content.discreet) {
    SEGELL_TRY(paper, seal_home_paper(state, *tenant, std::move(paper), head.time));
  }
  const base::PersonId& person = *slip.record.person;
  const SlipPaperMade event{place.slip, person, base::sha256(paper)};
  SEGELL_CHECK(state.store.run(place.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_CHECK(open_slip(transaction, place.slip, head.time));  // it may have ended meanwhile
    SEGELL_CHECK(transaction.append_event(encode(head, event), person));
    return base::ok();
  }));
  return Content{std::move(paper), "application/pdf", neutral_name("slip-", place.slip.text(), ".pdf")};
}

}  // namespace segell::app
