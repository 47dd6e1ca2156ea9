// Checkpoint texts, tile paths, tiles and entry bundles.
#include "journal/checkpoint.h"
#include "journal/tile.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell::journal;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto checkpoint = parse_checkpoint(text)) {
    // Origins of other logs may hold what ours never do; those that we would write must come back.
    const auto written = write_checkpoint(*checkpoint);
    if (written && (!text.starts_with(*written) || !parse_checkpoint(*written))) std::abort();
  }
  if (const auto path = parse_tile_path(text)) {
    if ((path->entries ? entries_path(path->tile.index, path->tile.width) : tile_path(path->tile)) != text)
      std::abort();
  }
  const auto octets = segell::base::as_bytes(text);
  if (const auto entries = parse_bundle(octets)) {
    segell::base::Bytes again;
    for (const auto entry : *entries)
      if (!append_entry(again, entry)) std::abort();
    if (again.size() != size) std::abort();
  }
  (void)parse_tile(octets);
  return 0;
}
