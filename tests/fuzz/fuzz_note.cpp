// Signed notes and verifier keys: whatever is accepted must be written back as it came.
#include "journal/note.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell::journal;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = parse_note(text)) {
    if (note->signatures.empty() || !text.starts_with(note->text)) std::abort();
  }
  if (const auto key = VerifierKey::parse(text)) {
    const auto again = VerifierKey::parse(key->text());
    if (!again || again->id() != key->id()) std::abort();
    (void)verify_note(text, {&*key, 1});
  }
  return 0;
}
