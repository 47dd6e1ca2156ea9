#include "container_objects.h"

#include "policy.h"
#include "zip_names.h"

#include <algorithm>

namespace segell::signer::ades {

// The one object that a signature without a manifest is over; null where there is not exactly one.
const ZipEntry* ContainerObjects::lone_object() const {
  const bool manifests = std::ranges::any_of(m_container.manifests, [](const ContainerManifest& one) {
    return one.name.find("Archive") == std::string::npos;
  });
  return !manifests && m_container.objects.size() == 1 ? m_container.objects.front() : nullptr;
}

std::vector<const ContainerManifest*> ContainerObjects::manifests_of(const std::string& signature) const {
  std::vector<const ContainerManifest*> out;
  for (const ContainerManifest& manifest : m_container.manifests)
    if (manifest.read && manifest.read->signature == signature) out.push_back(&manifest);
  return out;
}

std::string ContainerObjects::damage_of(const std::string& name) const {
  const auto known = m_damaged.find(name);
  return known == m_damaged.end() ? std::string() : known->second;
}

void ContainerObjects::want(const std::string& signature, const std::set<Digest>& digests) {
  const ZipEntry* lone = lone_object();
  if (lone != nullptr && manifests_of(signature).empty()) m_wanted[lone->name].insert(digests.begin(), digests.end());
}

base::Result<void> ContainerObjects::hash() {
  for (const ContainerManifest& manifest : m_container.manifests) {
    if (!manifest.read) continue;
    for (const AsicReference& reference : manifest.read->references)
      if (reference.digest) m_wanted[reference.name].insert(*reference.digest);
  }
  for (const auto& [name, which] : m_wanted) {
    const ZipEntry* entry = m_archive.find(name);
    if (entry == nullptr || which.empty()) continue;
    DigestStream stream(which);
    const auto read = m_archive.extract(*entry, [&](base::BytesView piece) { stream.feed(piece); });
    if (!read && read.error().code == base::Code::io) return base::fail(read.error());
    if (read)
      m_digests[name] = stream.finish();
    else
      m_damaged[name] = read.error().message;
  }
  return base::ok();
}

ContainerObjects::Target ContainerObjects::target_of(const std::string& signature,
                                                     const std::set<Digest>& wanted) const {
  Target out;
  const auto named = manifests_of(signature);
  if (named.size() > 1) {
    out.fault = "several manifests name the signature " + quoted_name(signature);
    return out;
  }
  if (named.size() == 1) {
    out.manifest = named.front();
    DigestStream stream(wanted);
    stream.feed(out.manifest->octets);
    out.digests = stream.finish();
    return out;
  }
  const ZipEntry* object = lone_object();
  if (object == nullptr) return out;
  out.object = object->name;
  const auto known = m_digests.find(object->name);
  if (known != m_digests.end())
    out.digests = known->second;
  else
    out.fault = damage_of(object->name);
  return out;
}

std::set<std::string> ContainerObjects::judge(Work& work, const Target& target, const AlgorithmSuite& suite) const {
  if (!target.fault.empty()) work.break_format("container.manifest", target.fault);
  if (target.manifest != nullptr) {
    work.check("container.manifest", CheckStatus::pass, target.manifest->name);
    return judge_references(work, *target.manifest->read, suite);
  }
  return target.object.empty() ? std::set<std::string>() : std::set<std::string>{target.object};
}

std::set<std::string> ContainerObjects::judge_references(Work& work, const AsicManifest& manifest,
                                                         const AlgorithmSuite& suite) const {
  std::set<std::string> names;
  AlgorithmPolicy policy;
  for (const AsicReference& reference : manifest.references) {
    names.insert(reference.name);
    if (reference.digest) policy.add(limit_of(suite, *reference.digest));
    judge_reference(work, reference);
  }
  if (manifest.critical_extension)
    work.break_constraint("container.manifest", "the manifest has an extension that must be understood, and is not");
  // a manifest is as strong as the weakest digest that it relies on
  work.facts.algorithms_accepted = work.facts.algorithms_accepted && policy.accepted;
  if (policy.until && (!work.facts.algorithms_until || *policy.until < *work.facts.algorithms_until))
    work.facts.algorithms_until = policy.until;
  if (!policy.accepted || policy.until)
    work.check("crypto.manifest", CheckStatus::warn, "the manifest relies on " + policy.weakest);
  return names;
}

void ContainerObjects::judge_reference(Work& work, const AsicReference& reference) const {
  const std::string name = quoted_name(reference.name);
  if (!reference.digest)
    return work.break_constraint("container.object", "the file " + name + " has a digest of an unknown kind");
  const ZipEntry* entry = m_archive.find(reference.name);
  if (entry == nullptr || entry->unreadable) {
    work.facts.content_found = false;
    return work.check("container.object", CheckStatus::fail,
                      entry == nullptr ? "the file " + name + " is missing" : damage_of(reference.name));
  }
  const auto known = m_digests.find(reference.name);
  if (known == m_digests.end()) return work.break_format("container.object", damage_of(reference.name));
  if (known->second.at(*reference.digest) == reference.value) return;
  work.facts.digest_matches = false;
  work.verdict.integrity = Integrity::broken;
  work.verdict.modification = Modification::not_permitted;
  if (work.verdict.changes.size() < kMaxNamedObjects)
    work.verdict.changes.push_back("the file " + name + " is not the one that was signed");
  work.check("container.object", CheckStatus::fail, "the file " + name + " is not the one that was signed");
}

}  // namespace segell::signer::ades
