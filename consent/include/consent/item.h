#pragma once

#include "base/digest.h"
#include "base/id.h"
#include "base/time.h"
#include "consent/basis.h"

#include <string>
#include <vector>

namespace segell::consent {

using ItemId = base::Id<struct ConsentItemTag>;
using DecisionId = base::Id<struct DecisionTag>;

/// What a decision is about: purpose × data category × recipient. Codes in lower case; a category's dots lead from the
/// general to the special ("income" covers "income.tax"). An empty part means "any" and stands in restrictions only.
struct Scope {
  std::string purpose;
  std::string category;
  std::string recipient;

  auto operator<=>(const Scope&) const = default;
};

/// True when everything inside `narrow` lies inside `wide`.
bool covers(const Scope& wide, const Scope& narrow) noexcept;

/// True for [A-Za-z0-9] groups joined by single '.', '-', '_', ':' or '/', at most 128 characters, and for no word that
/// means everything ("all", "any", "*", "tot", "todo").
bool is_code(std::string_view text) noexcept;

/// The text that a person is shown about an item, in one language. Immutable: a change is a new version.
struct Notice {
  std::string key;
  std::uint32_t version = 0;  ///< from 1
  std::string language;       ///< BCP 47
  std::string title;
  std::string text;
};

/// SHA-256 over "segell.notice/1", key, version, language, title and text, each followed by a line feed.
base::Sha256 notice_digest(const Notice& notice);

/// The exact notice that was shown with an item.
struct NoticeReference {
  std::string key;
  std::uint32_t version = 0;
  std::string language;
  base::Sha256 sha256{};

  bool operator==(const NoticeReference&) const = default;
};

/// One thing to decide: purpose × data category × recipient × term.
struct ConsentItem {
  ItemId id;
  Scope scope;
  LegalBasis basis;
  NoticeReference notice;
  base::Instant valid_until{};
  std::string text;                    ///< as shown, in the language of the request
  std::string consequence_if_refused;  ///< shown before choosing
};

/// An item that may be offered to a person at `at`. Errors (invalid_argument): "consent.bundled" where purpose,
/// category or recipient is empty, a wildcard or names several; "consent.bad-code"; "consent.no-term" where the term is
/// missing or over; "consent.no-text"; "consent.no-notice"; "consent.not-an-item" for agreements and vital interest,
/// which are never a tick beside consents; "consent.basis-inconsistent".
base::Result<ConsentItem> make_consent_item(ConsentItem parts, base::Instant at);

/// What the person may choose on an item, in the order to offer; nothing is preset. Consent: grant, refuse, defer.
/// Opposable bases: inform ("informed"), object. Other law: inform.
std::vector<DecisionKind> offered_choices(const LegalBasis& basis);

/// An item's life (domain: draft → offered → granted | refused | abandoned; granted → withdrawn | expired | superseded;
/// any → entered_in_error). `opposed` and `informed` are the same life for bases other than consent.
enum class ItemState {
  draft,
  offered,
  granted,
  refused,
  abandoned,
  withdrawn,
  expired,
  superseded,
  informed,
  opposed,
  entered_in_error,
};
std::string_view to_string(ItemState state) noexcept;
base::Result<ItemState> parse_item_state(std::string_view text);

/// The state after a decision. Restrictive decisions are accepted in every live state: a person's "no" is never refused
/// for its form; after an error the person decides as if they were asked for the first time. Error: conflict,
/// "consent.transition" (for example withdrawing an objection that was never made).
base::Result<ItemState> next_state(ItemState state, DecisionKind kind);

}  // namespace segell::consent
