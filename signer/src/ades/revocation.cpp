#include "revocation.h"

#include "base/openssl_context.h"
#include "base/openssl_ptr.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxKnownIssuers = 64;

using PointPtr = base::Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;

std::optional<base::Instant> to_instant(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  using namespace std::chrono;
  const auto day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
  if (!day.ok()) return std::nullopt;
  return base::Instant(sys_days(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec));
}

bool has_unknown_critical(const X509_CRL* crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(crl, i);
    if (X509_EXTENSION_get_critical(extension) == 0) continue;
    if (OBJ_obj2nid(X509_EXTENSION_get_object(extension)) != NID_issuing_distribution_point) return true;
  }
  return X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0;
}

std::string reason_of(X509_REVOKED* entry) {
  int critical = 0;
  const base::Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> value(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &critical, nullptr)));
  constexpr std::array<std::string_view, 11> kReasons{"unspecified",
                                                      "key compromise",
                                                      "authority compromise",
                                                      "affiliation changed",
                                                      "superseded",
                                                      "cessation",
                                                      "on hold",
                                                      "",
                                                      "removed from list",
                                                      "privilege withdrawn",
                                                      "authority compromise"};
  const auto at = value ? ASN1_ENUMERATED_get(value.get()) : 0;
  return std::string(at >= 0 && at < static_cast<long>(kReasons.size()) ? kReasons[static_cast<std::size_t>(at)]
                                                                        : "unspecified");
}

}  // namespace

RevocationList::~RevocationList() { X509_CRL_free(m_native); }

std::shared_ptr<const RevocationList> RevocationList::parse(base::BytesView der) {
  base::clear_openssl_errors();
  const std::uint8_t* at = base::as_u8(der);
  std::shared_ptr<RevocationList> list(new RevocationList);
  list->m_native = X509_CRL_new_ex(base::certificate_context(), nullptr);
  const bool read = d2i_X509_CRL(&list->m_native, &at, static_cast<long>(der.size())) != nullptr;
  base::clear_openssl_errors();
  if (!read || list->m_native == nullptr || has_unknown_critical(list->m_native)) return nullptr;
  const auto issued = to_instant(X509_CRL_get0_lastUpdate(list->m_native));
  if (!issued) return nullptr;
  list->m_this_update = *issued;
  list->m_next_update = to_instant(X509_CRL_get0_nextUpdate(list->m_native));
  int critical = 0;
  const PointPtr point(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(list->m_native, NID_issuing_distribution_point, &critical, nullptr)));
  base::clear_openssl_errors();
  if (point) {
    if (point->indirectCRL > 0 || point->onlyattr > 0 || point->onlysomereasons != nullptr) return nullptr;
    list->m_only_users = point->onlyuser > 0;
    list->m_only_authorities = point->onlyCA > 0;
  } else if (critical >= 0) {
    return nullptr;  // the extension is there and cannot be read
  }
  return list;
}

bool RevocationList::signed_by(const base::Certificate& issuer) const {
  const std::lock_guard lock(m_mutex);
  for (const auto& [fingerprint, fits] : m_verified)
    if (fingerprint == issuer.fingerprint()) return fits;
  base::clear_openssl_errors();
  const bool fits = X509_CRL_verify(m_native, issuer.native_public_key()) == 1 &&
                    (X509_get_key_usage(issuer.native()) & KU_CRL_SIGN) != 0;
  base::clear_openssl_errors();
  if (m_verified.size() >= kMaxKnownIssuers) m_verified.clear();
  m_verified.emplace_back(issuer.fingerprint(), fits);
  return fits;
}

RevocationList::Answer RevocationList::ask(const base::Certificate& certificate,
                                           const base::Certificate& issuer) const {
  Answer answer;
  X509* native = certificate.native();
  if (X509_NAME_cmp(X509_CRL_get_issuer(m_native), X509_get_subject_name(issuer.native())) != 0) return answer;
  const bool is_authority = X509_check_ca(native) == 1;
  if ((m_only_users && is_authority) || (m_only_authorities && !is_authority)) return answer;
  answer.speaks = signed_by(issuer);
  if (!answer.speaks) return answer;
  X509_REVOKED* entry = nullptr;
  if (X509_CRL_get0_by_cert(m_native, &entry, native) == 1) {  // 2 stands for "removed from list"
    answer.revoked_at = to_instant(X509_REVOKED_get0_revocationDate(entry)).value_or(m_this_update);
    answer.reason = reason_of(entry);
  }
  return answer;
}

RevocationStatus check_revocation(const base::Certificate& certificate, const base::Certificate& issuer,
                                  std::span<const std::shared_ptr<const RevocationList>> lists, base::Instant now,
                                  std::optional<base::Instant> proven) {
  RevocationStatus status;
  status.reason = "no revocation data and no network";
  for (const auto& list : lists) {
    const RevocationList::Answer answer = list->ask(certificate, issuer);
    if (!answer.speaks) continue;
    if (answer.revoked_at) {
      if (!status.revoked_at || *answer.revoked_at < *status.revoked_at) {
        status.revoked_at = answer.revoked_at;
        status.reason = answer.reason;
      }
      status.state = RevocationStatus::State::revoked;
      continue;
    }
    if (status.state == RevocationStatus::State::revoked) continue;
    const bool in_force = list->this_update() <= now && (!list->next_update() || now <= *list->next_update());
    const bool later_than_proof = proven && list->this_update() >= *proven;
    if (in_force || later_than_proof) {
      status.state = RevocationStatus::State::good;
      status.reason.clear();
    } else if (status.state == RevocationStatus::State::unknown) {
      status.reason = "the revocation list at hand is not in force at the time of validation";
    }
  }
  return status;
}

}  // namespace segell::signer::ades
