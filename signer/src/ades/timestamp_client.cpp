#include "signer/ades/timestamp_client.h"

#include "ades/borrowed_certificates.h"
#include "ades/der.h"

#include "base/openssl_ptr.h"
#include "base/random.h"

#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {
base::Failure untrusted(std::string_view reason, std::string message, std::string hint = {}) {
  return fail(Code::untrusted, reason, std::move(message), std::move(hint));
}

// PKIFailureInfo (RFC 3161 2.4.2): the named bits.
std::string_view failure_name(const ASN1_BIT_STRING* info) {
  static constexpr std::pair<int, std::string_view> kNames[] = {{0, "badAlg"},
                                                                {2, "badRequest"},
                                                                {5, "badDataFormat"},
                                                                {14, "timeNotAvailable"},
                                                                {15, "unacceptedPolicy"},
                                                                {16, "unacceptedExtension"},
                                                                {17, "addInfoNotAvailable"},
                                                                {25, "systemFailure"}};
  for (const auto& [bit, name] : kNames)
    if (info && ASN1_BIT_STRING_get_bit(info, bit)) return name;
  return "no reason";
}

// The authority's own words, made safe to show: printable ASCII, at most 200 characters.
std::string status_words(const TS_STATUS_INFO* status) {
  std::string out(failure_name(TS_STATUS_INFO_get0_failure_info(status)));
  const auto* texts = TS_STATUS_INFO_get0_text(status);
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
    const ASN1_UTF8STRING* text = sk_ASN1_UTF8STRING_value(texts, i);
    out += i ? " " : ": ";
    out.append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
               static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  for (char& c : out)
    if (c < 0x20 || c > 0x7E) c = '?';
  if (out.size() > 200) out.resize(200);
  return out;
}

struct Response {
  bool granted = false;
  std::string words;
  Bytes token;
};

Result<Response> read_response(BytesView der) {
  base::clear_openssl_errors();
  const auto malformed = [](std::string_view what) {
    base::clear_openssl_errors();
    return fail(Code::malformed, "tsa.malformed",
                "the timestamp authority's answer is malformed: " + std::string(what));
  };
  const unsigned char* at = base::as_u8(der);
  const base::TsResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (!response) return malformed("no TimeStampResp");
  if (at != base::as_u8(der) + der.size()) return malformed("octets follow it");
  Response out;
  const TS_STATUS_INFO* status = TS_RESP_get_status_info(response.get());
  std::int64_t code = -1;
  if (ASN1_INTEGER_get_int64(&code, TS_STATUS_INFO_get0_status(status)) != 1) return malformed("its status");
  out.granted = code == TS_STATUS_GRANTED || code == TS_STATUS_GRANTED_WITH_MODS;
  out.words = status_words(status);
  if (!out.granted) return out;
  PKCS7* token = TS_RESP_get_token(response.get());
  if (!token) return malformed("granted, but no token in it");
  // The token is what stands behind the status: its own octets are kept, not a re-encoding.
  SEGELL_TRY(const BytesView octets, der::behind_first(der));
  out.token = base::to_bytes(octets);
  return out;
}

Result<void> check_chain(const base::Certificate& signer, const TimestampToken& token,
                         const TimestampAuthority& authority) {
  const base::X509StorePtr store(X509_STORE_new());
  const base::X509StoreCtxPtr context(X509_STORE_CTX_new());
  const BorrowedCertificates others(sk_X509_new_null());
  base::require_openssl(store && context && others, "a certificate store");
  for (const auto& anchor : authority.anchors)
    base::require_openssl(X509_STORE_add_cert(store.get(), anchor.native()) == 1, "an anchor");
  for (const auto* certificates : {&token.certificates(), &authority.intermediates})
    for (const auto& certificate : *certificates)
      base::require_openssl(sk_X509_push(others.get(), certificate.native()) > 0, "an intermediate");
  base::require_openssl(X509_STORE_CTX_init(context.get(), store.get(), signer.native(), others.get()) == 1,
                        "a path validation");
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(parameters, std::chrono::system_clock::to_time_t(
                                             std::chrono::time_point_cast<std::chrono::seconds>(token.time())));
  // An anchor may be an intermediate authority: trusting it is what the caller said.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_depth(parameters, 8);
  if (X509_verify_cert(context.get()) == 1) return base::ok();
  const std::string why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
  base::clear_openssl_errors();
  return untrusted("tsa.untrusted", "the timestamp authority's certificate leads to no anchor: " + why,
                   "add the authority's root certificate to the anchors for timestamps");
}

Result<void> check_answer(const TimestampToken& token, const TimestampQuestion& question,
                          const TimestampAuthority& authority, base::Instant now, std::chrono::seconds tolerance) {
  if (token.imprint_algorithm() != question.algorithm ||
      base::as_text(token.imprint()) != base::as_text(question.imprint))
    return untrusted("tsa.wrong-imprint", "the timestamp is over something else than what was asked");
  if (base::as_text(token.nonce()) != base::as_text(question.nonce))
    return untrusted("tsa.wrong-nonce",
                     "the timestamp does not carry the nonce of this question: it may be an old one");
  if (!question.policy.empty() && token.policy() != question.policy)
    return untrusted("tsa.wrong-policy", "the timestamp was made under policy " + token.policy());
  const TimestampSignature signature = check_timestamp_signature(token, authority.intermediates);
  if (!signature.holds()) return untrusted("tsa.forged", "the timestamp token does not hold: " + signature.detail);
  SEGELL_CHECK(check_chain(*signature.signer, token, authority));
  const auto distance = token.time() > now ? token.time() - now : now - token.time();
  if (distance > tolerance)
    return untrusted(
        "tsa.wrong-time",
        "the timestamp says " + base::format_rfc3339(token.time()) + ", this clock says " + base::format_rfc3339(now),
        "check this machine's clock first");
  return base::ok();
}
}  // namespace

TimestampQuestion make_timestamp_question(base::HashAlgorithm algorithm, BytesView digest, std::string policy) {
  TimestampQuestion question{algorithm, base::to_bytes(digest), base::random_bytes(16), std::move(policy)};
  // One spelling: positive, without a leading zero octet.
  question.nonce.front() = (question.nonce.front() & std::byte{0x3F}) | std::byte{0x40};
  return question;
}

Result<Bytes> write_timestamp_request(const TimestampQuestion& question) {
  Bytes policy;
  if (!question.policy.empty()) {
    policy = der::oid_from_dotted(question.policy);
    if (policy.empty())
      return fail(Code::invalid_argument, "tsa.policy", "\"" + question.policy + "\" is no object identifier");
  }
  const Bytes algorithm = der::element(der::kSequence, {der::oid(der::oid_of(question.algorithm))});
  const Bytes imprint = der::element(der::kSequence, {algorithm, der::element(der::kOctetString, {question.imprint})});
  const Bytes nonce = der::unsigned_integer(question.nonce);
  const Bytes want_certificates = der::element(der::kBoolean, {base::as_bytes("\xFF")});
  const Bytes version = der::unsigned_integer(base::as_bytes("\x01"));
  return der::element(der::kSequence, {version, imprint, policy, nonce, want_certificates});
}

Result<TimestampToken> accept_timestamp_response(BytesView response, const TimestampQuestion& question,
                                                 const TimestampAuthority& authority, base::Instant now,
                                                 std::chrono::seconds clock_tolerance) {
  SEGELL_TRY(const Response read, read_response(response));
  if (!read.granted) return untrusted("tsa.rejected", "the timestamp authority refused: " + read.words);
  auto token = TimestampToken::parse(read.token);
  if (!token) return fail(Code::malformed, "tsa.malformed", token.error().message);
  SEGELL_CHECK(check_answer(*token, question, authority, now, clock_tolerance));
  return token;
}

TimestampClient::TimestampClient(base::HttpExchange& http, const base::Clock& clock, TimestampAuthority authority,
                                 TimestampBounds bounds)
    : m_http(http), m_clock(clock), m_authority(std::move(authority)), m_bounds(bounds) {}

Result<TimestampToken> TimestampClient::fetch(base::HashAlgorithm algorithm, BytesView digest) const {
  auto token = fetch_from(m_authority.url, algorithm, digest);
  for (const std::string& url : m_authority.fallbacks) {
    if (token) break;
    token = fetch_from(url, algorithm, digest);
  }
  return token;
}

Result<TimestampToken> TimestampClient::fetch_from(const std::string& url, base::HashAlgorithm algorithm,
                                                   BytesView digest) const {
  const TimestampQuestion question = make_timestamp_question(algorithm, digest, m_authority.policy);
  base::HttpRequest request{
      .method = "POST",
      .url = url,
      .headers = {{"Content-Type", "application/timestamp-query"}, {"Accept", "application/timestamp-reply"}},
      .body = {}};
  SEGELL_TRY(request.body, write_timestamp_request(question));
  const auto answer =
      base::fetch(m_http, request, {.deadline = m_bounds.deadline, .max_response_bytes = m_bounds.max_response_bytes});
  if (!answer) {
    const base::Error& error = answer.error();
    if (error.code == Code::timed_out)
      return fail(Code::timed_out, "tsa.timeout", "the timestamp authority did not answer in time");
    if (error.code == Code::limit_exceeded)
      return fail(Code::limit_exceeded, "tsa.too-large", "the timestamp authority's answer is too large");
    return fail(Code::unavailable, "tsa.unreachable", "the timestamp authority cannot be reached: " + error.message,
                error.hint);
  }
  if (answer->head.status != 200)
    return fail(Code::unavailable, "tsa.unreachable",
                "the timestamp authority answered with status " + std::to_string(answer->head.status));
  return accept_timestamp_response(answer->body, question, m_authority, m_clock.now(), m_bounds.clock_tolerance);
}

}  // namespace segell::signer::ades
