#pragma once

#include "base/json.h"
#include "consent/item.h"
#include "storage/transaction.h"
#include "visit_state.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// How what a slip tells of came to its end.
enum class SlipEnding {
  signed_,   ///< "signed"
  refused,   ///< "refused": the person did not sign
  deferred,  ///< "deferred": the person wants time to think
  told,      ///< "told": a decision that was said to a professional
};
std::string_view to_string(SlipEnding ending) noexcept;

/// One decision as it stands on a slip.
struct SlipLine {
  consent::ItemId id;
  std::string text;  ///< what was asked, as the person read it
  consent::Scope scope;
  consent::LegalBasis basis;
  consent::NoticeReference notice;
  consent::DecisionKind choice = consent::DecisionKind::defer;
  std::optional<base::Instant> until;
};

/// What stands on a slip: the stored form of it, made once.
struct SlipContent {
  std::string language;
  SlipEnding ending = SlipEnding::deferred;
  base::Instant at{};
  std::string person;  ///< empty on a discreet slip
  std::string title;   ///< of the paper; empty on a discreet slip
  std::string verification_code;
  std::optional<base::DocumentId> document;
  /// For people who must not be found with it: no name of a service, a person or a subject.
  bool discreet = false;
  std::vector<SlipLine> lines;
};
base::Json to_json(const SlipContent& content);
/// Error: corrupt "app.record".
base::Result<SlipContent> slip_content_from_json(const base::Json& json);

/// How the slip of a visit reads that ended in `visit.request.state` at that time. Error: conflict "slip.not-over".
base::Result<SlipContent> content_of_visit(const storage::View& view, const VisitState& visit, base::Instant now);

/// Until when the slip's code is of use: as long as the longest of its decisions, else 90 days.
base::Instant slip_expiry(const SlipContent& content, base::Instant now);

/// What its holder may do about a line: withdraw a consent, object to a use that the law leaves open to it; nothing
/// otherwise.
std::optional<consent::DecisionKind> way_back(const SlipLine& line) noexcept;

/// What became of the decision on a line: the item's state at the first "no" that came after the slip's decisions, else
/// now. A later "yes" is another decision, with a slip of its own: it does not make an old slip work again.
base::Result<consent::ItemState> state_of_line(const storage::View& view, const base::PersonId& person,
                                               const SlipContent& content, const SlipLine& line);

/// Whether the way back was taken already.
bool is_taken_back(consent::ItemState now) noexcept;

}  // namespace segell::app
