#pragma once

#include <cstddef>
#include <cstdint>

/// Bounds of everything that reads an untrusted PDF. What lies outside is refused with limit_exceeded and reason
/// "pdf.limit.…", never cut short.
namespace segell::signer::pdf::limits {

inline constexpr std::size_t kDepth = 64;                     ///< nested arrays and dictionaries of one object
inline constexpr std::size_t kObjectBytes = 32U << 20U;       ///< one object's text, stream data not counted
inline constexpr std::size_t kObjectValues = 500'000;         ///< values in one object, nested ones counted
inline constexpr std::size_t kNameBytes = 4096;               ///< one name; the standard's own bound is 127
inline constexpr std::uint32_t kObjectNumber = 8'388'607;     ///< ISO 32000-1 annex C
inline constexpr std::size_t kEntries = 4'000'000;            ///< cross-reference entries of all revisions together
inline constexpr std::size_t kRevisions = 100'000;            ///< cross-reference sections
inline constexpr std::size_t kInflatedStream = 64U << 20U;    ///< one decoded stream
inline constexpr std::uint64_t kInflatedTotal = 1ULL << 30U;  ///< all decoding done for one document
inline constexpr std::size_t kFilters = 8;                    ///< filters of one stream
inline constexpr std::size_t kPages = 200'000;
inline constexpr std::size_t kTreeDepth = 64;  ///< page tree and field tree
inline constexpr std::size_t kFields = 200'000;
inline constexpr std::size_t kReferenceChain = 16;  ///< a reference to a reference to …
inline constexpr std::size_t kSignatures = 100'000;
inline constexpr std::size_t kFindings = 256;  ///< further ones are counted, not kept

}  // namespace segell::signer::pdf::limits
