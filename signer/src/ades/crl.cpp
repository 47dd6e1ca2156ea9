#include "algorithms.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"
#include "ber.h"
#include "revocation_data.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace segell::signer::ades {
namespace {

using PointPtr = base::Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;
using PointsPtr = base::Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using State = RevocationAnswer::State;

std::optional<base::Instant> to_instant(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  using namespace std::chrono;
  const auto day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
  if (!day.ok()) return std::nullopt;
  return base::Instant(sys_days(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec));
}

base::Failure unusable_list(std::string what) {
  base::clear_openssl_errors();
  return base::fail(base::Code::unsupported, "revocation.unsupported", std::move(what));
}

// Critical extensions that are looked at here; certificateIssuer stands in entries of indirect lists.
bool has_unknown_critical(const X509_CRL* crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(crl, i);
    if (X509_EXTENSION_get_critical(extension) == 0) continue;
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (nid != NID_issuing_distribution_point && nid != NID_crl_number && nid != NID_authority_key_identifier &&
        nid != NID_delta_crl)
      return true;
  }
  return false;
}

bool entry_has_unknown_critical(const X509_REVOKED* entry) {
  for (int i = 0; i < X509_REVOKED_get_ext_count(entry); ++i) {
    X509_EXTENSION* extension = X509_REVOKED_get_ext(entry, i);
    if (X509_EXTENSION_get_critical(extension) == 0) continue;
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (nid != NID_certificate_issuer && nid != NID_crl_reason && nid != NID_invalidity_date) return true;
  }
  return false;
}

long reason_code(const X509_REVOKED* entry) {
  int critical = 0;
  const base::Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> value(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &critical, nullptr)));
  return value ? ASN1_ENUMERATED_get(value.get()) : 0;
}

bool share_a_name(const GENERAL_NAMES* a, const GENERAL_NAMES* b) {
  for (int i = 0; i < sk_GENERAL_NAME_num(a); ++i)
    for (int k = 0; k < sk_GENERAL_NAME_num(b); ++k)
      if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(a, i), sk_GENERAL_NAME_value(b, k)) == 0) return true;
  return false;
}

bool names_directory(const GENERAL_NAMES* names, const X509_NAME* wanted) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* one = sk_GENERAL_NAME_value(names, i);
    if (one->type == GEN_DIRNAME && X509_NAME_cmp(one->d.directoryName, wanted) == 0) return true;
  }
  return false;
}

PointsPtr points_of(const base::Certificate& certificate) {
  return PointsPtr(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate.native(), NID_crl_distribution_points, nullptr, nullptr)));
}

class Crl final : public RevocationData {
 public:
  static base::Result<RevocationDataPtr> read(base::BytesView der) {
    base::clear_openssl_errors();
    const std::uint8_t* at = base::as_u8(der);
    auto list = std::make_shared<Crl>();
    X509_CRL* native = X509_CRL_new_ex(base::certificate_context(), nullptr);
    const bool read = d2i_X509_CRL(&native, &at, static_cast<long>(der.size())) != nullptr;
    list->m_native.reset(read ? native : nullptr);
    base::clear_openssl_errors();
    if (!read || at != base::as_u8(der) + der.size())
      return base::fail(base::Code::malformed, "revocation.malformed", "a revocation list that cannot be read");
    SEGELL_CHECK(list->read_scope());
    return RevocationDataPtr(std::move(list));
  }

  [[nodiscard]] RevocationAnswer ask(const base::Certificate& certificate, const base::Certificate& issuer,
                                     const RevocationAuthorities& authorities) const override {
    RevocationAnswer answer;
    answer.issued = m_issued;
    answer.valid_until = m_valid_until;
    answer.keeps_since = m_keeps_since;
    if (!is_about(certificate, issuer)) return answer;
    answer.signer = signer(issuer, authorities);
    if (!answer.signer) {
      answer.state = State::unusable;
      answer.reason = "the signature of the revocation list does not hold";
      return answer;
    }
    int digest = NID_undef, method = NID_undef;
    OBJ_find_sigid_algs(X509_CRL_get_signature_nid(m_native.get()), &digest, &method);
    answer.digest = digest_of_nid(digest);
    answer.method = method_of_nid(method);
    look_up(certificate, answer);
    return answer;
  }

 private:
  base::Result<void> read_scope() {
    if (has_unknown_critical(m_native.get()))
      return unusable_list("a revocation list with a critical extension that is not known");
    SEGELL_CHECK(read_numbers());
    const auto issued = to_instant(X509_CRL_get0_lastUpdate(m_native.get()));
    if (!issued) return unusable_list("a revocation list without a proper date");
    m_issued = *issued;
    m_valid_until = to_instant(X509_CRL_get0_nextUpdate(m_native.get()));
    m_keeps_since = read_keeps_since();
    int critical = 0;
    m_point.reset(static_cast<ISSUING_DIST_POINT*>(
        X509_CRL_get_ext_d2i(m_native.get(), NID_issuing_distribution_point, &critical, nullptr)));
    base::clear_openssl_errors();
    if (!m_point && critical != -1) return unusable_list("a revocation list whose scope cannot be read");
    if (m_point && m_point->onlyattr > 0) return unusable_list("a revocation list of attribute certificates");
    return base::ok();
  }

  // CRLNumber and BaseCRLNumber (RFC 5280 5.2.3, 5.2.4): a delta has both, and changes an earlier list.
  base::Result<void> read_numbers() {
    const auto number = number_in(NID_crl_number), base_number = number_in(NID_delta_crl);
    const bool delta = X509_CRL_get_ext_by_NID(m_native.get(), NID_delta_crl, -1) >= 0;
    if (delta && (!number || !base_number || !is_less(*base_number, *number)))
      return unusable_list("a delta revocation list without proper numbers");
    m_list.number = number.value_or(base::Bytes());
    m_list.base_number = base_number;
    unsigned char* issuer = nullptr;
    const int length = i2d_X509_NAME(X509_CRL_get_issuer(m_native.get()), &issuer);
    if (length > 0) base::append(m_list.scope, {reinterpret_cast<const std::byte*>(issuer), std::size_t(length)});
    OPENSSL_free(issuer);
    for (const int nid : {NID_issuing_distribution_point, NID_authority_key_identifier}) {
      m_list.scope.push_back(std::byte{0});
      if (const int at = X509_CRL_get_ext_by_NID(m_native.get(), nid, -1); at >= 0)
        base::append(m_list.scope, octets_of(X509_EXTENSION_get_data(X509_CRL_get_ext(m_native.get(), at))));
    }
    return base::ok();
  }

  [[nodiscard]] std::optional<base::Bytes> number_in(int nid) const {
    const base::Owned<ASN1_INTEGER, ASN1_INTEGER_free> value(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(m_native.get(), nid, nullptr, nullptr)));
    base::clear_openssl_errors();
    if (!value || ASN1_STRING_type(value.get()) != V_ASN1_INTEGER) return std::nullopt;
    base::Bytes out = base::to_bytes(octets_of(value.get()));
    out.erase(out.begin(), std::ranges::find_if(out, [](std::byte octet) { return octet != std::byte{0}; }));
    return out;
  }

  static base::BytesView octets_of(const ASN1_STRING* value) {
    return {reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(value)),
            static_cast<std::size_t>(ASN1_STRING_length(value))};
  }

  // expiredCertsOnCRL (X.509 9.5.2.8): a GeneralizedTime
  [[nodiscard]] std::optional<base::Instant> read_keeps_since() const {
    const base::Asn1ObjectPtr id(OBJ_txt2obj("2.5.29.60", 1));
    const int at = id ? X509_CRL_get_ext_by_OBJ(m_native.get(), id.get(), -1) : -1;
    if (at < 0) return std::nullopt;
    BerReader reader(octets_of(X509_EXTENSION_get_data(X509_CRL_get_ext(m_native.get(), at))));
    const auto time = reader.expect(kBerGeneralizedTime);
    return time ? parse_generalized_time(base::as_text(time->content)) : std::nullopt;
  }

  [[nodiscard]] const X509_NAME* issuer_name() const { return X509_CRL_get_issuer(m_native.get()); }
  [[nodiscard]] bool is_indirect() const { return m_point && m_point->indirectCRL > 0; }

  // Scope and issuer, RFC 5280 6.3.3 (b).
  [[nodiscard]] bool is_about(const base::Certificate& certificate, const base::Certificate& issuer) const {
    const bool own = X509_NAME_cmp(issuer_name(), X509_get_subject_name(issuer.native())) == 0;
    if (!own && !is_indirect()) return false;
    const PointsPtr points = points_of(certificate);
    base::clear_openssl_errors();
    if (!own && !points_name_issuer(points.get())) return false;
    if (!m_point) return true;
    const bool authority = X509_check_ca(certificate.native()) == 1;
    if ((m_point->onlyuser > 0 && authority) || (m_point->onlyCA > 0 && !authority)) return false;
    return point_matches(points.get());
  }

  // An indirect list counts where the certificate sends its reader to it (cRLIssuer).
  [[nodiscard]] bool points_name_issuer(const CRL_DIST_POINTS* points) const {
    for (int i = 0; i < sk_DIST_POINT_num(points); ++i) {
      const DIST_POINT* point = sk_DIST_POINT_value(points, i);
      if (point->CRLissuer != nullptr && names_directory(point->CRLissuer, issuer_name())) return true;
    }
    return false;
  }

  // A list that names its distribution point is about the certificates that name the same one.
  [[nodiscard]] bool point_matches(const CRL_DIST_POINTS* points) const {
    if (m_point->distpoint == nullptr) return true;
    if (m_point->distpoint->type != 0) return sk_DIST_POINT_num(points) > 0;  // relative to the issuer's name
    for (int i = 0; i < sk_DIST_POINT_num(points); ++i) {
      const DIST_POINT* point = sk_DIST_POINT_value(points, i);
      const GENERAL_NAMES* names = point->distpoint != nullptr && point->distpoint->type == 0
                                       ? point->distpoint->name.fullname
                                       : point->CRLissuer;
      if (names != nullptr && share_a_name(names, m_point->distpoint->name.fullname)) return true;
    }
    return false;
  }

  [[nodiscard]] bool signed_by(const base::Certificate& authority) const {
    return m_verified.get(authority, [&] {
      base::clear_openssl_errors();
      const bool fits = authority.native_public_key() != nullptr &&
                        X509_CRL_verify(m_native.get(), authority.native_public_key()) == 1 &&
                        (X509_get_key_usage(authority.native()) & KU_CRL_SIGN) != 0;
      base::clear_openssl_errors();
      return fits;
    });
  }

  // The issuer itself; or another certificate of the list's issuer (a renewed key, an indirect list) with a path.
  [[nodiscard]] std::optional<base::Certificate> signer(const base::Certificate& issuer,
                                                        const RevocationAuthorities& authorities) const {
    if (X509_NAME_cmp(issuer_name(), X509_get_subject_name(issuer.native())) == 0 && signed_by(issuer)) return issuer;
    for (const base::Certificate& candidate : authorities.candidates()) {
      if (X509_NAME_cmp(issuer_name(), X509_get_subject_name(candidate.native())) == 0 && signed_by(candidate) &&
          authorities.is_anchored(candidate))
        return candidate;
    }
    return std::nullopt;
  }

  void look_up(const base::Certificate& certificate, RevocationAnswer& answer) const {
    const bool partly = m_point && m_point->onlysomereasons != nullptr;
    answer.state = partly ? State::partly : State::good;
    if (partly) answer.reason = "the revocation list is about some reasons of revocation alone";
    answer.list = m_list;
    if (m_list.base_number) {
      answer.state = State::unusable;
      answer.reason = "a delta revocation list says only what changed, and the list that it changes is not at hand";
    }
    X509_REVOKED* entry = nullptr;
    const int found = X509_CRL_get0_by_cert(m_native.get(), &entry, certificate.native());
    constexpr int kListed = 1, kRemoved = 2;
    answer.list->lifts = found == kRemoved;
    if (found != kListed) return;
    if (entry_has_unknown_critical(entry)) {
      answer.state = State::unusable;
      answer.reason = "the entry of the certificate has a critical extension that is not known";
      return;
    }
    const long code = reason_code(entry);
    answer.state = State::revoked;
    answer.revoked_at = to_instant(X509_REVOKED_get0_revocationDate(entry)).value_or(m_issued);
    answer.on_hold = code == kReasonHold;
    answer.reason = reason_words(code);
  }

  base::X509CrlPtr m_native;
  base::Instant m_issued;
  ListFacts m_list;
  std::optional<base::Instant> m_valid_until;
  std::optional<base::Instant> m_keeps_since;
  PointPtr m_point;
  AnswerCache m_verified;
};

}  // namespace

bool is_less(const base::Bytes& a, const base::Bytes& b) {
  return a.size() != b.size() ? a.size() < b.size() : std::ranges::lexicographical_compare(a, b);
}

bool ListFacts::continues(const ListFacts& list) const {
  return base_number && !list.base_number && !list.number.empty() && scope == list.scope &&
         !is_less(list.number, *base_number) && is_less(list.number, number);
}

base::Result<RevocationDataPtr> read_crl(base::BytesView der) { return Crl::read(der); }

std::string reason_words(long code) {
  constexpr std::array<std::string_view, 11> kReasons{
      "unspecified",         "key compromise", "authority compromise", "affiliation changed", "superseded",
      "cessation",           "on hold",        "unspecified",          "removed from list",   "privilege withdrawn",
      "authority compromise"};
  return std::string(code >= 0 && code < static_cast<long>(kReasons.size()) ? kReasons[static_cast<std::size_t>(code)]
                                                                            : "unspecified");
}

}  // namespace segell::signer::ades
