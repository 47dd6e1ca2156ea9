#include "segelld/register.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <utility>

namespace segell::segelld {
namespace {

using Complaint = std::optional<RegisterComplaint>;

constexpr std::string_view kBasis = "register.basis.";
constexpr std::string_view kProhibition = "register.prohibition.";
constexpr std::string_view kName = "register.name.";
constexpr std::string_view kCategories = "register.categories";
constexpr std::string_view kSpecial = "register.special-categories";
constexpr std::size_t kLongestLaw = 300;

constexpr std::string_view kBasisForm =
    "PURPOSE | CATEGORY | RECIPIENT | KIND | ARTICLE 6 | ARTICLE 9 | OPPOSABLE | FROM | UNTIL | LAW";
constexpr std::string_view kProhibitionForm = "PURPOSE | CATEGORY | RECIPIENT | FROM";
constexpr std::string_view kNameForm = "purpose, category or recipient | CODE | CATALAN | SPANISH | ENGLISH";
constexpr std::size_t kLongestName = 200;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(at);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_numbered(std::string_view key, std::string_view prefix) {
  if (!key.starts_with(prefix)) return false;
  key.remove_prefix(prefix.size());
  return !key.empty() && key.size() <= 4 && key.front() != '0' &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

Complaint read_part(std::string_view text, bool may_be_any, std::string_view name, std::string& to) {
  if (text == "-" && may_be_any) return {};
  if (!consent::is_code(text))
    return RegisterComplaint{std::string(name) + " is no code: " + in_quotes(text),
                             may_be_any
                                 ? "letters, digits and single . - _ : / between them, or - for every one"
                                 : "letters, digits and single . - _ : / between them; a basis never covers every one"};
  to = text;
  return {};
}

Complaint read_scope(const std::vector<std::string_view>& parts, bool may_be_any, consent::Scope& to) {
  if (auto wrong = read_part(parts[0], may_be_any, "the purpose", to.purpose)) return wrong;
  if (auto wrong = read_part(parts[1], may_be_any, "the category", to.category)) return wrong;
  return read_part(parts[2], may_be_any, "the recipient", to.recipient);
}

Complaint read_day(std::string_view text, std::string_view name, base::Instant& to) {
  const auto time = base::parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (!time)
    return RegisterComplaint{std::string(name) + " is no day: " + in_quotes(text), "write a day like 2026-01-31"};
  to = *time;
  return {};
}

template <class T>
Complaint read_word(base::Result<T> parsed, std::string_view text, T& to, const char* hint) {
  if (!parsed) return RegisterComplaint{parsed.error().message + ": " + in_quotes(text), hint};
  to = *parsed;
  return {};
}

Complaint read_legal_basis(const std::vector<std::string_view>& parts, consent::LegalBasis& to) {
  if (auto wrong =
          read_word(consent::parse_basis_kind(parts[3]), parts[3], to.kind, "NON_OPPOSITION, LAW or VITAL_INTEREST"))
    return wrong;
  if (to.kind == consent::BasisKind::express_consent || to.kind == consent::BasisKind::agreement)
    return RegisterComplaint{in_quotes(parts[3]) + " cannot stand in the register",
                             "consent and agreements are a person's: NON_OPPOSITION, LAW or VITAL_INTEREST"};
  if (auto wrong = read_word(consent::parse_article6(parts[4]), parts[4], to.article6, "c, d or e")) return wrong;
  if (auto wrong = read_word(consent::parse_article9(parts[5] == "-" ? "none" : parts[5]), parts[5], to.article9,
                             "b, c, f, g, h, i or j; - for ordinary data"))
    return wrong;
  if (auto wrong = read_word(consent::parse_opposable(parts[6]), parts[6], to.opposable, "no, art28 or art21"))
    return wrong;
  if (parts[9] != "-") to.law = parts[9];
  if (to.law.size() > kLongestLaw)
    return RegisterComplaint{"the legal reference is longer than 300 octets", "a reference, not its text"};
  if (auto made = consent::make_legal_basis(to); !made)
    return RegisterComplaint{made.error().message, "the reference manual tells which parts belong together"};
  return {};
}

Complaint read_basis(std::string_view value, DataRegister& into) {
  const auto parts = split(value, '|');
  if (parts.size() != 10) return RegisterComplaint{"has not ten parts", std::string(kBasisForm)};
  consent::BasisFact fact;
  fact.by_administrator = true;
  if (auto wrong = read_scope(parts, false, fact.scope)) return wrong;
  if (auto wrong = read_legal_basis(parts, fact.basis)) return wrong;
  if (auto wrong = read_day(parts[7], "the first day", fact.from)) return wrong;
  if (parts[8] != "-") {
    base::Instant until;
    if (auto wrong = read_day(parts[8], "the end", until)) return wrong;
    if (until <= fact.from) return RegisterComplaint{"ends before it begins", "from the first day until the other"};
    fact.until = until;
  }
  into.bases.push_back(std::move(fact));
  return {};
}

Complaint read_prohibition(std::string_view value, DataRegister& into) {
  const auto parts = split(value, '|');
  if (parts.size() != 4) return RegisterComplaint{"has not four parts", std::string(kProhibitionForm)};
  consent::Prohibition prohibition;
  if (auto wrong = read_scope(parts, true, prohibition.scope)) return wrong;
  if (auto wrong = read_day(parts[3], "the first day", prohibition.from)) return wrong;
  into.prohibitions.push_back(std::move(prohibition));
  return {};
}

Complaint read_name(std::string_view value, DataRegister& into) {
  const auto parts = split(value, '|');
  if (parts.size() != 5) return RegisterComplaint{"has not five parts", std::string(kNameForm)};
  if (parts[0] != "purpose" && parts[0] != "category" && parts[0] != "recipient")
    return RegisterComplaint{"names no purpose, category or recipient: " + in_quotes(parts[0]), std::string(kNameForm)};
  app::CodeName name{std::string(parts[0]), {}, std::string(parts[2]), std::string(parts[3]), std::string(parts[4])};
  if (auto wrong = read_part(parts[1], false, "the " + name.kind, name.code)) return wrong;
  for (const std::string* words : {&name.ca, &name.es, &name.en}) {
    if (words->empty() || words->size() > kLongestName || !base::is_utf8(*words))
      return RegisterComplaint{"a name is missing, not in UTF-8 or longer than 200 octets",
                               "one in Catalan, one in Spanish and one in English"};
  }
  const bool twice = std::any_of(into.names.begin(), into.names.end(), [&](const app::CodeName& other) {
    return other.kind == name.kind && other.code == name.code;
  });
  if (twice)
    return RegisterComplaint{"names the " + name.kind + " " + in_quotes(name.code) + " twice", "keep one line"};
  into.names.push_back(std::move(name));
  return {};
}

Complaint read_categories(std::string_view value, std::vector<std::string>& into) {
  for (const auto name : split(value, ',')) {
    std::string category;
    if (auto wrong = read_part(name, false, "a category", category)) return wrong;
    if (std::find(into.begin(), into.end(), category) != into.end())
      return RegisterComplaint{"names " + in_quotes(category) + " twice", "each category once"};
    into.push_back(std::move(category));
  }
  return {};
}

}  // namespace

bool is_register_key(std::string_view key) noexcept {
  return key == kCategories || key == kSpecial || is_numbered(key, kBasis) || is_numbered(key, kProhibition) ||
         is_numbered(key, kName);
}

std::optional<RegisterComplaint> read_register_line(std::string_view key, std::string_view value, DataRegister& into) {
  if (key == kCategories) return read_categories(value, into.categories);
  if (key == kSpecial) return read_categories(value, into.special_categories);
  if (key.starts_with(kName)) return read_name(value, into);
  return key.starts_with(kBasis) ? read_basis(value, into) : read_prohibition(value, into);
}

}  // namespace segell::segelld
