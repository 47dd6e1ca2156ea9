#include "asic_container.h"

#include "zip_names.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxMimeType = 128;
constexpr std::size_t kMaxManifests = 64;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool has(std::string_view name, std::string_view part, std::string_view end) {
  return name.find(part) != std::string_view::npos && name.ends_with(end);
}

// Other formats put these into the same folder; they say nothing about what is signed.
bool is_known_stranger(std::string_view name) {
  return name == "META-INF/manifest.xml" || name == "META-INF/container.xml" || name == "META-INF/metadata.xml";
}

struct ContainerReader {
  const ZipArchive& archive;
  AsicContainer out;

  void fault(std::string words, bool forged = true) { out.faults.push_back({std::move(words), forged}); }

  base::Result<void> read_mime_type(const ZipEntry& entry, bool first) {
    auto content = archive.extract(entry, kMaxMimeType);
    if (!content && content.error().code == base::Code::io) return base::fail(std::move(content).error());
    if (!content) {
      fault(content.error().message);
      return base::ok();
    }
    out.mime_type = base::to_text(*content);
    while (!out.mime_type.empty() && (out.mime_type.back() == '\n' || out.mime_type.back() == '\r'))
      out.mime_type.pop_back();
    // EN 319 162-1 A.1: the first file, stored, without extra fields, so that its octets stand at a known place
    if (!first || entry.deflated || entry.has_extra)
      fault("the file \"mimetype\" is not the first one, stored plainly", false);
    return base::ok();
  }

  base::Result<void> read_manifest(const ZipEntry& entry) {
    if (out.manifests.size() >= kMaxManifests) {
      fault("the container has more manifests than this program reads", false);
      return base::ok();
    }
    ContainerManifest manifest{.name = entry.name, .octets = {}, .read = {}, .fault = {}, .unknown_form = false};
    auto octets = archive.extract(entry, kMaxAsicManifest);
    if (!octets && octets.error().code == base::Code::io) return base::fail(std::move(octets).error());
    if (octets) {
      manifest.octets = *std::move(octets);
      auto read = parse_asic_manifest(manifest.octets);
      if (!read && read.error().code == base::Code::unavailable) return base::fail(std::move(read).error());
      manifest.unknown_form = !read && read.error().code == base::Code::unsupported;
      if (read)
        manifest.read = *std::move(read);
      else
        manifest.fault = read.error().message;
    } else {
      manifest.fault = octets.error().message;
    }
    out.manifests.push_back(std::move(manifest));
    return base::ok();
  }

  base::Result<void> sort_in(const ZipEntry& entry) {
    const std::string name = lower(entry.name);
    if (!entry.name.starts_with(kAsicFolder)) {
      if (name.starts_with(lower(kAsicFolder)))
        fault("the file " + quoted_name(entry.name) + " stands in a folder that looks like META-INF");
      out.objects.push_back(&entry);
      return base::ok();
    }
    if (has(name, "asic", ".xml") && has(name, "manifest", ".xml") && !has(name, "evidencerecord", ".xml"))
      return read_manifest(entry);
    if (has(name, "signature", ".p7s"))
      out.signatures.push_back(&entry);
    else if (has(name, "timestamp", ".tst"))
      out.tokens.push_back(&entry);
    else if (has(name, "signature", ".xml") || has(name, "evidencerecord", ".xml") || name.ends_with(".ers"))
      out.others.push_back(&entry);
    else if (!is_known_stranger(entry.name))
      out.strangers.push_back(&entry);
    return base::ok();
  }
};

}  // namespace

base::Result<AsicContainer> read_asic_container(const ZipArchive& archive) {
  ContainerReader reader{archive, {}};
  const ZipEntry* first = nullptr;
  for (const ZipEntry& entry : archive.entries())
    if (first == nullptr || entry.header < first->header) first = &entry;
  for (const ZipEntry& entry : archive.entries()) {
    if (entry.is_folder()) {
      if (entry.size != 0) reader.fault("the folder " + quoted_name(entry.name) + " holds octets of its own");
      continue;
    }
    SEGELL_CHECK(entry.name == kAsicMimeName ? reader.read_mime_type(entry, &entry == first) : reader.sort_in(entry));
  }
  // what claims to be a simple container has one object, so that no reader can take another one for the signed one
  if (reader.out.is_simple() && reader.out.objects.size() != 1)
    reader.fault("the container is of the simple form (ASiC-S) and holds " + std::to_string(reader.out.objects.size()) +
                 " files");
  return std::move(reader.out);
}

}  // namespace segell::signer::ades
