#pragma once

#include "asic_container.h"
#include "work.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace segell::signer::ades {

/// How many files a verdict names at most where all of them have the same to be said of.
inline constexpr std::size_t kMaxNamedObjects = 32;

/// The files of a container that signatures and timestamps are over, with their digests (EN 319 162-1 4.3.3, 4.4.3).
class ContainerObjects {
 public:
  /// Both must outlive this.
  ContainerObjects(const ZipArchive& archive, const AsicContainer& container)
      : m_archive(archive), m_container(container) {}

  /// The digests that a signature or timestamp without a manifest will ask for. To be told before hash().
  void want(const std::string& signature, const std::set<Digest>& digests);
  /// Every digest that manifests name or that was wanted, in one pass over each file. Errors: the source's.
  base::Result<void> hash();

  /// What a signature or timestamp is over: a manifest, or the lone object.
  struct Target {
    const ContainerManifest* manifest = nullptr;
    std::string object;              ///< its name where there is no manifest
    std::optional<Digests> digests;  ///< of the manifest or the object; nothing: it was not found
    std::string fault;               ///< proven wrong
  };
  [[nodiscard]] Target target_of(const std::string& signature, const std::set<Digest>& wanted) const;

  /// Judges the target and the files that its manifest names. Their names.
  std::set<std::string> judge(Work& work, const Target& target, const AlgorithmSuite& suite) const;

 private:
  [[nodiscard]] const ZipEntry* lone_object() const;
  [[nodiscard]] std::vector<const ContainerManifest*> manifests_of(const std::string& signature) const;
  [[nodiscard]] std::string damage_of(const std::string& name) const;
  std::set<std::string> judge_references(Work& work, const AsicManifest& manifest, const AlgorithmSuite& suite) const;
  void judge_reference(Work& work, const AsicReference& reference) const;

  const ZipArchive& m_archive;
  const AsicContainer& m_container;
  std::map<std::string, std::set<Digest>> m_wanted;
  std::map<std::string, Digests> m_digests;      // of files, by name
  std::map<std::string, std::string> m_damaged;  // files that cannot be unpacked, and why
};

}  // namespace segell::signer::ades
