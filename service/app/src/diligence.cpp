#include "diligence.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "checks.h"
#include "fold_name.h"

#include <algorithm>

namespace segell::app {

namespace {

using base::Json;
using signer::ink::Picture;

constexpr std::size_t kWitnesses = 2;
constexpr std::size_t kLongestReason = 1000;
constexpr std::size_t kLongestWitness = 400;
constexpr std::string_view kSeen[] = {"id-seen", "known"};
constexpr std::string_view kByHand = "drawn";
constexpr std::string_view kByButton = "button";

/// A name as two people are told apart by it: without case, accents and how many blanks stand in it.
std::string name_key(std::string_view name) {
  const std::string folded = fold_name(name);
  std::string key;
  for (const char c : folded) {
    if (c != ' ') {
      key += c;
    } else if (!key.empty() && key.back() != ' ') {
      key += ' ';
    }
  }
  if (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

base::Result<std::optional<Picture>> check_confirming(const Diligence::Witness& witness) {
  if (witness.answer != kByHand && witness.answer != kByButton) {
    return invalid("act.witness-answer", "a witness confirms drawn or with a button");
  }
  const bool drawn = witness.answer == kByHand;
  if (drawn != witness.picture.has_value()) {
    return invalid("act.witness-picture",
                   drawn ? "a witness who draws needs the picture" : "a witness who presses a button has no picture");
  }
  if (!drawn) return std::optional<Picture>();
  SEGELL_TRY(auto picture, Picture::parse_zlib(witness.picture->width, witness.picture->height, witness.picture->zlib));
  return std::optional(std::move(picture));
}

/// Whoever has a part in the document cannot bear witness to it.
base::Result<void> check_apart(const std::string& key, const VisitState& visit) {
  if (key == name_key(visit.person_name)) {
    return invalid("act.witness-signer", "whoever signs is not a witness of their own signature");
  }
  if (key == name_key(visit.payload.professional)) {
    return invalid("act.witness-professional", "the professional who accompanies the person is not a witness");
  }
  const bool party = std::any_of(visit.parties.begin(), visit.parties.end(),
                                 [&](const std::string& name) { return key == name_key(name); });
  // One refusal for all of them: it must not tell that somebody is excluded from the person.
  if (party) {
    return invalid("act.witness-party", "whoever has a part in the matter is not a witness", "choose another witness");
  }
  return base::ok();
}

base::Result<CheckedDiligence::Witness> check_witness(const Diligence::Witness& witness, const VisitState& visit) {
  const std::string key = name_key(witness.name);
  if (!is_plain_text(witness.name, kLongestWitness) || key.empty()) {
    return invalid("act.witness-name", "each witness needs a name in plain text");
  }
  if (!one_of(kSeen, witness.identity)) {
    return invalid("act.witness-identity", "it is said how each witness's identity was seen: id-seen or known");
  }
  if (!witness.adult) return invalid("act.witness-minor", "a witness is of age");
  SEGELL_CHECK(check_apart(key, visit));
  CheckedDiligence::Witness checked{witness.name, witness.identity, {}};
  SEGELL_TRY(checked.picture, check_confirming(witness));
  return checked;
}

/// A picture's rows on a wider sheet.
void append_rows(base::Bytes& rows, const Picture& picture, std::size_t wide) {
  const std::size_t stride = picture.rows().size() / picture.height();
  for (std::size_t row = 0; row < picture.height(); ++row) {
    base::append(rows, picture.rows().subspan(row * stride, stride));
    rows.resize(rows.size() + wide - stride);
  }
}

}  // namespace

base::Result<CheckedDiligence> check_diligence(const Diligence& diligence, const VisitState& visit) {
  if (!is_plain_text(diligence.reason, kLongestReason, /*lines=*/true)) {
    return invalid("act.diligence-reason", "a diligence says why the person can neither draw nor press a button",
                   "in plain text of up to 1000 octets");
  }
  if (diligence.witnesses.size() != kWitnesses) {
    return invalid("act.witnesses-two", "a diligence has exactly two witnesses");
  }
  CheckedDiligence checked;
  checked.reason = diligence.reason;
  for (std::size_t i = 0; i < kWitnesses; ++i) {
    SEGELL_TRY(checked.witnesses[i], check_witness(diligence.witnesses[i], visit));
  }
  if (name_key(checked.witnesses[0].name) == name_key(checked.witnesses[1].name)) {
    return invalid("act.witness-same", "the two witnesses are two people",
                   "write both surnames where two people bear one name");
  }
  return checked;
}

Json diligence_fact(const CheckedDiligence& diligence) {
  Json witnesses = Json::array();
  for (const CheckedDiligence::Witness& witness : diligence.witnesses) {
    Json json = Json::object({{"name", witness.name}, {"identity", witness.identity}, {"adult", true}});
    json.set("answer", witness.picture ? kByHand : kByButton);
    if (witness.picture) {
      json.set("picture", Json::object({{"width", std::uint64_t{witness.picture->width()}},
                                        {"height", std::uint64_t{witness.picture->height()}},
                                        {"sha256", base::to_hex(base::sha256(witness.picture->rows()))}}));
    }
    witnesses.push(std::move(json));
  }
  Json fact = Json::object({{"by", "witnesses"}, {"reason", diligence.reason}});
  fact.set("witnesses", std::move(witnesses));
  return fact;
}

base::Result<std::optional<Picture>> witnesses_ink(const CheckedDiligence& diligence) {
  const auto& [first, second] = diligence.witnesses;
  if (!first.picture || !second.picture) return first.picture ? first.picture : second.picture;
  const std::uint32_t width = std::max(first.picture->width(), second.picture->width());
  base::Bytes rows;
  append_rows(rows, *first.picture, (width + 7) / 8);
  append_rows(rows, *second.picture, (width + 7) / 8);
  SEGELL_TRY(auto both, Picture::make(width, first.picture->height() + second.picture->height(), std::move(rows)));
  return std::optional(std::move(both));
}

}  // namespace segell::app
