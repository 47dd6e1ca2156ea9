#include "paper.h"

#include "base/encoding.h"
#include "words.h"

namespace segell::app {

namespace {

constexpr std::size_t kShortHash = 12;

std::string choice_key(consent::DecisionKind kind) { return "choice-" + std::string(to_string(kind)); }

/// A hand on a tablet is said the same way whether dynamics were given or not: that is nobody's business on paper.
std::string_view method_key(signer::ades::Method method) {
  using signer::ades::Method;
  switch (method) {
    case Method::drawn:
    case Method::drawn_with_dynamics:
      return "method-drawn";
    case Method::button:
    case Method::official:
    case Method::witnesses:
      return "method-button";
  }
  return "method-button";
}

layout::ChoicesWords frame_words(const Words& words, std::string_view language) {
  layout::ChoicesWords frame;
  frame.person = words.say(language, "label-person");
  frame.choice = words.say(language, "label-choice");
  frame.consequence = words.say(language, "label-consequence");
  frame.notice = words.say(language, "label-notice");
  frame.code = words.say(language, "label-code");
  frame.check = words.say(language, "label-check");
  frame.page_of = words.say(language, "page-of", {{"page", "{page}"}, {"pages", "{pages}"}});
  return frame;
}

}  // namespace

base::Result<base::Bytes> lay_out_choices(const layout::Typesetter& typesetter, const RequestPayload& request,
                                          const PaperFacts& facts,
                                          const std::map<std::string, std::string>& notice_titles) {
  const Words& words = Words::embedded();
  layout::ChoicesPage page;
  page.language = request.language;
  page.title = words.say(request.language, "page-title", {{"title", request.title}});
  page.organisation = facts.organisation;
  page.person = facts.person;
  page.words = frame_words(words, request.language);
  page.verification_code = facts.verification_code;
  page.verification_url = facts.public_url + "/check#" + facts.verification_code;
  page.signature_room = kFieldHeight + 2 * kFieldGap;
  page.created = facts.now;
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    const consent::ConsentItem& item = request.items[i];
    layout::ChoiceLine line;
    line.item = item.text;
    line.choice = words.say(request.language, "choice-until",
                            {{"choice", words.say(request.language, choice_key(request.choices[i]))},
                             {"date", format_day(item.valid_until)}});
    line.consequence = item.consequence_if_refused;
    if (const auto title = notice_titles.find(item.notice.key); title != notice_titles.end()) {
      line.notice = title->second + " · " + base::to_hex(item.notice.sha256).substr(0, kShortHash);
    }
    page.choices.push_back(std::move(line));
  }
  return typesetter.lay_out_choices_page(page);
}

base::Result<base::Bytes> lay_out_statement(const layout::Typesetter& typesetter, std::string_view language,
                                            const PaperFacts& facts, signer::ades::Method method,
                                            signer::ades::Meaning meaning, double width, double height) {
  const Words& words = Words::embedded();
  layout::Statement statement;
  statement.language = language;
  statement.lines = {words.say(language, "statement",
                               {{"organisation", facts.organisation},
                                {"person", facts.person},
                                {"method", words.say(language, method_key(method))},
                                {"meaning", words.say(language, "meaning-" + std::string(to_string(meaning)))}}),
                     words.say(language, "label-code") + ": " + facts.verification_code};
  statement.width = width;
  statement.height = height;
  statement.created = facts.now;
  return typesetter.lay_out_statement(statement);
}

base::Result<base::Bytes> lay_out_time(const layout::Typesetter& typesetter, std::string_view language,
                                       base::Instant now, double width) {
  layout::Statement line;
  line.language = language;
  line.lines = {Words::embedded().say(language, "label-time") + ": " + format_minute(now)};
  line.width = width;
  line.height = kTimeHeight;
  line.created = now;
  return typesetter.lay_out_statement(line);
}

}  // namespace segell::app
