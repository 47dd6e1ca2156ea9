#include "paper.h"

#include "base/encoding.h"
#include "words.h"

namespace segell::app {

namespace {

constexpr std::size_t kShortHash = 12;

std::string choice_key(consent::DecisionKind kind) { return "choice-" + std::string(to_string(kind)); }

/// How the person acted, in words. A hand on a tablet is said the same way whether dynamics were given or not: that is
/// nobody's business on paper.
std::string method_words(const Words& words, std::string_view language, const StatedAct& act) {
  using signer::ades::Method;
  switch (act.method) {
    case Method::drawn:
    case Method::drawn_with_dynamics:
      return words.say(language, "method-drawn");
    case Method::witnesses:
      if (act.names.size() != 2) return words.say(language, "method-witnesses-unnamed");
      return words.say(language, "method-witnesses", {{"first", act.names[0]}, {"second", act.names[1]}});
    case Method::official:
      if (act.names.size() != 1) return words.say(language, "method-official-unnamed");
      return words.say(language, "method-official", {{"official", act.names[0]}});
    case Method::button:
      break;
  }
  return words.say(language, "method-button");
}

/// A decision in words; what is granted or known says until when.
std::string choice_words(const Words& words, const RequestPayload& request, const consent::ConsentItem& item,
                         consent::DecisionKind kind) {
  const std::string label = words.say(request.language, "label-choice") + ": ";
  const std::string choice = words.say(request.language, choice_key(kind));
  const bool has_term = kind == consent::DecisionKind::grant || kind == consent::DecisionKind::inform;
  if (!has_term) return label + choice + ".";
  return label +
         words.say(request.language, "choice-until", {{"choice", choice}, {"date", format_day(item.valid_until)}});
}

}  // namespace

std::string choice_field(std::string_view shown_code, std::size_t item) {
  return "choice-" + std::string(shown_code) + "-" + std::to_string(item + 1);
}

templates::ItemPart item_part(const RequestPayload& request, const consent::ConsentItem& item, std::string field,
                              const std::map<std::string, std::string>& notice_titles) {
  const Words& words = Words::embedded();
  templates::ItemPart part;
  part.field = std::move(field);
  part.question = item.text;
  if (!item.consequence_if_refused.empty())
    part.rows.push_back({words.say(request.language, "label-consequence"), item.consequence_if_refused});
  if (const auto title = notice_titles.find(item.notice.key); title != notice_titles.end()) {
    part.rows.push_back({words.say(request.language, "label-notice"),
                         title->second + " · " + base::to_hex(item.notice.sha256).substr(0, kShortHash)});
  }
  for (const consent::DecisionKind kind : consent::offered_choices(item.basis))
    part.choices.push_back({std::string(to_string(kind)), choice_words(words, request, item, kind)});
  part.undecided = words.say(request.language, "label-choice") + ": " + words.say(request.language, "choice-undecided");
  return part;
}

templates::Tree choices_tree(const RequestPayload& request, const PaperFacts& facts,
                             const std::map<std::string, std::string>& notice_titles,
                             const std::vector<std::string>& fields) {
  const Words& words = Words::embedded();
  templates::Tree tree;
  tree.language = request.language;
  tree.title = words.say(request.language, "page-title", {{"title", request.title}});
  tree.foot = {words.say(request.language, "label-code"), facts.verification_code,
               words.say(request.language, "label-check"), facts.public_url + "/check#" + facts.verification_code,
               words.say(request.language, "page-of", {{"page", "{page}"}, {"pages", "{pages}"}})};
  tree.parts.emplace_back(templates::Lines{{facts.organisation}, true});
  tree.parts.emplace_back(templates::Title{tree.title});
  templates::Rows people{{{words.say(request.language, "label-person"), facts.people.person}}};
  if (!facts.people.signer.empty())
    people.rows.push_back({words.say(request.language, "label-signer"), facts.people.signer});
  tree.parts.emplace_back(std::move(people));
  for (std::size_t i = 0; i < request.items.size(); ++i)
    tree.parts.emplace_back(item_part(request, request.items[i], fields[i], notice_titles));
  tree.parts.emplace_back(
      templates::Rows{{{tree.foot.code_label, tree.foot.code}, {tree.foot.check, tree.foot.address}}});
  return tree;
}

base::Result<base::Bytes> lay_out_statement(const layout::Typesetter& typesetter, std::string_view language,
                                            const PaperFacts& facts, const StatedAct& act, double width,
                                            double height) {
  const Words& words = Words::embedded();
  layout::Statement statement;
  statement.language = language;
  statement.lines = {words.say(language, "statement",
                               {{"organisation", facts.organisation},
                                {"person", facts.people.signer.empty() ? facts.people.person : facts.people.signer},
                                {"method", method_words(words, language, act)},
                                {"meaning", words.say(language, "meaning-" + std::string(to_string(act.meaning)))}}),
                     words.say(language, "label-code") + ": " + facts.verification_code};
  statement.width = width;
  statement.height = height;
  statement.created = facts.now;
  return typesetter.lay_out_statement(statement);
}

base::Result<base::Bytes> lay_out_time(const layout::Typesetter& typesetter, std::string_view language, TimeLabel label,
                                       base::Instant now, double width) {
  layout::Statement line;
  line.language = language;
  const char* word = label == TimeLabel::act ? "label-time" : "label-time-later";
  line.lines = {Words::embedded().say(language, word) + ": " + format_minute(now)};
  line.width = width;
  line.height = kTimeHeight;
  line.created = now;
  return typesetter.lay_out_statement(line);
}

}  // namespace segell::app
