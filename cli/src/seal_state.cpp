#include "seal_state.h"

#include "base/encoding.h"
#include "base/fields.h"
#include "base/json.h"
#include "base/remote_key.h"

namespace segell::cli {

using base::Code;
using base::fail;
using base::Result;

namespace {
constexpr std::string_view kStateSchema = "segell.prepared/1";
}  // namespace

std::string write_prepared_state(const PreparedState& state, base::SignatureScheme scheme) {
  base::Json certificates = base::Json::array();
  for (const base::Certificate& certificate : state.certificates) certificates.push(base::to_base64(certificate.der()));
  const base::RemoteDigest digest = base::digest_for_remote(scheme, state.to_be_signed);
  return base::write_json(base::Json::object({{"schema", kStateSchema},
                                              {"format", state.format},
                                              {"level", state.level},
                                              {"field", state.field},
                                              {"reason", state.reason},
                                              {"time", base::format_rfc3339(state.time)},
                                              {"certificates", std::move(certificates)},
                                              {"algorithm", state.algorithm},
                                              {"toBeSigned", base::to_base64(state.to_be_signed)},
                                              {"digestAlgorithm", digest.algorithm},
                                              {"digest", base::to_hex(digest.value)}})) +
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
