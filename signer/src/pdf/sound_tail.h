#pragma once

#include "pdf/xref.h"

#include <optional>

namespace segell::signer::pdf {

/// Revisions at the end of a damaged file that are whole by themselves: each with a section of its own that places
/// objects of its own, a startxref that names it and %%EOF, one directly behind the other and up to the end of the
/// file.
struct SoundTail {
  Ending base;                      ///< of what stands before them, and cannot be read so
  std::vector<Revision> revisions;  ///< oldest first; what stands before is revision 0
  std::vector<XrefEntry> entries;   ///< of all of them
};

/// Whoever signs or extends a damaged file writes such revisions behind it. Nothing where the damage lies in the end of
/// the file, or where nothing ends before them.
std::optional<SoundTail> find_sound_tail(const ByteSource& source);

/// What scanning found of the first revision, with the revisions of a sound tail behind it.
Chain join_tail(Chain base, SoundTail tail);

}  // namespace segell::signer::pdf
