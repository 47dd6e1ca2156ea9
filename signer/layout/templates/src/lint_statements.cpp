#include "lint_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace segell::templates {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& known, std::string_view word) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

constexpr std::array<std::string_view, 5> kBases{"EXPRESS_CONSENT", "NON_OPPOSITION", "LAW", "VITAL_INTEREST",
                                                 "AGREEMENT"};
constexpr std::array<std::string_view, 4> kArticles6{"a", "c", "d", "e"};
constexpr std::array<std::string_view, 9> kArticles9{"none", "a", "b", "c", "f", "g", "h", "i", "j"};
constexpr std::array<std::string_view, 3> kOpposable{"no", "art28", "art21"};
constexpr std::array<std::string_view, 8> kCapacities{"self",           "parent", "guardian", "curator",
                                                      "support-person", "carer",  "official", "professional"};
constexpr std::array<std::string_view, 6> kMeanings{
    "agree", "agree-with-reservation", "informed", "received", "witnessed", "disagree"};
constexpr std::array<std::string_view, 6> kEverything{"all", "any", "*", "tot", "todo", "everything"};

/// One purpose, one category, one recipient: a code of groups joined by single marks, or one placeholder.
bool is_single(std::string_view part) {
  if (part.starts_with("{{") && part.ends_with("}}")) return part.find_first_of("{}", 2) == part.size() - 2;
  bool last_is_mark = true;
  for (const char c : part) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool mark = c == '.' || c == '-' || c == '_' || c == ':' || c == '/';
    if (!letter && (!mark || last_is_mark)) return false;
    last_is_mark = mark;
  }
  return !last_is_mark && !is_one_of(kEverything, part);
}

void lint_scope(const Template& subject, const Item& item, const std::string& where, LintReport& report) {
  for (const auto& [name, part] :
       {std::pair{"purpose", &item.purpose}, {"category", &item.category}, {"recipient", &item.recipient}}) {
    if (!is_single(*part)) {
      report.error("item-bundled", where + "." + name,
                   "\"" + *part + "\" is not one " + name + ": an item is one purpose, one category, one recipient");
      continue;
    }
    if (!part->starts_with("{{")) continue;
    const Field* field = subject.field(part->substr(2, part->size() - 4));
    if (field == nullptr || field->type != FieldType::code)
      report.error("placeholder-unknown", where + "." + name, *part + " is no field of type code");
  }
}

void lint_basis(const Item& item, const std::string& where, LintReport& report) {
  const auto unknown = [&](const char* member, const std::string& word) {
    report.error("basis-unknown", where + ".basis." + member, "\"" + word + "\" is not known");
  };
  if (!is_one_of(kBases, item.basis)) unknown("kind", item.basis);
  if (!is_one_of(kArticles6, item.article6)) unknown("article6", item.article6);
  if (!is_one_of(kArticles9, item.article9)) unknown("article9", item.article9);
  if (!is_one_of(kOpposable, item.opposable)) unknown("opposable", item.opposable);
  const auto inconsistent = [&](const char* words) { report.error("basis-inconsistent", where + ".basis", words); };
  if (item.basis == "AGREEMENT" || item.basis == "VITAL_INTEREST")
    inconsistent("an agreement is signed and a vital interest noted: neither is an item beside consents");
  if (item.basis == "EXPRESS_CONSENT" && (item.article6 != "a" || item.opposable != "no"))
    inconsistent("consent rests on article 6.1.a and is withdrawn, not opposed");
  if (item.basis == "NON_OPPOSITION" && ((item.article6 != "c" && item.article6 != "e") || item.opposable == "no"))
    inconsistent("non-opposition rests on article 6.1.c or e and can be opposed");
  if (item.basis == "LAW" && item.law.empty()) inconsistent("a law is named");
  if (item.basis == "LAW" && item.article6 == "c" && item.opposable == "art21")
    inconsistent("article 6.1.c leaves no objection under article 21");
}

}  // namespace

void lint_statements(const Template& subject, LintReport& report) {
  std::set<std::tuple<std::string, std::string, std::string>> scopes;
  for (std::size_t i = 0; i < subject.items.size(); ++i) {
    const Item& item = subject.items[i];
    const std::string where = "items[" + std::to_string(i) + "]";
    lint_scope(subject, item, where, report);
    lint_basis(item, where, report);
    if (!scopes.insert({item.purpose, item.category, item.recipient}).second)
      report.error("item-duplicate", where, "another item has the same purpose, category and recipient");
    if (item.notice.empty()) report.error("item-without-notice", where, "no notice is shown with the item");
    if (item.group.empty() || subject.field(item.group) != nullptr)
      report.error("item-group", where, "a group has a name of its own");
  }
  for (std::size_t i = 0; i < subject.signers.size(); ++i) {
    const Signer& signer = subject.signers[i];
    const std::string where = "signers[" + std::to_string(i) + "]";
    for (const auto& word : signer.capacities)
      if (!is_one_of(kCapacities, word))
        report.error("signer-unknown", where, "the capacity \"" + word + "\" is not known");
    for (const auto& word : signer.meanings)
      if (!is_one_of(kMeanings, word))
        report.error("signer-unknown", where, "the meaning \"" + word + "\" is not known");
    if (signer.capacities.empty() || signer.meanings.empty())
      report.error("signer-unknown", where, "a signer has a capacity and a meaning");
  }
  if (subject.signers.empty()) report.error("signer-unknown", "signers", "nobody signs");
}

}  // namespace segell::templates
