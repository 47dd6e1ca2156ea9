#include "seal_format.h"

#include "inputs.h"
#include "output_file.h"
#include "seal_extend.h"

#include "signer/ades/asic.h"
#include "signer/ades/cades.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

namespace segell::cli {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Code;
using base::fail;
using base::Result;

namespace {

struct NamedFormat {
  std::string_view name;
  SealFormat format;
};
constexpr std::array kFormats = {NamedFormat{"pades", SealFormat::pades},
                                 NamedFormat{"cades", SealFormat::cades_detached},
                                 NamedFormat{"cades-enveloping", SealFormat::cades_enveloping},
                                 NamedFormat{"asic-s", SealFormat::asic_s}, NamedFormat{"asic-e", SealFormat::asic_e}};
// Endings of EN 319 122-1 and EN 319 162-1 (A.1).
constexpr std::array kEndings = {NamedFormat{".pdf", SealFormat::pades},
                                 NamedFormat{".p7s", SealFormat::cades_detached},
                                 NamedFormat{".p7m", SealFormat::cades_enveloping},
                                 NamedFormat{".asics", SealFormat::asic_s},
                                 NamedFormat{".scs", SealFormat::asic_s},
                                 NamedFormat{".asice", SealFormat::asic_e},
                                 NamedFormat{".sce", SealFormat::asic_e}};

Result<SealFormat> asked_format(const SealOptions& options) {
  if (!options.format.empty()) {
    const auto named = std::ranges::find(kFormats, options.format, &NamedFormat::name);
    if (named == kFormats.end())
      return fail(Code::invalid_argument, "cli.usage",
                  "--format is one of pades, cades, cades-enveloping, asic-s, asic-e");
    return named->format;
  }
  const std::string ending = std::filesystem::path(options.output).extension().string();
  const auto named = std::ranges::find(kEndings, ending, &NamedFormat::name);
  if (named != kEndings.end()) return named->format;
  SEGELL_TRY(const SignedKind given, kind_of_file(options.inputs.front()));
  return given == SignedKind::pdf && options.inputs.size() == 1 ? SealFormat::pades : SealFormat::asic_e;
}

ades::TimeDemand demand_of(ades::Level level) {
  return level == ades::Level::b_b ? ades::TimeDemand::none : ades::TimeDemand::required;
}

Result<std::optional<ades::TimestampToken>> seal_cades(const SealOptions& options, const Context& context,
                                                       base::SealIdentity identity, SealFormat format,
                                                       ades::Level level) {
  const ades::TimeDemand demand = demand_of(level);
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const OpenAuthority authority, open_authority(options, context, demand));
  SEGELL_TRY(const ades::CadesSealer sealer, ades::CadesSealer::make(std::move(identity)));
  SEGELL_TRY(ades::SealedCades sealed,
             sealer.seal(*source, content_place(format), context.clock.now(), demand, authority.client.get()));
  if (level >= ades::Level::b_lt) {
    const pdf::SourcePtr content = format == SealFormat::cades_enveloping ? nullptr : source;
    SEGELL_TRY(ades::ExtendedCades made,
               extend_signature(options, context, pdf::borrow_source(sealed.der), content, level));
    sealed.der = std::move(made.der);
  }
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  SEGELL_CHECK(file.write(sealed.der));
  SEGELL_CHECK(file.commit());
  return std::move(sealed.timestamp);
}

Result<std::optional<ades::TimestampToken>> seal_container(const SealOptions& options, const Context& context,
                                                           base::SealIdentity identity, SealFormat format,
                                                           ades::Level level) {
  const ades::TimeDemand demand = demand_of(level);
  SEGELL_TRY(auto files, container_files(options));
  SEGELL_TRY(const OpenAuthority authority, open_authority(options, context, demand));
  SEGELL_TRY(const ades::ContainerSealer sealer, ades::ContainerSealer::make(std::move(identity)));
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  base::Bytes kept;  // where it is extended before it is written
  const bool extends = level >= ades::Level::b_lt;
  SEGELL_TRY(ades::SealedContainer sealed,
             sealer.seal(container_kind(format), std::move(files), context.clock.now(), demand, authority.client.get(),
                         [&](base::BytesView piece) -> Result<void> {
                           if (!extends) return file.write(piece);
                           base::append(kept, piece);
                           return base::ok();
                         }));
  if (extends) {
    SEGELL_TRY(const ades::ExtendedContainer made,
               extend_archive(options, context, pdf::own_source(std::move(kept)), level));
    SEGELL_CHECK(file.write(made.octets));
  }
  SEGELL_CHECK(file.commit());
  return std::move(sealed.timestamp);
}

}  // namespace

Result<SignedKind> kind_of_file(const std::string& path) {
  constexpr std::size_t kHead = 1'024;
  SEGELL_TRY(const pdf::SourcePtr source, open_document(path));
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(source->size(), kHead));
  SEGELL_TRY(const base::Bytes head, pdf::read_range(*source, {0, length}, kHead));
  const std::string_view text = base::as_text(head);
  if (text.find("%PDF-") != std::string_view::npos) return SignedKind::pdf;
  return text.starts_with("PK\x03\x04") ? SignedKind::container : SignedKind::signature;
}

std::string_view name_of_format(SealFormat format) {
  return std::ranges::find(kFormats, format, &NamedFormat::format)->name;
}

std::string_view words_of_format(SealFormat format) {
  switch (format) {
    case SealFormat::pades:
      return "PAdES";
    case SealFormat::cades_detached:
      return "CAdES beside its content";
    case SealFormat::cades_enveloping:
      return "CAdES around its content";
    case SealFormat::asic_s:
      return "ASiC-S";
    case SealFormat::asic_e:
      return "ASiC-E";
  }
  return "";
}

ades::ContentPlace content_place(SealFormat format) {
  return format == SealFormat::cades_enveloping ? ades::ContentPlace::enveloping : ades::ContentPlace::detached;
}

ades::ContainerKind container_kind(SealFormat format) {
  return format == SealFormat::asic_s ? ades::ContainerKind::asic_s : ades::ContainerKind::asic_e;
}

Result<std::vector<ades::ContainerFile>> container_files(const SealOptions& options) {
  std::vector<ades::ContainerFile> files;
  for (const std::string& input : options.inputs) {
    SEGELL_TRY(pdf::SourcePtr source, open_document(input));
    files.push_back({std::filesystem::path(input).filename().string(), std::move(source)});
  }
  return files;
}

Result<SealFormat> choose_format(const SealOptions& options) {
  SEGELL_TRY(const SealFormat format, asked_format(options));
  if (options.inputs.size() > 1 && format != SealFormat::asic_e)
    return fail(Code::invalid_argument, "cli.usage", "several files go into a container of the extended form only",
                "give a name that ends in .asice with -o, or --format asic-e");
  if (format != SealFormat::pades && (!options.field.empty() || !options.reason.empty()))
    return fail(Code::invalid_argument, "cli.usage", "--field and --reason are for PDF (PAdES) only",
                "leave them out, or seal as PDF");
  return format;
}

Result<void> seal_other(const SealOptions& options, const Context& context, SealFormat format, ades::Level level) {
  const bool container = format == SealFormat::asic_s || format == SealFormat::asic_e;
  SEGELL_TRY(base::SealIdentity identity, load_identity(options));
  SEGELL_CHECK(ades::check_seal_certificate(identity.certificate, context.clock.now()));
  SEGELL_TRY(const auto timestamp, container ? seal_container(options, context, std::move(identity), format, level)
                                             : seal_cades(options, context, std::move(identity), format, level));
  context.out << options.output << ": sealed as " << words_of_format(format) << ", " << words_of_time(timestamp, level)
              << '\n';
  return base::ok();
}

std::string words_of_time(const std::optional<ades::TimestampToken>& timestamp, ades::Level level) {
  if (!timestamp) return "B-B, no timestamp";
  return std::string(to_string(level)) + ", time " + base::format_rfc3339(timestamp->time());
}

}  // namespace segell::cli
