#pragma once

#include "base/bytes.h"
#include "layout/typesetter.h"
#include "request_payload.h"
#include "signer/ades/manifest.h"
#include "signer/ades/seal.h"
#include "templates/tree.h"

#include <map>
#include <string>
#include <vector>

namespace segell::app {

/// Whose matter a paper is, and who signs it.
struct PaperPeople {
  std::string person;
  std::string signer{};  ///< in words, where somebody signs for the person; empty: the person signs
};

/// What Segell itself prints: the page of choices and the honest statement beside the ink.
struct PaperFacts {
  std::string organisation;
  PaperPeople people;
  std::string public_url;
  std::string verification_code;  ///< as shown
  base::Instant now{};
};

/// The page that is added to a document which a program stored: each choice in words, code and address. `notice_titles`
/// by notice key; `fields` names a form field for each item.
templates::Tree choices_tree(const RequestPayload& request, const PaperFacts& facts,
                             const std::map<std::string, std::string>& notice_titles,
                             const std::vector<std::string>& fields);

/// The form field of an item on that page. The code is nobody else's: a document that was Segell's before may have such
/// fields already.
std::string choice_field(std::string_view shown_code, std::size_t item);

/// One item as that page says it.
templates::ItemPart item_part(const RequestPayload& request, const consent::ConsentItem& item, std::string field,
                              const std::map<std::string, std::string>& notice_titles);

/// What the statement beside a signature says of the act.
struct StatedAct {
  signer::ades::Method method = signer::ades::Method::button;
  signer::ades::Meaning meaning = signer::ades::Meaning::agree;
  std::vector<std::string> names{};  ///< the two witnesses, or the official; empty: nobody is named
};

/// "sealed by X, which declares that Y signed …", without the time: so it can be set before the act.
base::Result<base::Bytes> lay_out_statement(const layout::Typesetter& typesetter, std::string_view language,
                                            const PaperFacts& facts, const StatedAct& act, double width, double height);

/// What the time under a signature is: of the act, or of a seal on what was signed earlier without a network.
enum class TimeLabel { act, sealed_later };

/// The line under it.
base::Result<base::Bytes> lay_out_time(const layout::Typesetter& typesetter, std::string_view language, TimeLabel label,
                                       base::Instant now, double width);

/// Size of a signature on paper, points: ink of 80 mm × 30 mm with the statement beside it.
inline constexpr double kFieldWidth = 483;
inline constexpr double kFieldHeight = 86;
inline constexpr double kInkWidth = 227;
inline constexpr double kTimeHeight = 14;
inline constexpr double kFieldGap = 8;

}  // namespace segell::app
