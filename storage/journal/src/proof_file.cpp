#include "journal/proof_file.h"

#include "base/encoding.h"
#include "journal/proof.h"

#include <algorithm>
#include <charconv>

namespace segell::journal {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kMaxHashes = 63;

/// Takes a line off the front; nullopt-like empty view with `ok` false when no newline is left.
bool take_line(std::string_view& text, std::string_view& line) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

}  // namespace

std::string write_proof_file(const ProofFile& file) {
  std::string text(kHeader);
  text += "\n";
  if (!file.extra.empty()) text += "extra " + base::to_base64(file.extra) + "\n";
  text += "index " + std::to_string(file.index) + "\n";
  for (const Hash& hash : file.proof) text += base::to_base64(hash) + "\n";
  return text + "\n" + file.checkpoint;
}

Result<ProofFile> parse_proof_file(std::string_view text) {
  const auto malformed = [] { return fail(Code::malformed, "tlog-proof.malformed", "not a log proof"); };
  if (text.size() > kMaxNoteSize) return malformed();
  ProofFile file;
  std::string_view line;
  if (!take_line(text, line) || line != kHeader || !take_line(text, line)) return malformed();
  if (line.starts_with("extra ")) {
    auto extra = base::from_base64(line.substr(6));
    if (!extra || extra->empty() || !take_line(text, line)) return malformed();
    file.extra = *std::move(extra);
  }
  if (!line.starts_with("index ")) return malformed();
  line.remove_prefix(6);
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), file.index);
  if (error != std::errc() || end != line.data() + line.size() || std::to_string(file.index) != line)
    return malformed();
  while (true) {
    if (!take_line(text, line)) return malformed();
    if (line.empty()) break;
    const auto octets = base::from_base64(line);
    if (!octets || octets->size() != sizeof(Hash) || file.proof.size() == kMaxHashes) return malformed();
    std::copy(octets->begin(), octets->end(), file.proof.emplace_back().begin());
  }
  file.checkpoint = std::string(text);
  if (!parse_note(file.checkpoint)) return malformed();
  return file;
}

Result<Checkpoint> verify_proof_file(const ProofFile& file, base::BytesView entry, const VerifierKey& log_key) {
  SEGELL_TRY(Checkpoint checkpoint, verify_checkpoint(file.checkpoint, log_key));
  if (!verify_inclusion(file.index, checkpoint.size, leaf_hash(entry), checkpoint.root, file.proof))
    return fail(Code::untrusted, "tlog-proof.not-included", "the proof does not lead from the entry to the root");
  return checkpoint;
}

}  // namespace segell::journal
