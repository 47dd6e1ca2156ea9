#include "seal_layout.h"

#include "base/encoding.h"
#include "base/fields.h"
#include "base/remote_key.h"

namespace segell::app {

namespace ades = signer::ades;
namespace pdf = signer::pdf;

namespace {

constexpr std::string_view kPss = "pss";

base::Failure damaged_layout(std::string_view why) {
  return base::fail(base::Code::corrupt, "app.record", "a seal's layout cannot be read: " + std::string(why));
}

}  // namespace

base::Json to_json(const SealLayout& layout) {
  base::Json certificates = base::Json::array({base::to_base64(layout.identity.certificate.der())});
  for (const base::Certificate& issuer : layout.identity.chain) certificates.push(base::to_base64(issuer.der()));
  return base::Json::object({{"certificates", std::move(certificates)},
                             {"padding", layout.padding == base::RsaPadding::pss ? kPss : "pkcs1"},
                             {"field", layout.field},
                             {"reason", layout.reason},
                             {"time", base::format_rfc3339(layout.time)},
                             {"timestampRoom", std::uint64_t{layout.timestamp_room}},
                             {"toBeSigned", base::to_base64(layout.to_be_signed)}});
}

base::Result<SealLayout> seal_layout_from_json(const base::Json& json) {
  std::vector<std::string> texts;
  std::string padding, field, reason, time;
  std::uint64_t room = 0;
  base::Bytes to_be_signed;
  base::Fields fields(json);
  fields.required("certificates", texts);
  fields.required("padding", padding);
  fields.required("field", field);
  fields.required("reason", reason);
  fields.required("time", time);
  fields.required("timestampRoom", room);
  fields.required_base64("toBeSigned", to_be_signed);
  if (const auto done = fields.finish(); !done) return damaged_layout(done.error().message);
  std::vector<base::Certificate> certificates;
  for (const std::string& text : texts) {
    SEGELL_TRY(const base::Bytes der, base::from_base64(text));
    SEGELL_TRY(base::Certificate certificate, base::Certificate::parse_der(der));
    certificates.push_back(std::move(certificate));
  }
  if (certificates.empty()) return damaged_layout("it names no certificate");
  SEGELL_TRY(const base::Instant instant, base::parse_rfc3339(time));
  const auto kind = padding == kPss ? base::RsaPadding::pss : base::RsaPadding::pkcs1;
  SEGELL_TRY(auto identity,
             base::make_remote_identity(certificates.front(), {certificates.begin() + 1, certificates.end()}, kind));
  return SealLayout{std::move(identity),    kind,    std::move(field),
                    std::move(reason),      instant, static_cast<std::size_t>(room),
                    std::move(to_be_signed)};
}

base::Result<ades::PreparedSeal> lay_out_seal(base::BytesView document, const SealLayout& layout) {
  SEGELL_TRY(const auto opened, pdf::Document::open_strict(pdf::borrow_source(document)));
  ades::SealRequest request;
  SEGELL_TRY(request.place, pdf::place_named(opened, layout.field));
  request.reason = layout.reason;
  request.claimed_time = layout.time;
  request.timestamp_room = layout.timestamp_room;
  SEGELL_TRY(const auto sealer, ades::Sealer::make(layout.identity));
  return sealer.prepare(opened, request);
}

}  // namespace segell::app
