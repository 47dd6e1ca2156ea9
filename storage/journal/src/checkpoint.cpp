#include "journal/checkpoint.h"

#include "base/encoding.h"

#include <algorithm>
#include <charconv>

namespace segell::journal {

namespace {
using base::Code;
using base::fail;
using base::Result;
}  // namespace

Result<std::string> write_checkpoint(const Checkpoint& checkpoint) {
  for (const char c : checkpoint.origin)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return fail(Code::invalid_argument, "checkpoint.origin", "an origin holds no control characters");
  if (checkpoint.origin.empty() || !base::is_utf8(checkpoint.origin))
    return fail(Code::invalid_argument, "checkpoint.origin", "an origin is text and not empty");
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base::to_base64(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto malformed = [] { return fail(Code::malformed, "checkpoint.malformed", "not a checkpoint"); };
  if (!text.ends_with('\n')) return malformed();
  std::string_view lines[3];
  for (std::string_view& line : lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0) return malformed();
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (text.starts_with('\n') || text.find("\n\n") != std::string_view::npos) return malformed();  // an empty extension
  Checkpoint checkpoint;
  checkpoint.origin = std::string(lines[0]);
  const auto [end, error] = std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), checkpoint.size);
  if (error != std::errc() || end != lines[1].data() + lines[1].size() || std::to_string(checkpoint.size) != lines[1])
    return malformed();
  const auto root = base::from_base64(lines[2]);
  if (!root || root->size() != checkpoint.root.size()) return malformed();
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const VerifierKey& as, const base::SigningKey& key) {
  SEGELL_TRY(const std::string text, write_checkpoint(checkpoint));
  return sign_note(text, as, key);
}

Result<Checkpoint> verify_checkpoint(std::string_view note, const VerifierKey& log_key) {
  SEGELL_TRY(const Note verified, verify_note(note, {&log_key, 1}));
  SEGELL_TRY(Checkpoint checkpoint, parse_checkpoint(verified.text));
  if (checkpoint.origin != log_key.name())
    return fail(Code::untrusted, "checkpoint.origin", "the checkpoint speaks for another log");
  return checkpoint;
}

}  // namespace segell::journal
