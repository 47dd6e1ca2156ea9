#pragma once

#include "pending.h"
#include "storage/evidence.h"

#include <cstdint>
#include <string>
#include <vector>

namespace segell::storage {

// Openings at rest. One of an event with a subject is a row of its own (salt ‖ event, sealed under the subject's key,
// bound to its place in the log), so that erasing a person deletes rows. All others of a commit lie together in chunks
// under the tenant's key: they go only with the tenant, and one seal costs what one event's would.

inline std::string opening_context(std::uint64_t log_index) { return "opening." + std::to_string(log_index); }

/// A chunk closes with this many openings, or once it holds this many octets: what reading one opening may cost.
inline constexpr std::size_t kChunkOpenings = 256;
inline constexpr std::size_t kChunkOctets = 65536;

/// Writes the openings of a group, less those of persons that the same group erases. Fills in what stands in front of
/// the shared ones.
base::Result<void> write_openings(const Scope& scope, PendingGroup& group);

/// The openings of the chunk that begins with entry `first`. Error: corrupt "storage.column".
base::Result<std::vector<Opening>> open_chunk(const Scope& scope, std::uint64_t first, base::BytesView sealed);

/// An opening out of salt ‖ event. Error: corrupt "storage.column".
base::Result<Opening> parse_opening(std::uint64_t log_index, base::BytesView plain);

}  // namespace segell::storage
