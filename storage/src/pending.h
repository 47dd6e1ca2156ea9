#pragma once

#include "base/random.h"
#include "journal/merkle.h"
#include "key_ring.h"
#include "storage/blob_store.h"
#include "storage/key_store.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace segell::storage {

/// An event that waits for its group's commit. Salt and event stay until the leaf was made a second time from them.
struct PendingEvent {
  journal::Salt salt{};
  base::Bytes event;
  journal::Leaf leaf{};
  std::optional<PersonId> subject;
  base::Bytes sealed;  ///< salt ‖ event under the subject's key; empty without a subject
};

/// Salts of a group, drawn several at a time: a call to the generator costs more than the octets it gives.
class SaltPool {
 public:
  journal::Salt next() {
    if (m_left == 0) {
      base::fill_random(m_octets);
      m_left = kDrawn;
    }
    --m_left;
    journal::Salt salt;
    std::copy_n(m_octets.begin() + static_cast<std::ptrdiff_t>(m_left * salt.size()), salt.size(), salt.begin());
    return salt;
  }

 private:
  static constexpr std::size_t kDrawn = 16;
  std::array<std::byte, kDrawn * sizeof(journal::Salt)> m_octets{};
  std::size_t m_left = 0;
};

/// What a group of use cases adds beside its rows. A refused use case cuts it back to where it began.
struct PendingGroup {
  std::uint64_t first_index = 0;  ///< of events.front()
  std::vector<PendingEvent> events;
  std::vector<NewKey> keys;
  std::vector<KeyOwner> destroy;
  std::vector<BlobName> blobs;  ///< that rows of this group name
  SaltPool salts;

  [[nodiscard]] bool erases(const KeyOwner& owner) const {
    return std::find(destroy.begin(), destroy.end(), owner) != destroy.end();
  }

  struct Mark {
    std::size_t events, keys, destroy, blobs;
  };
  [[nodiscard]] Mark mark() const { return {events.size(), keys.size(), destroy.size(), blobs.size()}; }
  void cut_back(const Mark& mark) {
    events.resize(mark.events);
    keys.resize(mark.keys);
    destroy.resize(mark.destroy);
    blobs.resize(mark.blobs);
  }
};

}  // namespace segell::storage
