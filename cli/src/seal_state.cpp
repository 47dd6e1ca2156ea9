#include "seal_state.h"

#include "base/encoding.h"
#include "base/fields.h"
#include "base/json.h"

namespace segell::cli {

using base::Code;
using base::fail;
using base::Result;

namespace {
constexpr std::string_view kStateSchema = "segell.prepared/1";
}  // namespace

std::string_view words_of_scheme(base::SignatureScheme scheme) {
  switch (scheme) {
    case base::SignatureScheme::rsa_pkcs1_sha256:
      return "RSA, PKCS#1 v1.5";
    case base::SignatureScheme::rsa_pss_sha256:
      return "RSA-PSS, MGF1 with SHA-256, salt of 32 octets";
    case base::SignatureScheme::ecdsa_p256_sha256:
      return "ECDSA on P-256";
    case base::SignatureScheme::ecdsa_p384_sha384:
      return "ECDSA on P-384";
    case base::SignatureScheme::ecdsa_p521_sha512:
      return "ECDSA on P-521";
    case base::SignatureScheme::ed25519:
      return "Ed25519";
  }
  return "";
}

std::pair<std::string_view, base::Bytes> digest_for(base::SignatureScheme scheme, base::BytesView to_be_signed) {
  if (scheme == base::SignatureScheme::ed25519) return {"none", {}};  // it signs the octets themselves
  const base::HashAlgorithm algorithm = base::content_hash_of(scheme);
  const std::string_view name = algorithm == base::HashAlgorithm::sha256   ? "SHA-256"
                                : algorithm == base::HashAlgorithm::sha384 ? "SHA-384"
                                                                           : "SHA-512";
  return {name, base::hash(algorithm, to_be_signed)};
}

std::string write_prepared_state(const PreparedState& state, base::SignatureScheme scheme) {
  base::Json certificates = base::Json::array();
  for (const base::Certificate& certificate : state.certificates) certificates.push(base::to_base64(certificate.der()));
  const auto [name, digest] = digest_for(scheme, state.to_be_signed);
  return base::write_json(base::Json::object({{"schema", kStateSchema},
                                              {"format", state.format},
                                              {"level", state.level},
                                              {"field", state.field},
                                              {"reason", state.reason},
                                              {"time", base::format_rfc3339(state.time)},
                                              {"certificates", std::move(certificates)},
                                              {"algorithm", state.algorithm},
                                              {"toBeSigned", base::to_base64(state.to_be_signed)},
                                              {"digestAlgorithm", name},
                                              {"digest", base::to_hex(digest)}})) +
         "\n";
}

Result<PreparedState> parse_prepared_state(std::string_view json) {
  const auto bad = [](std::string_view why) {
    return fail(Code::malformed, "seal.state", "this is not what --prepare wrote: " + std::string(why),
                "prepare again");
  };
  const auto parsed = base::parse_json(json);
  if (!parsed) return bad(parsed.error().message);
  PreparedState out;
  std::string schema, time, digest_algorithm, digest;
  std::vector<std::string> certificates;
  base::Fields fields(*parsed);
  fields.required("schema", schema);
  fields.required("format", out.format);
  fields.required("level", out.level);
  fields.required("field", out.field);
  fields.required("reason", out.reason);
  fields.required("time", time);
  fields.required("certificates", certificates);
  fields.required("algorithm", out.algorithm);
  fields.required_base64("toBeSigned", out.to_be_signed);
  fields.required("digestAlgorithm", digest_algorithm);
  fields.required("digest", digest);
  if (const auto done = fields.finish(); !done) return bad(done.error().message);
  if (schema != kStateSchema) return bad("its schema is another one");
  const auto instant = base::parse_rfc3339(time);
  if (!instant) return bad(instant.error().message);
  out.time = *instant;
  for (const std::string& text : certificates) {
    const auto der = base::from_base64(text);
    auto certificate = der ? base::Certificate::parse_der(*der) : base::Result<base::Certificate>(bad("a certificate"));
    if (!certificate) return bad("a certificate cannot be read");
    out.certificates.push_back(*std::move(certificate));
  }
  if (out.certificates.empty()) return bad("it names no certificate");
  return out;
}

}  // namespace segell::cli
