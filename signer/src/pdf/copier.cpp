#include "pdf/copier.h"

#include "signer/pdf/limits.h"
#include "signer/pdf/parser.h"

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kObjects = 10'000;

/// Keys that tie an object to the structure tree or pages of its own document.
bool stays_behind(std::string_view key) {
  return key == "Length" || key == "StructParent" || key == "StructParents" || key == "Parent" || key == "P" ||
         key == "OC" || key == "Metadata" || key == "PieceInfo" || key == "LastModified";
}

}  // namespace

Ref Copier::copied(Ref ref) {
  const auto [place, fresh] = m_renamed.try_emplace(ref);
  if (fresh) {
    place->second = m_writer.reserve();
    m_queue.push_back(ref);
  }
  return place->second;
}

std::string Copier::text_of(const Object& object) {
  std::string out;
  write_object(out, object, [this](Ref ref) { return copied(ref); });
  return out;
}

std::string Copier::entries_of(const Dictionary& dictionary) {
  Dictionary kept;
  for (const auto& entry : dictionary.entries()) {
    if (!stays_behind(entry.key)) kept.add(entry.key, entry.value);
  }
  std::string out;
  write_dictionary(out, kept, [this](Ref ref) { return copied(ref); });
  return out.substr(2, out.size() - 4);
}

base::Result<void> Copier::flush() {
  while (!m_queue.empty()) {
    if (m_renamed.size() > kObjects) {
      return base::fail(base::Code::limit_exceeded, "pdf.limit.import", "a page to be imported uses too many objects");
    }
    const Ref from = m_queue.front();
    m_queue.pop_front();
    const Ref to = m_renamed.at(from);
    SEGELL_TRY(const auto object, m_from.load(from));
    if (const auto* stream = object.as_stream()) {
      SEGELL_TRY(const auto raw, m_from.raw(*stream, limits::kInflatedStream));
      m_writer.define_stream(to, entries_of(stream->dictionary), raw);
    } else if (const auto* dictionary = object.as_dictionary()) {
      m_writer.define(to, "<<" + entries_of(*dictionary) + ">>");
    } else {
      m_writer.define(to, text_of(object));
    }
  }
  return base::ok();
}

}  // namespace segell::signer::pdf
