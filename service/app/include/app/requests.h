#pragma once

#include "app/page.h"
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
  std::string capacity;  ///< "self", "parent", "guardian", "curator", "support-person", "carer", "professional"
  std::string address;   ///< form of address: "formal", "familiar"; empty: formal
  /// Of a parent, guardian or curator, and of nobody else: through which they sign for the person.
  std::string representation_id{};
  /// "sole", "declared" or "signed": what is said of the consent of another holder of parental authority; needed where
  /// it is held jointly.
  std::string other_holder{};
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
  std::string signer;      ///< of a document made from a template: whose place to sign; empty: the first that is free
  std::string instead_of;  ///< a request of this person whose signature is void; empty: none
  std::string after;       ///< a request of the same document that is to be signed first; empty: none
  bool discreet = false;   ///< the slip that the person takes home names no service, person or subject
  std::vector<NewRequestItem> items;
  /// "drawn", "button", "official", "witnesses", "drawn-with-dynamics": offered least invasive first. An official is
  /// offered only while one could sign (officials.h); witnesses need a professional, dynamics a custodian and one of
  /// the first two.
  std::vector<std::string> methods;
  /// What the signature may say: "agree", "agree-with-reservation", "informed", "received", "disagree"; none: what
  /// follows from the choices.
  std::vector<std::string> meanings;
  std::string expires_at;  ///< RFC 3339
};
/// Lays out the page of choices, with every choice that can be made, before anybody chooses. Items come from the
/// request, or from the document where that was made from a template: then its first request decides, later ones sign.
/// Body:
/// {"request":{id,state,link,expiresAt}}; the link holds the tablet's capability behind '#', shown once. Errors:
/// not_found "document.unknown", "person.unknown", "notice.unknown"; invalid_argument "request.…", "consent.…";
/// conflict "request.under-14", "request.decides-alone", "request.confidential-document", "representation.not-valid",
/// "representation.scope", "person.no-birth-date" (who signs for whom: docs/representation.md), "request.signer-taken",
/// "request.document-moved", "request.earlier-over", "request.document-void" (a signature on it is void: the document
/// is made anew); the typesetter's, "layout.no-glyph" among them.
base::Result<Reply> create_signature_request(Service& service, const Caller& caller, const NewSignatureRequest& request,
                                             const Idempotency& idempotency);

/// Which requests a caller wants to see.
struct RequestQuery {
  Page page;
  std::string state;  ///< one of the states of a request, "expired", or "open" (may be answered now); empty: all
};
/// Those of the persons whom the caller reaches, newest first. That a person's name and titles were shown is an event
/// of that person. Body: {"requests":[{id,state,title,language,capacity,documentId,name,personId,personName,createdAt,
/// expiresAt,after,meaning,reservation}],"next"}; `name` is the document's neutral one, `after` {id,state} the request
/// that is to be signed first, its id only for whom reaches it. Errors: invalid_argument "page.bad-cursor",
/// "request.bad-state".
base::Result<base::Json> list_signature_requests(Service& service, const Caller& caller, const RequestQuery& query);

/// Ends a request that nobody answered; its link opens nothing from then on. Body: {"request":{id,state}}. Errors:
/// not_found "request.unknown"; conflict "request.over".
base::Result<Reply> cancel_signature_request(Service& service, const Caller& caller, std::string_view request,
                                             const Idempotency& idempotency);

/// A new link for a request that nobody answered, in the place of the one before, which opens nothing from then on; one
/// whose time was over lives again. Body: {"request":{id,state,link,expiresAt}}. Errors: not_found "request.unknown";
/// conflict "request.over", "request.document-moved", "request.items-over" (the term of an item is over);
/// invalid_argument "request.bad-expiry".
base::Result<Reply> renew_request_link(Service& service, const Caller& caller, std::string_view request,
                                       const std::string& expires_at, const Idempotency& idempotency);

/// Body: {"request":{id,state,documentId,personId,expiresAt,…,slips[{id,state,createdAt,expiresAt}]}}. Error: not_found
/// "request.unknown".
base::Result<base::Json> describe_signature_request(Service& service, const Caller& caller, std::string_view request);

}  // namespace segell::app
