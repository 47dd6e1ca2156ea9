#pragma once

#include "app/persons.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

struct NewRequestItem {
  std::string purpose;
  std::string category;
  std::string recipient;
  BasisInput basis;
  NoticeInput notice;
  std::string valid_until;  ///< RFC 3339
  std::string text;
  std::string consequence_if_refused;
};

struct NewSignatureRequest {
  std::string document_id;
  std::string person_id;
  std::string title;
  std::string language;  ///< "ca", "es" or "en"
  std::string capacity;  ///< "self", "parent", "guardian", "curator", "support-person", "carer"
  struct IdentityEvidence {
    std::string kind;  ///< "id-seen", "otp", "certificate", "known", "none"
    int level = 0;     ///< 0..6, domain evidence ladder
    std::string detail;
  } identity_evidence;
  /// Who accompanies the person, as the tablet names them; in no event and on no paper.
  struct Professional {
    std::string name;
  };
  std::optional<Professional> professional;
  std::string signer;     ///< of a document made from a template: whose place to sign; empty: the first that is free
  bool discreet = false;  ///< the slip that the person takes home names no service, person or subject
  std::vector<NewRequestItem> items;
  std::vector<std::string> methods;  ///< "drawn", "button", "drawn-with-dynamics": offered least invasive first
  std::string expires_at;            ///< RFC 3339
};
/// Lays out the page of choices, with every choice that can be made, before anybody chooses. Items come from the
/// request, or from the document where that was made from a template: then its first request decides, later ones sign.
/// Body:
/// {"request":{id,state,link,expiresAt}}; the link holds the tablet's capability behind '#', shown once. Errors:
/// not_found "document.unknown", "person.unknown", "notice.unknown"; invalid_argument "request.…", "consent.…";
/// conflict "request.signer-taken", "request.document-moved"; the typesetter's, "layout.no-glyph" among them.
base::Result<Reply> create_signature_request(Service& service, const Caller& caller, const NewSignatureRequest& request,
                                             const Idempotency& idempotency);

/// Body: {"request":{id,state,documentId,personId,expiresAt,…,slips[{id,state,createdAt,expiresAt}]}}. Error: not_found
/// "request.unknown".
base::Result<base::Json> describe_signature_request(Service& service, const Caller& caller, std::string_view request);

}  // namespace segell::app
