#include "basis_json.h"

#include "base/encoding.h"
#include "json_fields.h"

namespace segell::app {

base::Result<consent::LegalBasis> make_basis(const BasisInput& input) {
  consent::LegalBasis basis;
  SEGELL_TRY(basis.kind, consent::parse_basis_kind(input.kind));
  SEGELL_TRY(basis.article6, consent::parse_article6(input.article6.empty() ? "none" : input.article6));
  SEGELL_TRY(basis.article9, consent::parse_article9(input.article9.empty() ? "none" : input.article9));
  SEGELL_TRY(basis.opposable, consent::parse_opposable(input.opposable.empty() ? "no" : input.opposable));
  if (input.law.size() > 300 || !base::is_utf8(input.law)) {
    return base::fail(base::Code::invalid_argument, "consent.basis-inconsistent", "the legal reference is too long");
  }
  basis.law = input.law;
  return consent::make_legal_basis(std::move(basis));
}

base::Json to_json(const consent::LegalBasis& basis) {
  base::Json json = base::Json::object();
  json.set("kind", to_string(basis.kind));
  json.set("article6", to_string(basis.article6));
  json.set("article9", to_string(basis.article9));
  json.set("law", basis.law);
  json.set("opposable", to_string(basis.opposable));
  return json;
}

base::Result<consent::LegalBasis> basis_from_json(const base::Json& json) {
  BasisInput input;
  SEGELL_TRY(input.kind, text_field(json, "kind"));
  SEGELL_TRY(input.article6, text_field(json, "article6"));
  SEGELL_TRY(input.article9, text_field(json, "article9"));
  SEGELL_TRY(input.law, text_field(json, "law"));
  SEGELL_TRY(input.opposable, text_field(json, "opposable"));
  return make_basis(input);
}

}  // namespace segell::app
