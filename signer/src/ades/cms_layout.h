#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <vector>

namespace segell::signer::ades {

/// One value of an unsigned attribute: the complete OBJECT IDENTIFIER of its type, and the complete value.
struct UnsignedValue {
  base::BytesView type, value;
};

/// A SignerInfo (RFC 5652 5.3) as its parts.
struct SignerLayout {
  base::BytesView head;                     ///< version to signature, as they stand one behind the other
  std::vector<base::BytesView> attributes;  ///< unsigned ones, each a complete Attribute
  std::vector<UnsignedValue> values;        ///< of all of them
};

/// A SignedData (RFC 5652 5.1) as its complete elements, borrowed from the octets it was read from: for whoever hashes
/// parts of a message or writes it anew with more in it. What the parts say is cms_parse's.
struct CmsLayout {
  base::BytesView version, digests, content;  ///< INTEGER, SET OF, EncapsulatedContentInfo
  base::BytesView content_type;               ///< eContentType
  std::vector<base::BytesView> certificates;  ///< CertificateChoices
  std::vector<base::BytesView> revocations;   ///< RevocationInfoChoice
  std::vector<SignerLayout> signers;
};

/// Of octets that parse_cms or parse_cms_signers took, whose bounds hold here too. Error: malformed "cms.malformed".
base::Result<CmsLayout> lay_out_cms(base::BytesView octets);

}  // namespace segell::signer::ades
