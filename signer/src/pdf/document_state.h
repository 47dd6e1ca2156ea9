#pragma once

#include "pdf/block_cache.h"
#include "pdf/decryption.h"
#include "pdf/object_stream.h"
#include "pdf/xref.h"
#include "signer/pdf/document.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace segell::signer::pdf {

/// What a document knows of its file, and keeps of what it read: for document.cpp alone.
struct Document::State {
  struct Parsed {
    IndirectObject object;
    std::uint64_t examined = 0;
  };

  static constexpr std::uint64_t kKept = 512U << 10U;  ///< octets of file text whose parsed objects a generation keeps
  static constexpr std::uint64_t kBase = 256U << 20U;  ///< object text read in all: this and a multiple of the file
  static constexpr std::uint64_t kFactor = 16;

  explicit State(SourcePtr of) : file(std::move(of)), source(std::make_shared<BlockCache>(file)) {}

  SourcePtr file;
  SourcePtr source;  ///< the same octets, for many small reads
  Chain chain;
  bool encrypted = false;
  std::shared_ptr<const Decryption> decryption;  ///< of an encrypted file that opens
  Ref encryption;                                ///< the /Encrypt dictionary itself, which is never encrypted
  std::optional<base::Error> locked;
  std::vector<std::uint32_t> by_revision;    ///< places in chain.entries, revision by revision
  std::vector<std::size_t> revision_starts;  ///< places in by_revision, and one past the end
  std::vector<std::uint32_t> object_counts;  ///< of all revisions up to this one
  std::unordered_map<std::uint64_t, std::shared_ptr<const ObjectStream>> streams;  ///< by file offset
  std::size_t kept = 0;
  /// By file offset: a verdict asks for the same few many times, and compares what it read last. What was not asked for
  /// while a whole generation was read is forgotten.
  std::unordered_map<std::uint64_t, Parsed> objects;
  std::unordered_map<std::uint64_t, Parsed> older_objects;
  std::uint64_t kept_objects = 0;
  std::uint64_t inflated = 0;
  std::uint64_t examined = 0;
  int nested = 0;

  void take(Chain read) {
    chain = std::move(read);
    const std::size_t revisions = chain.revisions.size();
    revision_starts.assign(revisions + 1, 0);
    object_counts.assign(revisions, 0);
    for (const auto& entry : chain.entries) {
      ++revision_starts[entry.revision + 1];
      object_counts[entry.revision] = std::max(object_counts[entry.revision], entry.number + 1);
    }
    std::partial_sum(revision_starts.begin(), revision_starts.end(), revision_starts.begin());
    std::partial_sum(object_counts.begin(), object_counts.end(), object_counts.begin(),
                     [](std::uint32_t a, std::uint32_t b) { return std::max(a, b); });
    by_revision.resize(chain.entries.size());
    std::vector<std::size_t> next(revision_starts.begin(), revision_starts.end() - 1);
    for (std::uint32_t i = 0; i < chain.entries.size(); ++i) by_revision[next[chain.entries[i].revision]++] = i;
    for (const auto& revision : chain.revisions) encrypted |= revision.trailer.has("Encrypt");
  }

  base::Result<void> charge_reading(std::uint64_t octets) {
    examined += octets;
    if (examined <= kBase + kFactor * source->size()) return base::ok();
    return base::fail(base::Code::limit_exceeded, "pdf.limit.reading",
                      "the file's objects overlap too much to be read");
  }

  /// Only what reads alike in every revision is kept: a /Length by reference may change from one to the next.
  void keep(std::uint64_t position, Parsed parsed, Keep how = Keep::always) {
    const Stream* stream = parsed.object.object.as_stream();
    if (stream != nullptr && stream->dictionary.reference("Length") != nullptr) return;
    if (parsed.examined > kKept) return;
    if (kept_objects + parsed.examined > kKept) {
      if (how == Keep::where_there_is_room) return;
      older_objects = std::exchange(objects, {});
      kept_objects = 0;
    }
    kept_objects += parsed.examined;
    objects.insert_or_assign(position, std::move(parsed));
  }

  /// What was read before the file was opened is not what it means.
  void forget_objects() {
    objects.clear();
    older_objects.clear();
    kept_objects = 0;
  }

  /// Valid until something else is kept.
  const Parsed* known(std::uint64_t position) {
    if (const auto found = objects.find(position); found != objects.end()) return &found->second;
    auto older = older_objects.extract(position);
    if (older.empty()) return nullptr;
    keep(position, std::move(older.mapped()));
    return &objects.find(position)->second;
  }
};

}  // namespace segell::signer::pdf
