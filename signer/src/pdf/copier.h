#pragma once

#include "signer/pdf/revision_writer.h"

#include <deque>
#include <map>

namespace segell::signer::pdf {

/// Copies objects of another document into a revision, each once, under new numbers; streams keep their filters.
class Copier {
 public:
  Copier(RevisionWriter& writer, const Document& from) : m_writer(writer), m_from(from) {}

  /// The number that the object will have here.
  Ref copied(Ref ref);
  /// The value as text, its references renamed and queued.
  std::string text_of(const Object& object);
  /// Entries of a stream or plain dictionary without those that only make sense in its own document.
  std::string entries_of(const Dictionary& dictionary);
  /// Writes everything queued. Errors: load's; limit_exceeded "pdf.limit.import".
  base::Result<void> flush();

 private:
  RevisionWriter& m_writer;
  const Document& m_from;
  std::map<Ref, Ref> m_renamed;
  std::deque<Ref> m_queue;
};

}  // namespace segell::signer::pdf
