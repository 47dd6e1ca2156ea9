#include "json_reader.h"
#include "templates/template.h"

#include <algorithm>
#include <array>
#include <set>

namespace segell::templates {
namespace {

constexpr std::string_view kSchema = "segell.template/1";

struct NamedKind {
  std::string_view name;
  Kind kind;
};
constexpr std::array kKinds{NamedKind{"data_consent", Kind::data_consent}, NamedKind{"work_plan", Kind::work_plan},
                            NamedKind{"minor_activity_authorisation", Kind::minor_activity_authorisation}};

struct NamedType {
  std::string_view name;
  FieldType type;
};
constexpr std::array kTypes{NamedType{"text", FieldType::text},     NamedType{"list", FieldType::list},
                            NamedType{"date", FieldType::date},     NamedType{"money", FieldType::money},
                            NamedType{"person", FieldType::person}, NamedType{"code", FieldType::code}};

struct NamedStatus {
  std::string_view name;
  Status status;
};
constexpr std::array kStatuses{NamedStatus{"authored", Status::authored}, NamedStatus{"reviewed", Status::reviewed},
                               NamedStatus{"unreviewed", Status::unreviewed}};

/// The entry of that name, or a failure that says what is known.
template <class Table>
base::Result<typename Table::value_type> pick(const Table& table, const Place& place) {
  SEGELL_TRY(const std::string name, place.text());
  std::string known;
  for (const auto& entry : table) {
    if (entry.name == name) return entry;
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  return place.bad("\"" + name + "\" is none of " + known);
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

base::Result<std::string> name_at(const Place& owner, std::string_view member, std::set<std::string>& taken) {
  SEGELL_TRY(const Place place, owner.at(member));
  SEGELL_TRY(std::string name, place.text());
  if (!is_name(name)) return place.bad("a name is made of a-z, 0-9, - and _");
  if (!taken.insert(name).second) return place.bad("the name \"" + name + "\" is used twice");
  return name;
}

base::Result<std::vector<Field>> read_fields(const Place& list) {
  std::vector<Field> out;
  std::set<std::string> taken{"until"};
  SEGELL_TRY(const auto places, list.items());
  for (const Place& place : places) {
    SEGELL_CHECK(place.require_members({"name", "type", "", "required"}));
    Field field;
    SEGELL_TRY(field.name, name_at(place, "name", taken));
    SEGELL_TRY(const Place type, place.at("type"));
    SEGELL_TRY(const auto named, pick(kTypes, type));
    field.type = named.type;
    if (place.has("required")) {
      SEGELL_TRY(const Place required, place.at("required"));
      SEGELL_TRY(field.required, required.flag());
    }
    out.push_back(std::move(field));
  }
  return out;
}

base::Result<std::vector<Item>> read_items(const Place& list) {
  std::vector<Item> out;
  std::set<std::string> taken;
  SEGELL_TRY(const auto places, list.items());
  for (const Place& place : places) {
    SEGELL_CHECK(place.require_members({"name", "group", "purpose", "category", "recipient", "basis", "notice", ""}));
    Item item;
    SEGELL_TRY(item.name, name_at(place, "name", taken));
    SEGELL_TRY(item.group, place.text_of("group", ""));
    SEGELL_TRY(item.purpose, place.text_of("purpose", ""));
    SEGELL_TRY(item.category, place.text_of("category", ""));
    SEGELL_TRY(item.recipient, place.text_of("recipient", ""));
    SEGELL_TRY(item.notice, place.text_of("notice", ""));
    SEGELL_TRY(const Place basis, place.at("basis"));
    SEGELL_CHECK(basis.require_members({"kind", "article6", "", "article9", "law", "opposable"}));
    SEGELL_TRY(item.basis, basis.text_of("kind", ""));
    SEGELL_TRY(item.article6, basis.text_of("article6", ""));
    SEGELL_TRY(item.article9, basis.text_of("article9", "none"));
    SEGELL_TRY(item.law, basis.text_of("law", ""));
    SEGELL_TRY(item.opposable, basis.text_of("opposable", "no"));
    out.push_back(std::move(item));
  }
  return out;
}

base::Result<std::vector<Signer>> read_signers(const Place& list) {
  std::vector<Signer> out;
  std::set<std::string> taken;
  SEGELL_TRY(const auto places, list.items());
  for (const Place& place : places) {
    SEGELL_CHECK(place.require_members({"name", "capacities", "meanings", "", "required"}));
    Signer signer;
    SEGELL_TRY(signer.name, name_at(place, "name", taken));
    if (place.has("required")) {
      SEGELL_TRY(const Place required, place.at("required"));
      SEGELL_TRY(signer.required, required.flag());
    }
    SEGELL_TRY(const Place capacities, place.at("capacities"));
    SEGELL_TRY(signer.capacities, capacities.texts());
    SEGELL_TRY(const Place meanings, place.at("meanings"));
    SEGELL_TRY(signer.meanings, meanings.texts());
    out.push_back(std::move(signer));
  }
  return out;
}

base::Result<std::vector<std::string>> text_or_texts(const Place& place) {
  if (place.json().as_string() == nullptr) return place.texts();
  SEGELL_TRY(auto text, place.text());
  return std::vector<std::string>{std::move(text)};
}

base::Result<BodyBlock::Rows> read_rows(const Place& place) {
  BodyBlock::Rows rows;
  SEGELL_TRY(const auto places, place.items());
  for (const Place& row : places) {
    SEGELL_TRY(auto pair, row.texts());
    if (pair.size() != 2) return row.bad("a row has a term and a text");
    rows.rows.emplace_back(std::move(pair[0]), std::move(pair[1]));
  }
  return rows;
}

/// The one member that says what a block is.
base::Result<BodyBlock> read_block(const Place& place) {
  constexpr std::array<std::string_view, 7> kContents{"h", "p", "list", "rows", "items", "first_layer", "signatures"};
  SEGELL_CHECK(
      place.require_members({"", "h", "p", "list", "rows", "items", "first_layer", "signatures", "if", "unless"}));
  std::string_view kind;
  for (const auto name : kContents) {
    if (!place.has(name)) continue;
    if (!kind.empty()) return place.bad("a block is one thing only");
    kind = name;
  }
  if (kind.empty()) return place.bad("a block needs one of h, p, list, rows, items, first_layer, signatures");
  BodyBlock block;
  SEGELL_TRY(block.only_if, place.text_of("if", ""));
  SEGELL_TRY(block.unless, place.text_of("unless", ""));
  SEGELL_TRY(const Place content, place.at(kind));
  if (kind == "h") {
    SEGELL_TRY(auto text, content.text());
    block.content = BodyBlock::Heading{std::move(text)};
  } else if (kind == "p") {
    SEGELL_TRY(auto lines, text_or_texts(content));
    block.content = BodyBlock::Lines{std::move(lines)};
  } else if (kind == "list") {
    SEGELL_TRY(auto entries, content.texts());
    block.content = BodyBlock::List{std::move(entries)};
  } else if (kind == "rows") {
    SEGELL_TRY(block.content, read_rows(content));
  } else if (kind == "items") {
    SEGELL_TRY(auto group, content.text());
    block.content = BodyBlock::Items{std::move(group)};
  } else {
    SEGELL_TRY(const bool flag, content.flag());
    if (!flag) return content.bad("must be true");
    if (kind == "signatures") {
      block.content = BodyBlock::Signatures{};
    } else {
      block.content = BodyBlock::FirstLayer{};
    }
  }
  return block;
}

base::Result<std::vector<ItemText>> read_item_texts(const Place& place) {
  std::vector<ItemText> out;
  SEGELL_TRY(const auto members, place.members());
  for (const auto& [name, item] : members) {
    SEGELL_CHECK(item.require_members({"question", "", "more", "consequence"}));
    ItemText text;
    text.item = name;
    SEGELL_TRY(text.question, item.text_of("question", ""));
    SEGELL_TRY(text.consequence, item.text_of("consequence", ""));
    if (item.has("more")) {
      SEGELL_TRY(const Place more, item.at("more"));
      SEGELL_TRY(text.more, text_or_texts(more));
    }
    out.push_back(std::move(text));
  }
  return out;
}

base::Result<FirstLayer> read_first_layer(const Place& place) {
  FirstLayer layer;
  SEGELL_TRY(const auto members, place.members());
  for (const auto& [name, member] : members) {
    const auto& parts = first_layer_parts();
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&wanted = name](const FirstLayerPart& one) { return one.name == wanted; });
    if (part == parts.end()) return place.bad("\"" + name + "\" is no part of the first layer");
    SEGELL_TRY(layer.*(part->text), member.text());
  }
  return layer;
}

base::Result<Validation> read_validation(const Place& place) {
  SEGELL_CHECK(place.require_members({"by", "date", "protocol", "readers"}));
  Validation out;
  SEGELL_TRY(out.by, place.text_of("by", ""));
  SEGELL_TRY(out.date, place.text_of("date", ""));
  SEGELL_TRY(out.protocol, place.text_of("protocol", ""));
  SEGELL_TRY(const Place readers, place.at("readers"));
  SEGELL_TRY(out.readers, readers.integer());
  if (out.by.empty() || out.protocol.empty() || out.readers < 1)
    return place.bad("a validation names who, by which protocol, and with how many readers");
  if (!parse_day(out.date)) return place.bad("a validation's date is written YYYY-MM-DD");
  return out;
}

base::Result<Rendition> read_rendition(const std::string& language, const Place& place) {
  SEGELL_CHECK(place.require_members(
      {"status", "title", "body", "first_layer", "signers", "", "address", "items", "validation"}));
  Rendition out;
  out.language = language;
  if (!is_language_tag(language)) return place.bad("its name is no BCP 47 language tag");
  SEGELL_TRY(const Place status, place.at("status"));
  SEGELL_TRY(const auto named, pick(kStatuses, status));
  out.status = named.status;
  SEGELL_TRY(out.address, place.text_of("address", ""));
  SEGELL_TRY(out.title, place.text_of("title", ""));
  SEGELL_TRY(const Place body, place.at("body"));
  SEGELL_TRY(const auto blocks, body.items());
  for (const Place& block : blocks) {
    SEGELL_TRY(auto read, read_block(block));
    out.body.push_back(std::move(read));
  }
  if (place.has("items")) {
    SEGELL_TRY(const Place items, place.at("items"));
    SEGELL_TRY(out.items, read_item_texts(items));
  }
  SEGELL_TRY(const Place signers, place.at("signers"));
  SEGELL_TRY(const auto labels, signers.members());
  for (const auto& [name, label] : labels) {
    SEGELL_TRY(auto text, label.text());
    out.signers.emplace_back(name, std::move(text));
  }
  SEGELL_TRY(const Place layer, place.at("first_layer"));
  SEGELL_TRY(out.first_layer, read_first_layer(layer));
  if (place.has("validation")) {
    SEGELL_TRY(const Place validation, place.at("validation"));
    SEGELL_TRY(out.validation, read_validation(validation));
  }
  return out;
}

base::Result<base::Sha256> rendition_digest(const Template& of, const std::string& language, const base::Json& json) {
  SEGELL_TRY(const std::string canonical, base::write_canonical_json(json));
  const std::string text =
      "segell.rendition/1\n" + of.key + "\n" + std::to_string(of.version) + "\n" + language + "\n" + canonical + "\n";
  return base::sha256(base::as_bytes(text));
}

base::Result<void> read_head(const Place& root, Template& out) {
  std::set<std::string> taken;
  SEGELL_TRY(const Place schema, root.at("schema"));
  SEGELL_TRY(const std::string name, schema.text());
  if (name != kSchema) return schema.bad("must be \"" + std::string(kSchema) + "\"");
  SEGELL_TRY(out.key, name_at(root, "key", taken));
  SEGELL_TRY(const Place version, root.at("version"));
  SEGELL_TRY(const std::int64_t number, version.integer());
  if (number < 1 || number > 1'000'000) return version.bad("versions count from 1");
  out.version = static_cast<std::uint32_t>(number);
  SEGELL_TRY(const Place kind, root.at("kind"));
  SEGELL_TRY(const auto named, pick(kKinds, kind));
  out.kind = named.kind;
  SEGELL_TRY(out.eni_type, root.text_of("eni_type", ""));
  SEGELL_TRY(const Place evidence, root.at("minimum_evidence"));
  SEGELL_TRY(const std::int64_t level, evidence.integer());
  if (level < 0 || level > 6) return evidence.bad("evidence levels go from 0 to 6");
  out.minimum_evidence = static_cast<int>(level);
  return base::ok();
}

template <class List, class Key>
auto* find_in(List& list, Key key, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.*key == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(Kind kind) noexcept {
  for (const NamedKind& named : kKinds)
    if (named.kind == kind) return named.name;
  return {};
}

const std::vector<FirstLayerPart>& first_layer_parts() {
  static const std::vector<FirstLayerPart> kParts{{"controller", &FirstLayer::controller},
                                                  {"purpose", &FirstLayer::purpose},
                                                  {"basis", &FirstLayer::basis},
                                                  {"recipients", &FirstLayer::recipients},
                                                  {"term", &FirstLayer::term},
                                                  {"rights", &FirstLayer::rights},
                                                  {"officer", &FirstLayer::officer},
                                                  {"authority", &FirstLayer::authority},
                                                  {"second_layer", &FirstLayer::second_layer}};
  return kParts;
}

const Field* Template::field(std::string_view name) const { return find_in(fields, &Field::name, name); }
const Item* Template::item(std::string_view name) const { return find_in(items, &Item::name, name); }
const Signer* Template::signer(std::string_view name) const { return find_in(signers, &Signer::name, name); }
const Rendition* Template::rendition(std::string_view language) const {
  return find_in(renditions, &Rendition::language, language);
}
bool Template::has_group(std::string_view group) const { return find_in(items, &Item::group, group) != nullptr; }

base::Result<Template> parse_template(std::string_view file) {
  SEGELL_TRY(const base::Json json, base::parse_json(file));
  const Place root(json, "");
  SEGELL_CHECK(root.require_members({"schema", "key", "version", "kind", "eni_type", "minimum_evidence", "fields",
                                     "items", "signers", "renditions"}));
  Template out;
  SEGELL_CHECK(read_head(root, out));
  SEGELL_TRY(const Place fields, root.at("fields"));
  SEGELL_TRY(out.fields, read_fields(fields));
  SEGELL_TRY(const Place items, root.at("items"));
  SEGELL_TRY(out.items, read_items(items));
  SEGELL_TRY(const Place signers, root.at("signers"));
  SEGELL_TRY(out.signers, read_signers(signers));
  SEGELL_TRY(const Place renditions, root.at("renditions"));
  SEGELL_TRY(const auto members, renditions.members());
  for (const auto& [language, place] : members) {
    SEGELL_TRY(Rendition rendition, read_rendition(language, place));
    SEGELL_TRY(rendition.digest, rendition_digest(out, language, place.json()));
    out.renditions.push_back(std::move(rendition));
  }
  if (out.renditions.empty()) return renditions.bad("a template needs at least one rendition");
  out.digest = base::sha256(base::as_bytes(file));
  return out;
}

}  // namespace segell::templates
