#include "ades/certificate_facts.h"

#include "base/openssl_ptr.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace segell::signer::ades {
namespace {

using AccessPtr = base::Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using CrlPointsPtr = base::Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;

void add_uri(const GENERAL_NAME* name, std::vector<std::string>& out) {
  if (name->type != GEN_URI) return;
  const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
  out.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                   static_cast<std::size_t>(ASN1_STRING_length(uri)));
}

// The addresses of one method of authorityInfoAccess.
std::vector<std::string> accesses(const base::Certificate& certificate, int method) {
  std::vector<std::string> out;
  const AccessPtr access(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(certificate.native(), NID_info_access, nullptr, nullptr)));
  for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION* one = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    if (OBJ_obj2nid(one->method) == method) add_uri(one->location, out);
  }
  base::clear_openssl_errors();
  return out;
}

}  // namespace

std::vector<std::string> issuer_addresses(const base::Certificate& certificate) {
  return accesses(certificate, NID_ad_ca_issuers);
}

StatusAddresses status_addresses(const base::Certificate& certificate) {
  StatusAddresses out;
  out.ocsp = accesses(certificate, NID_ad_OCSP);
  const CrlPointsPtr points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate.native(), NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
    if (point->distpoint == nullptr || point->distpoint->type != 0) continue;
    const GENERAL_NAMES* names = point->distpoint->name.fullname;
    for (int k = 0; k < sk_GENERAL_NAME_num(names); ++k) add_uri(sk_GENERAL_NAME_value(names, k), out.crls);
  }
  base::clear_openssl_errors();
  return out;
}

base::Bytes public_key_octets(const base::Certificate& certificate) {
  const ASN1_BIT_STRING* key = X509_get0_pubkey_bitstr(certificate.native());
  if (key == nullptr) return {};
  const auto* octets = reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(key));
  return {octets, octets + ASN1_STRING_length(key)};
}

bool has_ocsp_no_check(const base::Certificate& certificate) {
  return X509_get_ext_by_NID(certificate.native(), NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

}  // namespace segell::signer::ades
