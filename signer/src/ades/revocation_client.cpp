#include "signer/ades/revocation_client.h"

#include "ades/algorithms.h"
#include "ades/certificate_facts.h"
#include "ades/der.h"
#include "ades/ocsp.h"
#include "ades/revocation.h"

#include "base/random.h"

#include <map>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kNonceSize = 16;
constexpr std::size_t kMaxAddresses = 4;
constexpr std::string_view kOidSha1{"\x2B\x0E\x03\x02\x1A", 5};
constexpr std::string_view kOidOcspNonce{"\x2B\x06\x01\x05\x05\x07\x30\x01\x02", 9};

class AtHand final : public RevocationAuthorities {
 public:
  explicit AtHand(std::span<const base::Certificate> others) : m_others(others) {}
  [[nodiscard]] std::span<const base::Certificate> candidates() const override { return m_others; }
  // an indirect list's issuer would need a path of its own: its answers are not asked for
  [[nodiscard]] bool is_anchored(const base::Certificate&) const override { return false; }

 private:
  std::span<const base::Certificate> m_others;
};

std::string who(const base::Certificate& certificate) {
  const std::string name = certificate.common_name();
  return "the certificate of " + (name.empty() ? certificate.subject() : name) + " (serial number " +
         certificate.serial_hex() + ")";
}

bool is_web_address(std::string_view address) {
  return address.starts_with("http://") || address.starts_with("https://");
}

}  // namespace

Bytes write_ocsp_request(const base::Certificate& certificate, const base::Certificate& issuer, BytesView nonce) {
  const Bytes algorithm = der::element(der::kSequence, {der::oid(kOidSha1), der::element(der::kNull, {})});
  const Bytes id = der::element(
      der::kSequence, {algorithm, der::element(der::kOctetString, {digest_of(Digest::sha1, certificate.issuer_der())}),
                       der::element(der::kOctetString, {digest_of(Digest::sha1, public_key_octets(issuer))}),
                       certificate.serial_der()});
  const Bytes list = der::element(der::kSequence, {der::element(der::kSequence, {id})});
  // RFC 9654: the extension's value is the DER of an OCTET STRING
  const Bytes extension = der::element(
      der::kSequence,
      {der::oid(kOidOcspNonce), der::element(der::kOctetString, {der::element(der::kOctetString, {nonce})})});
  const Bytes extensions = der::element(der::context(2), {der::element(der::kSequence, {extension})});
  return der::element(der::kSequence, {der::element(der::kSequence, {list, extensions})});
}

struct RevocationClient::State {
  State(base::HttpExchange& through, const base::Clock& by, RevocationBounds within)
      : http(through), clock(by), bounds(within) {}

  base::HttpExchange& http;
  const base::Clock& clock;
  RevocationBounds bounds;
  std::vector<Bytes> offered_lists, offered_responses;
  std::map<std::string, Bytes> lists;                 // by address
  std::map<base::Sha256, FetchedRevocation> answers;  // by certificate

  Result<Bytes> get(const base::HttpRequest& request, std::size_t max_bytes) {
    SEGELL_TRY(auto answer, base::fetch(http, request, {.deadline = bounds.deadline, .max_response_bytes = max_bytes}));
    if (answer.head.status != 200)
      return fail(Code::unavailable, "revocation.unreachable",
                  "it answered with status " + std::to_string(answer.head.status));
    return std::move(answer.body);
  }

  // What an answer is worth, judged as a verifier will.
  Result<void> judge(const RevocationDataPtr& data, const base::Certificate& certificate,
                     const base::Certificate& issuer, std::span<const base::Certificate> others) const {
    const AtHand authorities(others);
    const std::vector<Evidence> evidence{{.data = data}};
    const RevocationStatus status =
        check_revocation(certificate, issuer, evidence,
                         {.now = clock.now(),
                          .proven = std::nullopt,
                          .suite = AlgorithmSuite::standard(),
                          .authorities = authorities,
                          .existed = [](const Evidence&) { return std::optional<base::Instant>(); }});
    if (status.state == RevocationStatus::State::good) return base::ok();
    if (status.state == RevocationStatus::State::revoked)
      return fail(Code::conflict, "revocation.revoked",
                  "it was revoked at " + base::format_rfc3339(*status.revoked_at) + " (" + status.reason + ")");
    return fail(Code::untrusted, "revocation.not-believed", "the answer cannot be used: " + status.reason);
  }

  Result<FetchedRevocation> ask_ocsp(const std::string& address, const base::Certificate& certificate,
                                     const base::Certificate& issuer, std::span<const base::Certificate> others) {
    const Bytes nonce = base::random_bytes(kNonceSize);
    SEGELL_TRY(const Bytes body,
               get({.method = "POST",
                    .url = address,
                    .headers = {{"Content-Type", "application/ocsp-request"}, {"Accept", "application/ocsp-response"}},
                    .body = write_ocsp_request(certificate, issuer, nonce)},
                   bounds.max_ocsp_bytes));
    const auto basic = basic_ocsp_of(body);
    if (!basic)
      return fail(Code::untrusted, "revocation.not-believed", "the responder refused, or its answer cannot be read");
    SEGELL_TRY(const OcspFacts facts, read_ocsp_facts(*basic));
    // many responders give answers made beforehand, without a nonce; another one is the answer to another question
    if (!facts.nonce.empty() && facts.nonce != nonce)
      return fail(Code::untrusted, "revocation.not-believed", "the answer carries the nonce of another question");
    SEGELL_CHECK(judge(facts.data, certificate, issuer, others));
    return keep(body, facts.data, certificate, issuer, others);
  }

  Result<FetchedRevocation> ask_list(const std::string& address, const base::Certificate& certificate,
                                     const base::Certificate& issuer, std::span<const base::Certificate> others) {
    auto known = lists.find(address);
    if (known == lists.end()) {
      SEGELL_TRY(Bytes body, get({.method = "GET", .url = address}, bounds.max_crl_bytes));
      known = lists.emplace(address, std::move(body)).first;
    }
    SEGELL_TRY(const RevocationDataPtr list, read_crl(known->second));
    SEGELL_CHECK(judge(list, certificate, issuer, others));
    return FetchedRevocation{
        .ocsp_response = {}, .crl = known->second, .responder = {}, .responder_needs_answer = false};
  }

  // The facts of an answer that was judged good.
  FetchedRevocation keep(Bytes response, const RevocationDataPtr& data, const base::Certificate& certificate,
                         const base::Certificate& issuer, std::span<const base::Certificate> others) const {
    const AtHand authorities(others);
    const auto signer = data->ask(certificate, issuer, authorities).signer;
    FetchedRevocation out{
        .ocsp_response = std::move(response), .crl = {}, .responder = {}, .responder_needs_answer = false};
    if (signer && !(*signer == issuer)) {
      out.responder = signer;
      out.responder_needs_answer = !has_ocsp_no_check(*signer);
    }
    return out;
  }

  std::optional<FetchedRevocation> look_at_hand(const base::Certificate& certificate, const base::Certificate& issuer,
                                                std::span<const base::Certificate> others) const {
    for (const Bytes& response : offered_responses) {
      const auto basic = basic_ocsp_of(response);
      const auto data = basic ? read_ocsp(*basic) : base::Result<RevocationDataPtr>(RevocationDataPtr());
      if (data && *data && judge(*data, certificate, issuer, others))
        return keep(response, *data, certificate, issuer, others);
    }
    for (const Bytes& list : offered_lists) {
      const auto data = read_crl(list);
      if (data && judge(*data, certificate, issuer, others))
        return FetchedRevocation{.ocsp_response = {}, .crl = list, .responder = {}, .responder_needs_answer = false};
    }
    return std::nullopt;
  }

  Result<FetchedRevocation> ask_all(const base::Certificate& certificate, const base::Certificate& issuer,
                                    std::span<const base::Certificate> others) {
    if (auto offered = look_at_hand(certificate, issuer, others)) return *std::move(offered);
    const StatusAddresses addresses = status_addresses(certificate);
    std::string tried;
    std::optional<base::Error> last;
    std::size_t count = 0;
    const auto ask = [&](const std::string& address, auto&& question) -> std::optional<FetchedRevocation> {
      if (!is_web_address(address) || count >= kMaxAddresses) return std::nullopt;
      ++count;
      auto answer = question();
      if (answer) return *std::move(answer);
      tried += (tried.empty() ? "" : "; ") + address + ": " + answer.error().message;
      if (!last || last->reason != "revocation.revoked") last = answer.error();
      return std::nullopt;
    };
    for (const std::string& address : addresses.ocsp)
      if (auto found = ask(address, [&] { return ask_ocsp(address, certificate, issuer, others); })) return *found;
    // what one source knows to be revoked no other one makes good
    if (!last || last->reason != "revocation.revoked") {
      for (const std::string& address : addresses.crls)
        if (auto found = ask(address, [&] { return ask_list(address, certificate, issuer, others); })) return *found;
    }
    if (!last)
      return fail(Code::not_found, "revocation.no-address",
                  who(certificate) + " does not say where its revocation status is to be had",
                  "its issuer has to put an OCSP address or a CRL address into it; or give a CRL with --trust");
    const bool known_reason = last->reason == "revocation.revoked" || last->reason == "revocation.not-believed";
    return fail(known_reason ? last->code : Code::unavailable,
                known_reason ? std::string_view(last->reason) : "revocation.unreachable",
                "the revocation status of " + who(certificate) + " cannot be had: " + tried, last->hint);
  }
};

RevocationClient::RevocationClient(base::HttpExchange& http, const base::Clock& clock, RevocationBounds bounds)
    : m_state(std::make_unique<State>(http, clock, bounds)) {}
RevocationClient::~RevocationClient() = default;

void RevocationClient::offer(const TrustMaterial& material) {
  m_state->offered_lists = material.crls;
  m_state->offered_responses = material.ocsp_responses;
}

Result<FetchedRevocation> RevocationClient::fetch(const base::Certificate& certificate, const base::Certificate& issuer,
                                                  std::span<const base::Certificate> others) {
  const auto known = m_state->answers.find(certificate.fingerprint());
  if (known != m_state->answers.end()) return known->second;
  SEGELL_TRY(FetchedRevocation answer, m_state->ask_all(certificate, issuer, others));
  m_state->answers.emplace(certificate.fingerprint(), answer);
  return answer;
}

}  // namespace segell::signer::ades
