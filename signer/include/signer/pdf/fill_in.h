#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "signer/pdf/document.h"

#include <map>
#include <string>
#include <vector>

namespace segell::signer::pdf {

/// A choice of a field as it is known outside of the document, and the name of its appearance.
struct FillInChoice {
  std::string choice;
  std::string state;
};

/// A field to be filled in.
struct FillInField {
  std::string field;  ///< its name in the document's form
  std::string item;   ///< as the choices name it
  std::vector<FillInChoice> choices;
};

/// One revision as a function of the choices: octets to append whose only variable parts are names of one width, so
/// that every offset in them is the same whatever is chosen. With it a program that reads no PDF makes the very octets
/// that the service makes (web/src/paper/fill_in.ts).
struct FillInRecipe {
  struct Slot {
    std::string item;
    std::vector<std::size_t> at;  ///< where in `append` a name goes, behind its '/': ascending
    std::vector<FillInChoice> choices;
  };
  std::uint64_t base_length = 0;
  base::Sha256 base_sha256{};
  std::size_t width = 0;  ///< of each place, in octets; a name is filled up with spaces
  base::Bytes append;     ///< with spaces in every place; empty when there is nothing to choose
  std::vector<Slot> slots;
};

/// What was chosen, by item.
using FillInChoices = std::map<std::string, std::string, std::less<>>;

/// The revision that sets /V and /AS of those fields, and nothing else. Errors: RevisionWriter::begin's; conflict
/// "pdf.signed"; not_found "pdf.no-such-field"; invalid_argument "pdf.choice-states" (the field has no such appearance,
/// or none at all).
base::Result<FillInRecipe> make_fill_in(const Document& base, const std::vector<FillInField>& fields);

/// The octets to append for these choices: every item once, nothing else. Errors: invalid_argument "fill-in.missing",
/// "fill-in.unknown", "fill-in.not-offered" (the message names the item).
base::Result<base::Bytes> fill_in(const FillInRecipe& recipe, const FillInChoices& choices);

/// `segell.fill-in/1`: {"schema","base":{"length","sha256"},"append" (base64),"width","slots":[{"item","at":[…],
/// "choices":{choice: state}}]}.
base::Json to_json(const FillInRecipe& recipe);
/// Strict and bounded: places in order and inside the octets, holding spaces behind a slash; names that fit. Error:
/// malformed "fill-in.malformed".
base::Result<FillInRecipe> parse_fill_in(const base::Json& json);

}  // namespace segell::signer::pdf
