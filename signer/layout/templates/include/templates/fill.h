#pragma once

#include "base/json.h"
#include "templates/frame.h"
#include "templates/template.h"
#include "templates/tree.h"

namespace segell::templates {

/// One item of the template that this document holds.
struct ItemInput {
  std::string item;                  ///< its name in the template
  std::string field;                 ///< the form field's name
  std::vector<std::string> choices;  ///< the names to offer, in order (consent::offered_choices)
  Day until{};
  std::string notice;  ///< title and short hash of the notice, as printed; empty: no such row
};

/// One of the template's signers who signs this document.
struct SignerInput {
  std::string signer;  ///< its name in the template
  std::string field;   ///< the signature field's name
  std::string person;  ///< as printed
};

/// What turns a template into one document. Free texts are given in the language of the rendition.
struct Input {
  base::Json fields;  ///< an object: text "…", list ["…"], date "YYYY-MM-DD", money "12.50" (euros), person
                      ///< {"given_name","surname1","surname2"?}, code "…"
  std::vector<ItemInput> items;
  std::vector<SignerInput> signers;
  std::string organisation;
  std::string verification_code;  ///< as shown
  std::string verification_address;
  std::string asked_language;  ///< what the person asked for; another one than the rendition's is told on the paper
};

/// The rendition to lay out for a wish: the very language, else the same language without or with simple text, else
/// Catalan.
const Rendition& choose_rendition(const Template& from, std::string_view asked);

/// Fills one rendition. Errors: not_found "template.no-rendition", "template.no-frame"; invalid_argument
/// "template.field" (missing, unknown, of the wrong type, too long, not text), "template.item", "template.signer"
/// (unknown, twice, or a required one missing), "template.choice" (no words for it).
base::Result<Tree> fill(const Template& from, std::string_view language, const Frame& frame, const Input& input);

/// The scope's parts of an item with its fields filled: purpose, category, recipient. Errors: fill's.
struct FilledScope {
  std::string purpose;
  std::string category;
  std::string recipient;
};
base::Result<FilledScope> fill_scope(const Template& from, std::string_view item, const base::Json& fields);

}  // namespace segell::templates
