#include "signer/pdf/signatures.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::string_view kKey = "/ByteRange";
constexpr std::size_t kMaxOffsets = 4096;

}  // namespace

struct Sweep::State {
  const Document* document = nullptr;
  std::uint64_t position = 0;
  std::string tail;                 // the last octets of the piece before, for a key on the seam
  std::vector<std::uint64_t> seen;  // every place of the key
  mutable std::optional<std::vector<std::uint64_t>> outside;
  std::vector<Finding> findings;

  void note(std::uint64_t at) {
    if (seen.size() < kMaxOffsets) seen.push_back(at);
  }

  // The object that begins last at or before the place, if the place lies inside it.
  bool is_known(std::uint64_t at, const std::vector<XrefEntry>& sorted) const {
    auto next = std::upper_bound(sorted.begin(), sorted.end(), at,
                                 [](std::uint64_t place, const XrefEntry& entry) { return place < entry.position; });
    if (next == sorted.begin()) return false;
    const auto object = document->load_entry(*std::prev(next));
    if (!object) return false;
    if (at < object->where().end()) return true;
    const Stream* stream = object->as_stream();
    return stream != nullptr && at < stream->data.end();
  }
};

Sweep::Sweep(const Document& document) : m_state(std::make_unique<State>()) { m_state->document = &document; }
Sweep::~Sweep() = default;
Sweep::Sweep(Sweep&&) noexcept = default;
Sweep& Sweep::operator=(Sweep&&) noexcept = default;

void Sweep::feed(base::BytesView piece) {
  const std::string_view text = base::as_text(piece);
  const std::string seam = m_state->tail + std::string(text.substr(0, kKey.size() - 1));
  for (std::size_t at = seam.find(kKey); at != std::string::npos; at = seam.find(kKey, at + 1))
    m_state->note(m_state->position - m_state->tail.size() + at);
  for (std::size_t at = text.find(kKey); at != std::string_view::npos; at = text.find(kKey, at + 1))
    m_state->note(m_state->position + at);
  m_state->position += text.size();
  m_state->tail += text.substr(text.size() - std::min(text.size(), kKey.size() - 1));
  if (m_state->tail.size() > kKey.size() - 1) m_state->tail.erase(0, m_state->tail.size() - (kKey.size() - 1));
}

const std::vector<std::uint64_t>& Sweep::byte_range_offsets() const {
  if (m_state->outside) return *m_state->outside;
  std::vector<XrefEntry> sorted;
  if (!m_state->seen.empty()) {
    for (std::uint32_t number = 0; number < m_state->document->object_count(); ++number)
      for (const XrefEntry& entry : m_state->document->history_of(number))
        if (entry.kind == XrefEntry::Kind::offset) sorted.push_back(entry);
    std::sort(sorted.begin(), sorted.end(),
              [](const XrefEntry& a, const XrefEntry& b) { return a.position < b.position; });
  }
  m_state->outside.emplace();
  for (const std::uint64_t at : m_state->seen)
    if (!m_state->is_known(at, sorted)) m_state->outside->push_back(at);
  return *m_state->outside;
}

const std::vector<Finding>& Sweep::findings() const { return m_state->findings; }

}  // namespace segell::signer::pdf
