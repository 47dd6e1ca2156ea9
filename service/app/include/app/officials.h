#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"
#include "app/visit.h"

#include <optional>
#include <string>
#include <vector>

// Officials who sign on behalf of people (Llei 39/2015, art. 12.2): the register of who may, kept by managers and
// administrators, and the act itself. The person consents expressly to that act; the official signs in a session of
// their own, opened with a second factor, as long as the register lets them.

namespace segell::app {

struct NewOfficial {
  std::string account;     ///< login name of a member of staff who works with people here
  std::string resolution;  ///< which lets them, as it is cited
  std::string since;       ///< RFC 3339
  std::string until;       ///< RFC 3339, exclusive
  /// Purposes of what is decided on the document; empty: every procedure, those that name none too.
  std::vector<std::string> procedures;
  /// SHA-256 (hex) of a certificate's DER: then each act needs a signature by its key. Empty: none is bound.
  std::string certificate;
};

/// Body: {"official":{id,account,name,state,resolution,since,until,procedures[],certificate}}. Errors: not_found
/// "http.not-found" for whoever does not keep the register, "official.no-account"; invalid_argument
/// "official.not-staff", "official.bad-resolution", "official.bad-term", "official.bad-procedure",
/// "official.bad-certificate".
base::Result<Reply> register_official(Service& service, const Caller& caller, const NewOfficial& wanted,
                                      const Idempotency& idempotency);
/// Newest first, ended ones too. Body: {"officials":[…],"next"}. Error: invalid_argument "page.bad-cursor".
base::Result<base::Json> list_officials(Service& service, const Caller& caller, const Page& page);
/// The entry lets nobody sign from now on; withdrawing it again changes nothing. Body: {"official":{…}}. Errors:
/// not_found "official.unknown"; invalid_argument "official.bad-reason".
base::Result<Reply> withdraw_official(Service& service, const Caller& caller, std::string_view official,
                                      const std::string& reason, const Idempotency& idempotency);

/// The person's express consent that an official signs this document for them. The act's method is "official".
struct OnBehalfConsent {
  Act act;
  bool consent = false;  ///< said, and not taken for granted
};
/// Recorded with its event; nothing is signed by it. Asked again, the newest one counts. Body: {"request":{state}}.
/// Errors: invalid_argument "act.consent-missing", those of perform_act(); conflict "official.none" while no official
/// could sign.
base::Result<Reply> consent_on_behalf(Service& service, const VisitCaller& caller, const OnBehalfConsent& consent,
                                      const Idempotency& idempotency);

/// What an official shows beside their session, where the register binds them to a certificate.
struct OfficialSignature {
  std::optional<base::Bytes> certificate;  ///< DER
  /// By its key over the text that the list of requests tells ("toSign"): RSASSA-PKCS1-v1_5, or ECDSA P-256 as r ‖ s,
  /// with SHA-256.
  std::optional<base::Bytes> signature;
};
/// Seals the act that the person consented to. Body: as perform_act(). Errors: not_found "request.unknown",
/// "http.not-found" for a token; conflict "official.no-consent"; forbidden "official.second-factor",
/// "official.not-registered", "official.not-yet", "official.expired", "official.withdrawn", "official.other-procedure";
/// invalid_argument "official.certificate-missing", "official.certificate-unexpected", "official.certificate-other",
/// "official.certificate-over", "official.bad-signature"; those of perform_act().
base::Result<Reply> sign_on_behalf(Service& service, const Caller& caller, std::string_view request,
                                   const OfficialSignature& signature, const Idempotency& idempotency);

}  // namespace segell::app
