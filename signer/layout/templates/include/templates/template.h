#pragma once

#include "base/digest.h"
#include "base/result.h"
#include "templates/language.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace segell::templates {

/// The documents that templates make (domain: D1, D3, D5).
enum class Kind { data_consent, work_plan, minor_activity_authorisation };
std::string_view to_string(Kind kind) noexcept;

/// What a field holds when the template is filled. `list` is a list of texts; `person` a given name and surnames;
/// `code` a code for an item's scope, which is never printed.
enum class FieldType { text, list, date, money, person, code };

struct Field {
  std::string name;
  FieldType type = FieldType::text;
  bool required = true;
};

/// One thing to decide, as the template states it: purpose × category × recipient, on what it rests, and the notice
/// that is shown with it. Words are kept as written (the room `consent` owns their meaning); a part of the scope may be
/// "{{field}}" of a field of type code.
struct Item {
  std::string name;
  std::string group;  ///< where the renditions place it
  std::string purpose;
  std::string category;
  std::string recipient;
  std::string basis;     ///< "EXPRESS_CONSENT", "NON_OPPOSITION", "LAW"
  std::string article6;  ///< "a", "c", "d", "e"
  std::string article9;  ///< "a" … "j", "none"
  std::string law;
  std::string opposable;  ///< "no", "art28", "art21"
  std::string notice;     ///< key of the notice
};

/// Who signs, in which capacity, and what the signature may mean.
struct Signer {
  std::string name;
  bool required = true;
  std::vector<std::string> capacities;
  std::vector<std::string> meanings;
};

/// A part of a rendition's body. `only_if` and `unless` name a field or a group of items; empty: always.
struct BodyBlock {
  struct Heading {
    std::string text;
  };
  struct Lines {
    std::vector<std::string> lines;
  };
  struct List {
    std::vector<std::string> entries;  ///< an entry that is exactly "{{list field}}" becomes one entry for each value
  };
  struct Rows {
    std::vector<std::pair<std::string, std::string>> rows;
  };
  struct Items {
    std::string group;
  };
  struct FirstLayer {};
  struct Signatures {};
  std::variant<Heading, Lines, List, Rows, Items, FirstLayer, Signatures> content;
  std::string only_if;
  std::string unless;
};

/// An item in one language.
struct ItemText {
  std::string item;
  std::string question;
  std::vector<std::string> more;
  std::string consequence;  ///< what follows from refusing, shown before choosing
};

/// The first layer of data protection information (GDPR art. 13, Spanish LO 3/2018 art. 11).
struct FirstLayer {
  std::string controller;
  std::string purpose;
  std::string basis;
  std::string recipients;
  std::string term;
  std::string rights;
  std::string officer;       ///< the data protection officer
  std::string authority;     ///< to whom to complain
  std::string second_layer;  ///< where the rest stands
};
/// Its parts by their names in the file, in the order in which they are printed.
struct FirstLayerPart {
  std::string_view name;
  std::string FirstLayer::*text;
};
const std::vector<FirstLayerPart>& first_layer_parts();

/// authored: written in this language by the template's authors; reviewed: by the language service that `review` names;
/// unreviewed: no native reader has seen it, and the paper says so.
enum class Status { authored, reviewed, unreviewed };

/// People with reading difficulties read this very version and understood it (UNE 153101): what "easy read" needs.
struct Validation {
  std::string by;
  std::string date;  ///< YYYY-MM-DD
  std::string protocol;
  std::int64_t readers = 0;
};

struct Rendition {
  std::string language;  ///< BCP 47; the registered variant `simple` marks simple text ("ca-simple")
  Status status = Status::authored;
  std::string address;  ///< "tu", "vostè", "vós" in Catalan, "tú", "usted" in Spanish, else empty
  std::string title;
  std::vector<BodyBlock> body;
  std::vector<ItemText> items;
  std::vector<std::pair<std::string, std::string>> signers;  ///< name, and the words over the place to sign
  FirstLayer first_layer;
  std::optional<Validation> validation;
  base::Sha256 digest{};  ///< SHA-256 over "segell.rendition/1", key, version, language and the rendition as canonical
                          ///< JSON (RFC 8785), each followed by a line feed: what a signature names
};

/// One version of a template. Immutable.
struct Template {
  std::string key;
  std::uint32_t version = 0;
  Kind kind = Kind::data_consent;
  std::string eni_type;  ///< "TD18" (NTI document types)
  int minimum_evidence = 0;
  std::vector<Field> fields;
  std::vector<Item> items;
  std::vector<Signer> signers;
  std::vector<Rendition> renditions;
  base::Sha256 digest{};  ///< of the file's octets

  [[nodiscard]] const Field* field(std::string_view name) const;
  [[nodiscard]] const Item* item(std::string_view name) const;
  [[nodiscard]] const Signer* signer(std::string_view name) const;
  [[nodiscard]] const Rendition* rendition(std::string_view language) const;
  [[nodiscard]] bool has_group(std::string_view group) const;
};

/// Reads `segell.template/1`: unknown or missing members, wrong types and names used twice are refused; whether what it
/// says is good is for lint() to tell. Errors: those of base::parse_json; malformed "template.malformed", message with
/// the place ("renditions.ca.body[3]").
base::Result<Template> parse_template(std::string_view file);

/// The templates of service/templates that this build carries, newest versions only. A template that cannot be read is
/// a broken build: throws std::logic_error.
const std::vector<Template>& embedded_templates();

}  // namespace segell::templates
