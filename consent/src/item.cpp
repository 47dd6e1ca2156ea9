#include "consent/item.h"

#include <algorithm>
#include <utility>

namespace segell::consent {

namespace {

constexpr std::size_t kMaxCode = 128;

/// Equal, or `narrow` continues `wide` behind a dot.
bool category_covers(std::string_view wide, std::string_view narrow) noexcept {
  if (wide.empty()) return true;
  if (!narrow.starts_with(wide)) return false;
  return narrow.size() == wide.size() || narrow[wide.size()] == '.';
}

bool part_covers(std::string_view wide, std::string_view narrow) noexcept { return wide.empty() || wide == narrow; }

bool means_everything(std::string_view text) noexcept {
  constexpr std::string_view kEverything[] = {"all", "any", "everything", "tot", "tots", "todo", "todos"};
  return std::any_of(std::begin(kEverything), std::end(kEverything), [text](std::string_view word) {
    return std::equal(word.begin(), word.end(), text.begin(), text.end(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b); });
  });
}

bool is_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

base::Failure invalid(std::string_view reason, std::string message, std::string hint = {}) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message), std::move(hint));
}

base::Result<void> check_scope(const Scope& scope) {
  const std::pair<const char*, const std::string*> parts[] = {
      {"purpose", &scope.purpose}, {"category", &scope.category}, {"recipient", &scope.recipient}};
  for (const auto& [name, value] : parts) {
    if (value->empty() || means_everything(*value) || value->find_first_of("*,;| ") != std::string::npos) {
      return invalid("consent.bundled", std::string("an item names exactly one ") + name,
                     "ask for each purpose, category and recipient as an item of its own");
    }
    if (!is_code(*value)) return invalid("consent.bad-code", std::string("the ") + name + " is not a code");
  }
  return base::ok();
}

}  // namespace

bool covers(const Scope& wide, const Scope& narrow) noexcept {
  return part_covers(wide.purpose, narrow.purpose) && category_covers(wide.category, narrow.category) &&
         part_covers(wide.recipient, narrow.recipient);
}

bool is_code(std::string_view text) noexcept {
  if (text.empty() || text.size() > kMaxCode || means_everything(text)) return false;
  bool after_separator = true;
  for (const char c : text) {
    const bool plain = is_letter_or_digit(c);
    if (!plain && (after_separator || std::string_view(".-_:/").find(c) == std::string_view::npos)) return false;
    after_separator = !plain;
  }
  return !after_separator;
}

base::Sha256 notice_digest(const Notice& notice) {
  base::Hasher hasher(base::HashAlgorithm::sha256);
  const std::string version = std::to_string(notice.version);
  for (const std::string_view part :
       {std::string_view("segell.notice/1"), std::string_view(notice.key), std::string_view(version),
        std::string_view(notice.language), std::string_view(notice.title), std::string_view(notice.text)}) {
    hasher.update(base::as_bytes(part));
    hasher.update(base::as_bytes("\n"));
  }
  return hasher.finish_sha256();
}

base::Result<ConsentItem> make_consent_item(ConsentItem parts, base::Instant at) {
  if (parts.basis.kind == BasisKind::agreement || parts.basis.kind == BasisKind::vital_interest) {
    return invalid("consent.not-an-item", "agreements and vital interest are never a choice beside consents");
  }
  SEGELL_CHECK(check_scope(parts.scope));
  SEGELL_TRY(parts.basis, make_legal_basis(std::move(parts.basis)));
  if (parts.valid_until <= at) {
    return invalid("consent.no-term", "an item needs a term that is not over", "give validUntil in the future");
  }
  if (parts.text.empty()) return invalid("consent.no-text", "an item needs the text that the person is shown");
  if (parts.notice.key.empty() || parts.notice.version == 0) {
    return invalid("consent.no-notice", "an item needs the published notice that informs about it");
  }
  return parts;
}

std::vector<DecisionKind> offered_choices(const LegalBasis& basis) {
  switch (basis.kind) {
    case BasisKind::express_consent:
      return {DecisionKind::grant, DecisionKind::refuse, DecisionKind::defer};
    case BasisKind::non_opposition:
    case BasisKind::law:
      if (basis.opposable == Opposable::no) return {DecisionKind::inform};
      return {DecisionKind::inform, DecisionKind::object};
    case BasisKind::vital_interest:
    case BasisKind::agreement:
      return {};
  }
  return {};
}

namespace {

constexpr std::pair<ItemState, std::string_view> kStates[] = {{ItemState::draft, "draft"},
                                                              {ItemState::offered, "offered"},
                                                              {ItemState::granted, "granted"},
                                                              {ItemState::refused, "refused"},
                                                              {ItemState::abandoned, "abandoned"},
                                                              {ItemState::withdrawn, "withdrawn"},
                                                              {ItemState::expired, "expired"},
                                                              {ItemState::superseded, "superseded"},
                                                              {ItemState::informed, "informed"},
                                                              {ItemState::opposed, "opposed"},
                                                              {ItemState::entered_in_error, "entered_in_error"}};

}  // namespace

std::string_view to_string(ItemState state) noexcept {
  for (const auto& [candidate, word] : kStates) {
    if (candidate == state) return word;
  }
  return "unknown";
}

base::Result<ItemState> parse_item_state(std::string_view text) {
  for (const auto& [candidate, word] : kStates) {
    if (word == text) return candidate;
  }
  return invalid("consent.unknown-code", "unknown state of an item");
}

base::Result<ItemState> next_state(ItemState state, DecisionKind kind) {
  const auto impossible = [&]() -> base::Result<ItemState> {
    return base::fail(base::Code::conflict, "consent.transition",
                      "an item that is " + std::string(to_string(state)) + " does not take the decision " +
                          std::string(to_string(kind)));
  };
  if (state == ItemState::superseded) return impossible();
  if (state == ItemState::entered_in_error) state = ItemState::offered;
  switch (kind) {
    case DecisionKind::inform:
      // Being informed again changes nothing: it neither ends an objection nor answers a consent.
      return state == ItemState::draft || state == ItemState::offered ? ItemState::informed : state;
    case DecisionKind::grant:
      return state == ItemState::opposed ? impossible() : ItemState::granted;
    case DecisionKind::refuse:
      return state == ItemState::opposed ? state : ItemState::refused;
    case DecisionKind::defer:
      return state == ItemState::draft ? ItemState::offered : state;
    case DecisionKind::withdraw:
      if (state == ItemState::opposed || state == ItemState::refused) return state;
      return ItemState::withdrawn;
    case DecisionKind::object:
      return ItemState::opposed;
    case DecisionKind::withdraw_objection:
      return state == ItemState::opposed ? base::Result<ItemState>(ItemState::informed) : impossible();
    case DecisionKind::expire:
      return state == ItemState::granted ? ItemState::expired : state;
    case DecisionKind::enter_in_error:
      return ItemState::entered_in_error;
  }
  return impossible();
}

}  // namespace segell::consent
