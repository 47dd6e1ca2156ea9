#pragma once

#include "journal/merkle.h"
#include "key_ring.h"
#include "storage/key_store.h"

#include <cstdint>
#include <vector>

namespace segell::storage {

/// An event that waits for its group's commit. Salt and event stay until the leaf was made a second time from them.
struct PendingEvent {
  journal::Salt salt{};
  base::Bytes event;
  journal::Leaf leaf{};
};

/// What a group of use cases adds beside its rows. A refused use case cuts it back to where it began.
struct PendingGroup {
  std::uint64_t first_index = 0;  ///< of events.front()
  std::vector<PendingEvent> events;
  std::vector<NewKey> keys;
  std::vector<KeyOwner> destroy;

  struct Mark {
    std::size_t events, keys, destroy;
  };
  [[nodiscard]] Mark mark() const { return {events.size(), keys.size(), destroy.size()}; }
  void cut_back(const Mark& mark) {
    events.resize(mark.events);
    keys.resize(mark.keys);
    destroy.resize(mark.destroy);
  }
};

}  // namespace segell::storage
