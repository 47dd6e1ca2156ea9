#pragma once

#include "base/secret.h"
#include "journal/merkle.h"
#include "key_ring.h"
#include "storage/blob_store.h"
#include "storage/key_store.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace segell::storage {

/// What stands in front of an opening in a chunk (opening.h): written when the chunk is.
inline constexpr std::size_t kOpeningHeader = 8;

/// An event that waits for its group's commit. Its opening, salt ‖ event, lies among those of its group until the leaf
/// was made a second time from it.
struct PendingEvent {
  std::size_t at = 0;      ///< of the opening, in PendingGroup::shared or, with a subject, in PendingGroup::own
  std::size_t length = 0;  ///< of the opening
  journal::Leaf leaf{};
  std::optional<PersonId> subject;
  base::Bytes sealed;  ///< the opening under the subject's key; empty without a subject
};

/// What a group of use cases adds beside its rows. A refused use case cuts it back to where it began. One object serves
/// one group after the other, so that a group finds its memory ready.
struct PendingGroup {
  std::uint64_t first_index = 0;  ///< of events.front()
  std::vector<PendingEvent> events;
  base::Bytes shared;  ///< openings that will lie in chunks, each behind kOpeningHeader octets
  base::Bytes own;     ///< openings of events with a subject
  std::vector<NewKey> keys;
  std::vector<KeyOwner> destroy;
  std::vector<BlobName> blobs;  ///< that rows of this group name

  [[nodiscard]] base::BytesView opening_of(const PendingEvent& event) const {
    return base::BytesView(event.subject ? own : shared).subspan(event.at, event.length);
  }
  [[nodiscard]] bool erases(const KeyOwner& owner) const {
    return std::find(destroy.begin(), destroy.end(), owner) != destroy.end();
  }

  struct Mark {
    std::size_t events, shared, own, keys, destroy, blobs;
  };
  [[nodiscard]] Mark mark() const {
    return {events.size(), shared.size(), own.size(), keys.size(), destroy.size(), blobs.size()};
  }
  /// Openings in clear do not stay behind.
  void cut_back(const Mark& mark) {
    events.resize(mark.events);
    base::wipe(std::span(shared).subspan(mark.shared));
    base::wipe(std::span(own).subspan(mark.own));
    shared.resize(mark.shared);
    own.resize(mark.own);
    keys.resize(mark.keys);
    destroy.resize(mark.destroy);
    blobs.resize(mark.blobs);
  }
  /// Empties it for the next group.
  void clear() {
    constexpr std::size_t kMostKept = 1 << 20;
    cut_back({});
    if (shared.capacity() > kMostKept) shared = {};
    if (own.capacity() > kMostKept) own = {};
  }
};

}  // namespace segell::storage
