#include "ades/algorithms.h"
#include "ades/asic_container.h"
#include "ades/cms_stamp.h"
#include "ades/zip_writer.h"

#include <algorithm>
#include <memory>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::uint64_t kMaxExtended = 256U << 20U;
constexpr std::string_view kNewestArchive = "META-INF/ASiCArchiveManifest.xml";

struct StoredFile {
  std::string name;
  Bytes octets;
};

// An archive as it stands, and what its files are to one another.
struct OpenContainer {
  std::unique_ptr<ZipArchive> archive;
  AsicContainer content;

  static Result<OpenContainer> read(const pdf::SourcePtr& source) {
    OpenContainer out;
    SEGELL_TRY(ZipArchive archive, ZipArchive::read(source));
    out.archive = std::make_unique<ZipArchive>(std::move(archive));
    SEGELL_TRY(out.content, read_asic_container(*out.archive));
    return out;
  }

  /// A timestamp is over it: it must stay as it is.
  [[nodiscard]] bool is_closed(const std::string& name) const {
    return std::ranges::any_of(content.manifests, [&](const ContainerManifest& one) {
      return one.read &&
             std::ranges::find(one.read->references, name, &AsicReference::name) != one.read->references.end();
    });
  }

  [[nodiscard]] std::vector<std::string> open_among(const std::vector<const ZipEntry*>& entries) const {
    std::vector<std::string> out;
    for (const ZipEntry* entry : entries)
      if (!is_closed(entry->name)) out.push_back(entry->name);
    return out;
  }
};

class ContainerExtender final : public Extender {
 public:
  ContainerExtender(std::vector<StoredFile> files, Bytes octets, const TrustMaterial& trust,
                    const LongTermSources& sources)
      : Extender(trust, sources), m_files(std::move(files)), m_octets(std::move(octets)) {}

  [[nodiscard]] Bytes take_octets() { return std::move(m_octets); }

 private:
  [[nodiscard]] ValidationGaps look() const override {
    return verifier().find_gaps(pdf::borrow_source(m_octets), options());
  }

  // The n-th signer of a signature file in the verdict, by what is asked of it.
  static WantsStamp signers_of(const Verdict& verdict, const std::string& name, bool timeless) {
    std::vector<bool> wants;
    for (const SignatureVerdict& one : verdict.signatures)
      if (one.field == name) wants.push_back(is_anchored(one) && !(timeless && has_time(one)));
    return [wants = std::move(wants)](std::size_t i) { return i < wants.size() && wants[i]; };
  }

  Result<void> give_time(const Verdict& verdict) override {
    SEGELL_TRY(const OpenContainer open, OpenContainer::read(pdf::borrow_source(m_octets)));
    for (const std::string& name : open.open_among(open.content.signatures)) {
      SEGELL_TRY(file(name), stamp_signatures(file(name), signers_of(verdict, name, true), stamp()));
    }
    return write();
  }

  Result<void> keep(FetchedEvidence evidence) override {
    SEGELL_TRY(const OpenContainer open, OpenContainer::read(pdf::borrow_source(m_octets)));
    std::vector<std::string> names = open.open_among(open.content.signatures);
    if (names.empty()) names = open.open_among(open.content.tokens);
    for (const std::string& name : names) {
      SEGELL_TRY(file(name), add_evidence(file(name), evidence));
    }
    return write();
  }

  Result<void> archive(const Verdict& verdict) override {
    SEGELL_TRY(const OpenContainer open, OpenContainer::read(pdf::borrow_source(m_octets)));
    if (!open.content.is_simple()) return add_archive_manifest();
    const Bytes content = digest_of(kArchiveDigest, file(open.content.objects.front()->name));
    for (const std::string& name : open.open_among(open.content.signatures)) {
      SEGELL_TRY(file(name), stamp_archive(file(name), content, signers_of(verdict, name, false), stamp()));
    }
    return write();
  }

  // EN 319 162-1 annex A.7: the newest manifest has no number, and gets one when another one comes.
  Result<void> add_archive_manifest() {
    if (has(kNewestArchive)) rename_newest();
    const std::string token_name = free_name("META-INF/timestamp", ".tst");
    std::vector<AsicEntry> entries;
    for (const StoredFile& one : m_files)
      if (one.name != kAsicMimeName) entries.push_back({one.name, digest_of(kArchiveDigest, one.octets)});
    Bytes manifest = base::to_bytes(base::as_bytes(write_asic_manifest(token_name, kTokenMime, entries)));
    SEGELL_TRY(const TimestampToken token, stamp()(manifest));
    m_files.push_back({std::string(kNewestArchive), std::move(manifest)});
    m_files.push_back({token_name, base::to_bytes(token.der())});
    return write();
  }

  void rename_newest() {
    const std::string name = free_name("META-INF/ASiCArchiveManifest", ".xml");
    std::ranges::find(m_files, kNewestArchive, &StoredFile::name)->name = name;
  }

  [[nodiscard]] bool has(std::string_view name) const {
    return std::ranges::find(m_files, name, &StoredFile::name) != m_files.end();
  }

  [[nodiscard]] std::string free_name(const std::string& begin, const std::string& end) const {
    for (int i = 1;; ++i) {
      const std::string number = std::to_string(i);
      std::string name = begin + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number + end;
      if (!has(name)) return name;
    }
  }

  Bytes& file(const std::string& name) { return std::ranges::find(m_files, name, &StoredFile::name)->octets; }

  Result<void> write() {
    Bytes out;
    const ContainerSink sink = [&](BytesView piece) {
      base::append(out, piece);
      return base::ok();
    };
    ZipWriter zip(sink, sources().clock.now());
    for (const StoredFile& one : m_files) SEGELL_CHECK(zip.add(one.name, one.octets));
    SEGELL_CHECK(zip.finish());
    m_octets = std::move(out);
    return base::ok();
  }

  std::vector<StoredFile> m_files;
  Bytes m_octets;
};

// The files in the order of the archive; folders have no octets and go.
Result<std::vector<StoredFile>> unpack(const ZipArchive& archive) {
  std::vector<const ZipEntry*> order;
  std::uint64_t sum = 0;
  for (const ZipEntry& entry : archive.entries()) {
    if (entry.is_folder()) continue;
    order.push_back(&entry);
    sum += std::min(entry.size, kMaxExtended + 1);
    if (sum > kMaxExtended)
      return fail(Code::limit_exceeded, "extend.too-large",
                  "the container is larger than is extended (" + std::to_string(kMaxExtended >> 20U) + " MiB)",
                  "sign large files detached (.p7s), and extend that");
  }
  std::ranges::sort(order, {}, &ZipEntry::header);
  std::vector<StoredFile> out;
  for (const ZipEntry* entry : order) {
    SEGELL_TRY(Bytes octets, archive.extract(*entry, kMaxExtended));
    out.push_back({entry->name, std::move(octets)});
  }
  return out;
}

}  // namespace

Result<ExtendedContainer> extend_container(const pdf::SourcePtr& container, LongTermLevel level,
                                           const TrustMaterial& trust, const LongTermSources& sources) {
  SEGELL_TRY(const OpenContainer open, OpenContainer::read(container));
  if (!open.archive->faults().empty() || !open.content.faults.empty())
    return fail(Code::malformed, "extend.broken",
                "the container is not read without a fault: " +
                    (open.archive->faults().empty() ? open.content.faults : open.archive->faults()).front().words,
                "segell verify tells what is wrong");
  SEGELL_TRY(std::vector<StoredFile> files, unpack(*open.archive));
  SEGELL_TRY(Bytes octets, pdf::read_range(*container, {0, container->size()}, kMaxExtended + kMaxExtended));
  ContainerExtender extender(std::move(files), std::move(octets), trust, sources);
  SEGELL_TRY(Verdict verdict, extender.run(level));
  return ExtendedContainer{.octets = extender.take_octets(), .verdict = std::move(verdict)};
}

}  // namespace segell::signer::ades
