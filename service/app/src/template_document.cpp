#include "template_document.h"

#include "json_fields.h"
#include "request_payload.h"
#include "templates/tree_json.h"

namespace segell::app {

using base::Json;

Json to_json(const TemplateDocument& document) {
  Json items = Json::array();
  for (const auto& [item, field] : document.items)
    items.push(Json::object({{"item", to_json(item)}, {"field", field}}));
  Json signers = Json::array();
  for (const auto& [signer, field, meanings] : document.signers) {
    Json one = Json::object({{"signer", signer}, {"field", field}});
    one.set("meanings", words_json(meanings));
    signers.push(std::move(one));
  }
  return Json::object(
      {{"tree", templates::to_json(document.tree)}, {"items", std::move(items)}, {"signers", std::move(signers)}});
}

base::Result<std::optional<TemplateDocument>> template_of(const storage::DocumentRecord& record) {
  const Json* json = record.details.find("template");
  if (json == nullptr) return std::optional<TemplateDocument>();
  TemplateDocument document;
  const Json* tree = json->find("tree");
  if (tree == nullptr) return damaged("tree");
  SEGELL_TRY(document.tree, templates::tree_from_json(*tree));
  SEGELL_TRY(const Json::Array* items, array_field(*json, "items"));
  for (const Json& one : *items) {
    TemplateDocument::Item item;
    const Json* inner = one.find("item");
    if (inner == nullptr) return damaged("item");
    SEGELL_TRY(item.item, item_from_json(*inner));
    SEGELL_TRY(item.field, text_field(one, "field"));
    document.items.push_back(std::move(item));
  }
  SEGELL_TRY(const Json::Array* signers, array_field(*json, "signers"));
  for (const Json& one : *signers) {
    TemplateDocument::Signer signer;
    SEGELL_TRY(signer.signer, text_field(one, "signer"));
    SEGELL_TRY(signer.field, text_field(one, "field"));
    if (one.find("meanings") != nullptr) {
      SEGELL_TRY(signer.meanings, words_field(one, "meanings"));
    }
    document.signers.push_back(std::move(signer));
  }
  return std::optional(std::move(document));
}

}  // namespace segell::app
