#pragma once

#include "app/caller.h"
#include "app/documents.h"
#include "app/reply.h"
#include "app/service.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// A document to be made from a template (docs/templates.md).
struct NewTemplateDocument {
  std::string key;            ///< "data-consent"
  std::uint32_t version = 0;  ///< 0: the newest
  std::string language;       ///< BCP 47: the rendition, or the nearest one, and then the paper says so
  base::Json fields;          ///< an object, by the template's fields
  struct Item {
    std::string item;                  ///< its name in the template
    std::uint32_t notice_version = 0;  ///< of the notice that the template names for it; 0: the newest
    std::string valid_until;           ///< RFC 3339
  };
  std::vector<Item> items;
  struct Signer {
    std::string signer;  ///< its name in the template
    std::string name;    ///< as printed
    /// Who that is, if it is known already: an address that is kept from others about them is covered on the paper.
    std::optional<std::string> person{};
  };
  std::vector<Signer> signers;
};

/// The templates that this service has. Body: {"templates":[{key,version,kind,eniType,minimumEvidence,languages[],
/// fields[],items[],signers[]}],"defaults"}; defaults: by the name of a field, what this organisation always says.
base::Result<base::Json> list_templates(Service& service, const Caller& caller);

/// Lays a filled template out as a tagged PDF with its verification code, a field for each choice and an empty
/// signature field for each signer, and stores it as a draft. Body: that of store_document with verificationCode,
/// template{key, version,language} and signers[]. Errors: not_found "template.unknown", "notice.unknown",
/// "person.unknown";
/// invalid_argument "template.…", "consent.…"; unsupported "layout.no-glyph" (the message names the character);
/// limit_exceeded "layout.too-long".
base::Result<Reply> make_template_document(Service& service, const Caller& caller, const NewTemplateDocument& wanted,
                                           const Idempotency& idempotency);

/// The text of a document made from a template as an HTML fragment (templates::reading_view), with the choices that
/// were made; reading it is an event. Errors: not_found "document.unknown", "document.no-reading-view".
base::Result<Content> read_reading_view(Service& service, const Caller& caller, std::string_view document);
/// The same for the person whose visit it is. Error: not_found "document.no-reading-view".
base::Result<Content> read_visit_reading_view(Service& service, const VisitCaller& caller);

}  // namespace segell::app
