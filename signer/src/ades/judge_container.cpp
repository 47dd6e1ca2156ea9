#include "container_objects.h"
#include "formats.h"
#include "zip_names.h"

#include <algorithm>
#include <set>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kMaxContainerSignatures = 256;

/// A timestamp of the container that holds, and the files that it is over.
struct ContainerTime {
  base::Instant time;
  std::set<std::string> covers;
};

struct ContainerJudge {
  Inquiry& inquiry;
  const ZipArchive& archive;
  const AsicContainer& container;
  ContainerObjects objects{archive, container};
  std::vector<ContainerTime> times{};
  std::map<std::string, std::vector<base::Bytes>> parts{};  // by file: tokens and revocation data in its messages
  std::set<std::string> covered{};                          // by signatures whose cryptography holds
  std::set<std::string> stamped{};                          // by timestamps whose cryptography holds
  std::vector<std::pair<std::size_t, std::set<std::string>>> covers{};  // by place of a verdict: the objects it is over

  void judge_container_faults(Work& work) const {
    for (const auto* faults : {&archive.faults(), &container.faults})
      for (const ZipFault& fault : *faults) {
        if (fault.forged)
          work.break_format("container.structure", fault.words);
        else
          work.break_constraint("container.structure", fault.words);
      }
    if (archive.faults().empty() && container.faults.empty()) work.check("container.structure", CheckStatus::pass);
  }

  void add(Work work, const std::string& name, std::set<std::string> over, bool archived) {
    judge_container_faults(work);
    conclude_detached(inquiry, work, archived);
    work.verdict.field = name;
    work.verdict.index = static_cast<int>(inquiry.verdict.signatures.size());
    if (work.verdict.integrity == Integrity::intact)
      (work.signature.document_timestamp ? stamped : covered).insert(over.begin(), over.end());
    covers.emplace_back(inquiry.verdict.signatures.size(), std::move(over));
    inquiry.verdict.signatures.push_back(std::move(work.verdict));
  }

  void add_broken(const std::string& name, std::string why) {
    Work work;
    work.break_format("cms.format", std::move(why));
    work.verdict.coverage = Coverage::anomalous;
    add(std::move(work), name, {}, false);
  }

  base::Result<void> judge_token_file(const ZipEntry& entry) {
    auto octets = archive.extract(entry, kMaxCmsBytes);
    if (!octets && octets.error().code == base::Code::io) return base::fail(std::move(octets).error());
    if (!octets) return add_broken(entry.name, octets.error().message), base::ok();
    Work work;
    work.signature.contents = *std::move(octets);
    std::set<Digest> wanted;
    if (const auto digest = imprint_digest(work.signature.contents)) wanted.insert(*digest);
    const ContainerObjects::Target target = objects.target_of(entry.name, wanted);
    judge_token_over(inquiry, work, target.digests ? &*target.digests : nullptr, proven_by_others(entry.name));
    std::set<std::string> over = objects.judge(work, target, suite_of(inquiry.options));
    const bool holds = work.verdict.proven_time && work.facts.format_holds && work.facts.digest_matches &&
                       work.facts.constraints_hold && work.facts.content_found;
    if (holds)
      note_time(*work.verdict.proven_time, over);
    else
      work.verdict.proven_time.reset();
    add(std::move(work), entry.name, std::move(over), false);
    return base::ok();
  }

  /// What a timestamp is over existed then, and so did everything inside.
  void note_time(base::Instant time, const std::set<std::string>& over) {
    times.push_back({time, over});
    for (const std::string& name : over)
      for (const base::Bytes& part : parts[name]) inquiry.note_archived(part, time);
  }

  void keep_parts(const std::string& name, const CmsMessage& message) {
    for (const auto* list : {&message.crls, &message.ocsp, &message.timestamps, &message.archive_timestamps})
      parts[name].insert(parts[name].end(), list->begin(), list->end());
  }

  /// The earliest trusted timestamp of the container that is over this file.
  [[nodiscard]] std::optional<base::Instant> proven_by_others(const std::string& name) const {
    std::optional<base::Instant> earliest;
    for (const ContainerTime& time : times)
      if (time.covers.contains(name)) earliest = std::min(earliest.value_or(time.time), time.time);
    return earliest;
  }

  /// Timestamps that are over others come first: they say for which time the others must hold. In a ring nobody does.
  [[nodiscard]] std::vector<const ZipEntry*> tokens_in_order() const {
    std::map<std::string_view, std::set<std::string_view>> outer;  // by token: those over it that are still to come
    for (const ZipEntry* token : container.tokens) outer[token->name];
    for (const ContainerManifest& manifest : container.manifests) {
      if (!manifest.read || !outer.contains(manifest.read->signature)) continue;
      for (const AsicReference& reference : manifest.read->references)
        if (const auto inner = outer.find(reference.name);
            inner != outer.end() && reference.name != manifest.read->signature)
          inner->second.insert(manifest.read->signature);
    }
    std::vector<const ZipEntry*> order, rest = container.tokens;
    while (!rest.empty()) {
      auto next = std::ranges::find_if(rest, [&](const ZipEntry* one) { return outer[one->name].empty(); });
      if (next == rest.end()) next = rest.begin();
      for (auto& [name, over] : outer) over.erase((*next)->name);
      order.push_back(*next);
      rest.erase(next);
    }
    return order;
  }

  void prove_by_archive(Work& work, const std::string& name) {
    const auto proven = proven_by_others(name);
    if (!proven) return;
    work.timestamped = true;
    work.facts.proven_before = *proven;
    work.check("time.container-timestamp", CheckStatus::pass, base::format_rfc3339(*proven));
  }

  void judge_signer(const std::string& name, CmsMessage message, const SignerPlace& place) {
    Work work;
    const std::set<Digest> wanted = digests_wanted(message);
    work.cms = std::move(message);
    const ContainerObjects::Target target = objects.target_of(name, wanted);
    prove_by_archive(work, name);
    judge_detached(inquiry, work, place, target.digests ? &*target.digests : nullptr, Profile::cades);
    std::set<std::string> over = objects.judge(work, target, suite_of(inquiry.options));
    add(std::move(work), name, std::move(over), proven_by_others(name).has_value());
  }

  void judge_others() {
    for (const ZipEntry* entry : container.others) {
      Work work;
      work.break_constraint("container.signature",
                            "signatures and evidence records in XML are not read by this program");
      work.verdict.coverage = Coverage::whole_revision;
      add(std::move(work), entry->name, {}, false);
    }
    for (const ContainerManifest& manifest : container.manifests) {
      if (manifest.unknown_form) {
        Work work;
        work.break_constraint("container.manifest", manifest.fault);
        work.verdict.coverage = Coverage::whole_revision;
        add(std::move(work), manifest.name, {}, false);
      } else if (!manifest.read) {
        add_broken(manifest.name, manifest.fault);
      } else if (archive.find(manifest.read->signature) == nullptr) {
        add_broken(manifest.name,
                   "the signature " + quoted_name(manifest.read->signature) + " of this manifest is missing");
      }
    }
  }

  /// What people see of a container, or a program goes by, and no form of ASiC signs.
  void note_unsigned() {
    const auto tell = [this](const char* id, std::string words) {
      inquiry.verdict.checks.push_back({id, CheckStatus::warn, std::move(words)});
    };
    for (const std::string& words : archive.notes()) tell("container.unsigned", words);
    const std::string& type = container.mime_type;
    if (!type.empty() && type != kAsicSMime && type != kAsicEMime)
      tell("container.unsigned", "the container says of itself, unsigned, to be of the type " + quoted_name(type));
    const bool named = std::ranges::any_of(
        container.manifests, [](const auto& one) { return one.read && one.read->signature.ends_with(".p7s"); });
    if (named && container.is_simple())
      tell("container.unsigned", "the container says of itself, unsigned, to be of the simple form, and it is not");
    if (!named && container.objects.size() == 1)
      tell("container.unsigned",
           "the name of the file " + quoted_name(container.objects.front()->name) + " is not signed in this form");
  }

  /// Files that nobody signed are named on every signature: whoever opens the container sees them beside the others.
  void judge_coverage() {
    // anybody gets a timestamp over anything: beside signatures it makes no file a signed one
    const bool signs = !container.signatures.empty();
    std::vector<std::string> loose;
    for (const ZipEntry* object : container.objects) {
      const bool is_stamped = stamped.contains(object->name);
      if (!covered.contains(object->name) && (signs || !is_stamped))
        loose.push_back("the file " + quoted_name(object->name) +
                        (is_stamped ? " is timestamped, and not signed by anybody" : " is not signed by anybody"));
    }
    for (const ZipEntry* stranger : container.strangers)
      inquiry.verdict.checks.push_back(
          {"container.meta-inf", CheckStatus::warn,
           "the file " + quoted_name(stranger->name) + " is of a kind that is not known here"});
    note_unsigned();
    for (const auto& [index, names] : covers) {
      const std::set<std::string>& over = names;  // clang 14 lets no lambda see a binding
      SignatureVerdict& signature = inquiry.verdict.signatures[index];
      const bool all =
          std::ranges::all_of(container.objects, [&](const ZipEntry* one) { return over.contains(one->name); });
      if (signature.coverage != Coverage::anomalous)
        signature.coverage = all ? Coverage::whole_file : Coverage::whole_revision;
      if (loose.empty() || signature.integrity != Integrity::intact) continue;
      for (std::size_t i = 0; i < std::min(loose.size(), kMaxNamedObjects); ++i) signature.changes.push_back(loose[i]);
      signature.modification = Modification::suspicious;
      signature.checks.push_back({"container.coverage", CheckStatus::fail, loose.front()});
      if (signature.indication != Indication::total_passed) continue;
      signature.indication = Indication::indeterminate;
      signature.sub_indication = SubIndication::sig_constraints_failure;
      signature.evidence_level = 0;
    }
  }

  base::Result<void> judge() {
    struct File {
      std::string name;
      base::Bytes octets;  // the message borrows from them
      std::optional<CmsSignatures> message;
      std::string fault;
    };
    std::vector<File> files;
    std::size_t signers = 0;
    for (const ZipEntry* entry : container.signatures) {
      File file{.name = entry->name, .octets = {}, .message = {}, .fault = {}};
      auto octets = archive.extract(*entry, kMaxCmsBytes);
      if (!octets && octets.error().code == base::Code::io) return base::fail(std::move(octets).error());
      auto message =
          octets ? parse_cms_signers(*octets, kMaxCmsBytes) : base::Result<CmsSignatures>(base::fail(octets.error()));
      if (!message)
        file.fault = message.error().message;
      else if (message->has_content)
        file.fault = "a signature of a container must not carry content";
      else if ((signers += message->signers.size()) > kMaxContainerSignatures)
        return base::fail(base::Code::limit_exceeded, "zip.too-large",
                          "the container has more signatures than this program reads");
      else if (message->length != octets->size())
        file.fault = "octets follow the signature that belong to nobody";
      else
        file.message = *std::move(message);
      if (file.message) {
        std::set<Digest> wanted;
        for (const CmsMessage& signer : file.message->signers) {
          wanted.merge(digests_wanted(signer));
          keep_parts(file.name, signer);
        }
        objects.want(file.name, wanted);
      }
      if (octets) file.octets = *std::move(octets);  // moved, so that what was borrowed stays where it is
      files.push_back(std::move(file));
    }
    for (const ZipEntry* entry : container.tokens) {
      const auto octets = archive.extract(*entry, kMaxCmsBytes);
      if (!octets) continue;
      if (const auto digest = imprint_digest(*octets)) objects.want(entry->name, {*digest});
      if (const auto token = parse_cms(*octets)) keep_parts(entry->name, *token);
    }
    SEGELL_CHECK(objects.hash());
    for (const ZipEntry* entry : tokens_in_order()) SEGELL_CHECK(judge_token_file(*entry));
    for (File& file : files) {
      if (!file.message) {
        add_broken(file.name, file.fault);
        continue;
      }
      for (std::size_t i = 0; i < file.message->signers.size(); ++i)
        judge_signer(file.name, std::move(file.message->signers[i]), {file.octets, i});
    }
    judge_others();
    judge_coverage();
    return base::ok();
  }
};

// True when the octets name what a signature in a container is called: then a broken archive is a broken signature.
base::Result<bool> mentions_signature(const pdf::ByteSource& file) {
  bool folder = false, signature = false;
  std::string tail;
  SEGELL_CHECK(pdf::for_each_piece(file, {0, file.size()}, [&](base::BytesView piece) {
    const std::string text = tail + base::to_text(piece);
    folder = folder || text.find(kAsicFolder) != std::string::npos;
    for (const std::string_view end : {".p7s", ".tst", "signatures.xml"})
      signature = signature || text.find(end) != std::string::npos;
    tail = text.substr(text.size() - std::min<std::size_t>(text.size(), 16));
  }));
  return folder && signature;
}

Verdict unreadable_container(Verdict verdict, const pdf::ByteSource& file, const base::Error& error) {
  if (error.code == base::Code::io || error.code == base::Code::unavailable) return unreadable_input(verdict, error);
  const auto mentioned = mentions_signature(file);
  if (!mentioned) return unreadable_input(verdict, mentioned.error());
  verdict.checks.push_back({"container.structure", CheckStatus::fail, error.message});
  if (*mentioned) {
    const bool broken = error.code == base::Code::malformed;
    SignatureVerdict& signature = verdict.signatures.emplace_back();
    signature.indication = broken ? Indication::total_failed : Indication::indeterminate;
    signature.sub_indication = broken ? SubIndication::format_failure : SubIndication::sig_constraints_failure;
    signature.checks.push_back(verdict.checks.back());
  }
  conclude_from_signatures(verdict);
  verdict.summary = (*mentioned ? "holds a signature that cannot be read: " : "no signature found: ") + error.message;
  return verdict;
}

}  // namespace

Verdict judge_container(Inquiry& inquiry, const pdf::SourcePtr& file) {
  const Verdict blank = inquiry.verdict;
  const auto archive = ZipArchive::read(file);
  if (!archive) return unreadable_container(blank, *file, archive.error());
  const auto container = read_asic_container(*archive);
  if (!container) return unreadable_container(blank, *file, container.error());
  if (container->signatures.size() + container->tokens.size() + container->others.size() > kMaxContainerSignatures)
    return unreadable_container(blank, *file,
                                base::fail(base::Code::limit_exceeded, "zip.too-large",
                                           "the container has more signatures than this program reads")
                                    .error);
  // an archive that shows no signature by a trick holds one for other readers
  if (!container->is_signed()) {
    const auto forged = std::ranges::find_if(archive->faults(), &ZipFault::forged);
    if (forged != archive->faults().end())
      return unreadable_container(blank, *file,
                                  base::fail(base::Code::malformed, "zip.malformed", forged->words).error);
  }
  ContainerJudge judge{.inquiry = inquiry, .archive = *archive, .container = *container};
  if (container->is_signed()) {
    if (const auto judged = judge.judge(); !judged) return unreadable_container(blank, *file, judged.error());
  } else {
    for (const auto* faults : {&archive->faults(), &container->faults})
      for (const ZipFault& fault : *faults)
        judge.inquiry.verdict.checks.push_back({"container.structure", CheckStatus::warn, fault.words});
  }
  Verdict& verdict = judge.inquiry.verdict;
  conclude_from_signatures(verdict);
  verdict.summary = container->is_signed() ? summarise(verdict) : "no signature found: a ZIP archive without one";
  return std::move(verdict);
}

}  // namespace segell::signer::ades
