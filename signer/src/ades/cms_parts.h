#pragma once

#include "ber.h"
#include "signer/ades/cms.h"

#include <optional>
#include <string>

// What the sources that read a CMS message share.

namespace segell::signer::ades {

inline constexpr std::size_t kMaxCertificates = 64;
inline constexpr std::string_view kPlainData = "1.2.840.113549.1.7.1";

base::Failure malformed_cms(std::string what);

/// What signed attributes say of the fields around them; compared once those are read.
struct SignedAttributeFacts {
  std::optional<std::string> protected_digest, protected_signature;  ///< CMSAlgorithmProtection, dotted
};

/// The [0] and the [1] of a SignerInfo. Errors: malformed "cms.malformed", "cms.attribute".
base::Result<void> read_signed_attributes(const BerElement& element, CmsMessage& out, SignedAttributeFacts& facts);
base::Result<void> read_unsigned_attributes(const BerElement& element, CmsMessage& out, std::size_t depth = 0);

/// Whether content is made as the signed attributes of a message are. Their signature, taken with the attributes'
/// octets for content and without attributes, fits too: nobody meant to sign that (RFC 5652 5.4 hashes both alike).
bool are_signed_attributes(base::BytesView content);

/// RevocationInfoChoices (RFC 5652 10.2.1), one behind the other: CRLs, and OCSP responses as RFC 5940 puts them.
base::Result<void> read_revocation_choices(base::BytesView choices, CmsMessage& out);
/// One value of an unsigned attribute: timestamps, counter-signatures, certificates and revocation data are kept; it
/// stands in `depth` counter-signatures. Error: malformed
/// "cms.malformed".
base::Result<void> read_unsigned_value(std::string_view type, base::BytesView value, CmsMessage& out,
                                       std::size_t depth = 0);

/// The value of a countersignature attribute (RFC 5652 11.4), which stands in `depth` others. Errors: those of
/// parse_cms.
base::Result<CmsMessage> read_counter_signature(base::BytesView value, std::size_t depth);

/// Keeps the basic response of an OCSPResponse; one without is passed over.
void add_ocsp_response(base::BytesView response, CmsMessage& out);

/// The digest of the DigestInfo inside a PKCS#1 v1.5 signature (RFC 8017 9.2); nothing where the key yields none.
std::optional<Digest> digest_named_inside(base::BytesView signature, const base::Certificate& signer);

}  // namespace segell::signer::ades
