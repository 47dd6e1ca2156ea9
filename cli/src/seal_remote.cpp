#include "seal_remote.h"

#include "inputs.h"
#include "output_file.h"
#include "seal_pdf.h"
#include "seal_state.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/remote_key.h"
#include "signer/ades/asic.h"

#include <algorithm>
#include <ostream>
#include <variant>

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kMaxState = 4U << 20U;
constexpr std::size_t kMaxSignatureFile = 64U << 10U;

using Staged = std::variant<ades::PreparedSeal, ades::PreparedCades, ades::PreparedContainer>;

/// The same options and files give the same octets to be signed.
Result<Staged> lay_out(const SealOptions& options, SealFormat format, const base::SealIdentity& identity,
                       base::Instant time) {
  if (format == SealFormat::pades) {
    SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
    SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source));
    SEGELL_TRY(ades::SealRequest request, pdf_request(options, document, time));
    request.timestamp_room = options.level == "B-T" ? ades::kTokenRoomOfTwoSteps : 0;
    SEGELL_TRY(const ades::Sealer sealer, ades::Sealer::make(identity));
    SEGELL_TRY(ades::PreparedSeal prepared, sealer.prepare(document, request));
    return Staged(std::move(prepared));
  }
  if (format == SealFormat::cades_detached || format == SealFormat::cades_enveloping) {
    SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
    SEGELL_TRY(const ades::CadesSealer sealer, ades::CadesSealer::make(identity));
    SEGELL_TRY(ades::PreparedCades prepared, sealer.prepare(*source, content_place(format), time));
    return Staged(std::move(prepared));
  }
  SEGELL_TRY(auto files, container_files(options));
  SEGELL_TRY(const ades::ContainerSealer sealer, ades::ContainerSealer::make(identity));
  SEGELL_TRY(ades::PreparedContainer prepared, sealer.prepare(container_kind(format), std::move(files), time));
  return Staged(std::move(prepared));
}

base::BytesView to_be_signed(const Staged& staged) {
  return std::visit([](const auto& one) { return one.to_be_signed(); }, staged);
}

Result<std::optional<ades::TimestampToken>> fetch(const OpenAuthority& authority, const base::Sha256& digest) {
  if (!authority.client) return std::optional<ades::TimestampToken>();
  SEGELL_TRY(ades::TimestampToken token, authority.client->fetch(base::HashAlgorithm::sha256, digest));
  return std::optional(std::move(token));
}

Result<std::optional<ades::TimestampToken>> finish_pdf(const SealOptions& options, ades::PreparedSeal prepared,
                                                       base::BytesView signature, const OpenAuthority& authority) {
  SEGELL_TRY(ades::SignedSeal seal, std::move(prepared).complete(signature));
  SEGELL_TRY(auto token, fetch(authority, seal.timestamp_digest()));
  auto finished = token ? std::move(seal).finish(*token) : std::move(seal).finish();
  SEGELL_TRY(const ades::SealedRevision revision, std::move(finished));
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_CHECK(write_sealed_pdf(options, *source, std::span(&revision.bytes, 1)));
  return token;
}

Result<std::optional<ades::TimestampToken>> finish_cades(const SealOptions& options, ades::PreparedCades prepared,
                                                         base::BytesView signature, const OpenAuthority& authority) {
  SEGELL_TRY(const ades::SignedCades cades, std::move(prepared).complete(signature));
  SEGELL_TRY(auto token, fetch(authority, cades.timestamp_digest()));
  ades::SealedCades sealed = cades.finish();
  if (token) {
    SEGELL_TRY(sealed, cades.finish(*token));
  }
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  SEGELL_CHECK(file.write(sealed.der));
  SEGELL_CHECK(file.commit());
  return token;
}

Result<std::optional<ades::TimestampToken>> finish_container(const SealOptions& options,
                                                             ades::PreparedContainer prepared,
                                                             base::BytesView signature,
                                                             const OpenAuthority& authority) {
  SEGELL_TRY(const ades::SignedContainer container, std::move(prepared).complete(signature));
  SEGELL_TRY(auto token, fetch(authority, container.timestamp_digest()));
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  SEGELL_CHECK(container.write(token ? &*token : nullptr, [&](base::BytesView piece) { return file.write(piece); }));
  SEGELL_CHECK(file.commit());
  return token;
}

Result<PreparedState> load_state(const SealOptions& options) {
  SEGELL_TRY(const base::Bytes octets, base::load_file(options.complete, kMaxState));
  auto state = parse_prepared_state(base::as_text(octets));
  if (state) return state;
  base::Error error = state.error();
  error.message = options.complete + ": " + error.message;
  return fail(std::move(error));
}

// Binary, or Base64 as services answer it.
Result<base::Bytes> load_signature(const std::string& path) {
  SEGELL_TRY(base::Bytes octets, base::load_file(path, kMaxSignatureFile));
  std::string text;
  for (const char c : base::as_text(octets))
    if (c != '\n' && c != '\r' && c != ' ') text += c;
  auto decoded = base::from_base64(text);
  if (decoded && !decoded->empty()) return decoded;
  return octets;
}

}  // namespace

Result<void> prepare_seal(const SealOptions& options, const Context& context, SealFormat format) {
  SEGELL_TRY(const base::SealIdentity identity, load_remote_identity(options));
  const base::Instant now = std::chrono::floor<std::chrono::seconds>(context.clock.now());
  SEGELL_CHECK(ades::check_seal_certificate(identity.certificate, now));
  SEGELL_TRY(const Staged staged, lay_out(options, format, identity, now));
  PreparedState state{.format = std::string(name_of_format(format)),
                      .level = options.level,
                      .field = options.field,
                      .reason = options.reason,
                      .algorithm = std::string(base::words_of_scheme(identity.key->scheme())),
                      .time = now,
                      .certificates = {identity.certificate},
                      .to_be_signed = base::to_bytes(to_be_signed(staged))};
  state.certificates.insert(state.certificates.end(), identity.chain.begin(), identity.chain.end());
  SEGELL_TRY(OutputFile file, OutputFile::create(options.prepare));
  SEGELL_CHECK(file.write(base::as_bytes(write_prepared_state(state, identity.key->scheme()))));
  SEGELL_CHECK(file.commit());
  const base::RemoteDigest digest = base::digest_for_remote(identity.key->scheme(), state.to_be_signed);
  context.out << options.prepare << ": prepared for " << base::words_of_scheme(identity.key->scheme()) << '\n';
  if (digest.value.empty())
    context.out << "to be signed: " << base::to_base64(state.to_be_signed) << '\n';
  else
    context.out << "to be signed: " << digest.algorithm << ' ' << base::to_hex(digest.value) << '\n';
  return base::ok();
}

Result<void> complete_seal(const SealOptions& given, const Context& context) {
  SEGELL_TRY(PreparedState state, load_state(given));
  SealOptions options = given;
  options.format = state.format;
  options.level = state.level;
  options.field = state.field;
  options.reason = state.reason;
  SEGELL_TRY(const SealFormat format, choose_format(options));
  if (options.level == "B-T" && options.tsa.empty())
    return fail(Code::invalid_argument, "cli.usage", "what was prepared for level B-T needs a timestamp authority",
                "give its address with --tsa URL");
  const bool pss = state.algorithm == base::words_of_scheme(base::SignatureScheme::rsa_pss_sha256);
  const auto padding = pss ? base::RsaPadding::pss : base::RsaPadding::pkcs1;
  std::vector<base::Certificate> chain(state.certificates.begin() + 1, state.certificates.end());
  SEGELL_TRY(const base::SealIdentity identity,
             base::make_remote_identity(state.certificates.front(), std::move(chain), padding));
  SEGELL_TRY(Staged staged, lay_out(options, format, identity, state.time));
  if (!std::ranges::equal(to_be_signed(staged), state.to_be_signed))
    return fail(Code::stale, "seal.prepared-changed", "the file is not the one that was prepared, or it changed since",
                "prepare again, and have the new digest signed");
  SEGELL_TRY(const base::Bytes received, load_signature(options.signature));
  SEGELL_TRY(const base::Bytes signature, base::accept_remote_signature(identity, state.to_be_signed, received));
  const auto demand = options.level == "B-T" ? ades::TimeDemand::required : ades::TimeDemand::none;
  SEGELL_TRY(const OpenAuthority authority, open_authority(options, context, demand));
  auto finished = [&]() -> Result<std::optional<ades::TimestampToken>> {
    if (auto* seal = std::get_if<ades::PreparedSeal>(&staged))
      return finish_pdf(options, std::move(*seal), signature, authority);
    if (auto* cades = std::get_if<ades::PreparedCades>(&staged))
      return finish_cades(options, std::move(*cades), signature, authority);
    return finish_container(options, std::get<ades::PreparedContainer>(std::move(staged)), signature, authority);
  }();
  SEGELL_TRY(const auto timestamp, std::move(finished));
  context.out << options.output << ": sealed as " << words_of_format(format) << ", " << words_of_time(timestamp)
              << '\n';
  return base::ok();
}

}  // namespace segell::cli
