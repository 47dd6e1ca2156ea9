#include "signer/ades/asic.h"

#include "asic_container.h"
#include "zip_names.h"
#include "zip_writer.h"

#include <algorithm>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::string_view kSimpleSignature = "META-INF/signature.p7s";
constexpr std::string_view kExtendedSignature = "META-INF/signature001.p7s";
constexpr std::string_view kExtendedManifest = "META-INF/ASiCManifest001.xml";

Result<void> check_files(ContainerKind kind, const std::vector<ContainerFile>& files) {
  if (files.empty() || (kind == ContainerKind::asic_s && files.size() != 1))
    return fail(Code::invalid_argument, "asic.files",
                files.empty() ? "a container needs a file to sign" : "a container of the simple form holds one file",
                "take the extended form (ASiC-E, .asice) for several files");
  if (files.size() > ZipArchive::kMaxEntries / 2)
    return fail(Code::limit_exceeded, "asic.files", "a container of more files than are read again");
  std::vector<ZipEntry> entries;
  for (const ContainerFile& file : files) {
    const bool reserved = file.name == kAsicMimeName || file.name.starts_with(kAsicFolder) || file.name.ends_with('/');
    if (reserved || file.name.size() > ZipArchive::kMaxName)
      return fail(Code::invalid_argument, "asic.name",
                  "a file in a container cannot have the name " + quoted_name(file.name), "give it another name");
    if (file.content->size() > kMaxZipOctets)
      return fail(Code::limit_exceeded, "asic.too-large", "a container holds less than 4 GiB",
                  "sign large files detached (.p7s)");
    entries.emplace_back().name = file.name;
  }
  const auto faults = faults_of_names(entries);
  if (!faults.empty()) return fail(Code::invalid_argument, "asic.name", faults.front(), "give it another name");
  return base::ok();
}

Result<MeasuredFile> measure(ContainerFile file) {
  MeasuredFile out{.file = std::move(file)};
  base::Hasher hasher(base::HashAlgorithm::sha256);
  const pdf::ByteSource& content = *out.file.content;
  SEGELL_CHECK(pdf::for_each_piece(content, {0, content.size()}, [&](BytesView piece) {
    hasher.update(piece);
    out.crc = zip_crc(out.crc, piece);
  }));
  out.sha256 = hasher.finish();
  return out;
}

}  // namespace

Result<void> SignedContainer::write(const TimestampToken* token, const ContainerSink& sink) const {
  SealedCades cades = m_cades.finish();
  if (token != nullptr) {
    SEGELL_TRY(cades, m_cades.finish(*token));
  }
  const bool simple = m_kind == ContainerKind::asic_s;
  ZipWriter zip(sink, m_time);
  SEGELL_CHECK(zip.add(std::string(kAsicMimeName), base::as_bytes(simple ? kAsicSMime : kAsicEMime)));
  for (const MeasuredFile& file : m_files) SEGELL_CHECK(zip.add(file.file.name, *file.file.content, file.crc));
  if (!simple) SEGELL_CHECK(zip.add(std::string(kExtendedManifest), base::as_bytes(m_manifest)));
  SEGELL_CHECK(zip.add(std::string(simple ? kSimpleSignature : kExtendedSignature), cades.der));
  return zip.finish();
}

Result<SignedContainer> PreparedContainer::complete(BytesView signature) && {
  SEGELL_TRY(SignedCades cades, std::move(m_cades).complete(signature));
  return SignedContainer(m_kind, std::move(m_files), std::move(m_manifest), m_time, std::move(cades));
}

Result<ContainerSealer> ContainerSealer::make(base::SealIdentity identity) {
  SEGELL_TRY(CadesSealer cades, CadesSealer::make(std::move(identity)));
  return ContainerSealer(std::move(cades));
}

Result<PreparedContainer> ContainerSealer::prepare(ContainerKind kind, std::vector<ContainerFile> files,
                                                   base::Instant signing_time) const {
  SEGELL_CHECK(check_files(kind, files));
  std::vector<MeasuredFile> measured;
  std::vector<AsicEntry> entries;
  for (ContainerFile& file : files) {
    SEGELL_TRY(MeasuredFile one, measure(std::move(file)));
    entries.push_back({one.file.name, one.sha256});
    measured.push_back(std::move(one));
  }
  std::string manifest;
  if (kind == ContainerKind::asic_e) manifest = write_asic_manifest(kExtendedSignature, kSignatureMime, entries);
  const pdf::SourcePtr content =
      kind == ContainerKind::asic_s ? measured.front().file.content : pdf::borrow_source(base::as_bytes(manifest));
  SEGELL_TRY(PreparedCades cades, m_cades.prepare(*content, ContentPlace::detached, signing_time));
  return PreparedContainer(kind, std::move(measured), std::move(manifest), signing_time, std::move(cades));
}

Result<SealedContainer> ContainerSealer::seal(ContainerKind kind, std::vector<ContainerFile> files,
                                              base::Instant signing_time, TimeDemand demand, const TimestampClient* tsa,
                                              const ContainerSink& sink) const {
  if (demand != TimeDemand::none && !tsa)
    return fail(Code::invalid_argument, "seal.no-authority", "a timestamp is asked for, but no authority is given");
  SEGELL_TRY(PreparedContainer prepared, prepare(kind, std::move(files), signing_time));
  SEGELL_TRY(const Bytes signature, m_cades.identity().key->sign(prepared.to_be_signed()));
  SEGELL_TRY(const SignedContainer container, std::move(prepared).complete(signature));
  SealedContainer out;
  if (demand != TimeDemand::none) {
    auto token = tsa->fetch(base::HashAlgorithm::sha256, container.timestamp_digest());
    if (token)
      out.timestamp = *std::move(token);
    else if (demand == TimeDemand::required)
      return fail(std::move(token).error());
    else
      out.timestamp_failure = std::move(token).error();
  }
  SEGELL_CHECK(container.write(out.timestamp ? &*out.timestamp : nullptr, sink));
  return out;
}

}  // namespace segell::signer::ades
