#pragma once

#include "signer/pdf/document.h"
#include "signer/pdf/parser.h"

#include <optional>

namespace segell::signer::pdf {

/// One cross-reference section as it stands in the file.
struct Section {
  std::uint64_t offset = 0;
  std::uint64_t end = 0;  ///< behind the trailer dictionary or the stream's "endobj"
  bool is_stream = false;
  Dictionary trailer;
  std::vector<XrefEntry> entries;
};

/// Reads the table or stream at the offset that startxref, /Prev or /XRefStm gave. Errors: malformed "pdf.xref";
/// limit_exceeded "pdf.limit.entries".
base::Result<Section> read_section(const ByteSource& source, std::uint64_t offset, std::size_t max_entries);

/// What follows a section: "startxref N %%EOF".
struct Ending {
  std::uint64_t startxref = 0;
  std::uint64_t eof = 0;        ///< behind "%%EOF"
  std::uint64_t end = 0;        ///< and its end-of-line
  std::uint64_t white_end = 0;  ///< and all white space, up to a bound
};
base::Result<Ending> read_ending(const ByteSource& source, std::uint64_t offset);

/// What the chain of sections amounts to.
struct Chain {
  std::vector<Revision> revisions;
  std::vector<XrefEntry> entries;                  ///< by number, then revision
  std::vector<std::uint32_t> revision_of_section;  ///< oldest first; for chain.cpp alone
  std::vector<Finding> findings;
  bool repaired = false;
};

/// Follows the chain from the last startxref. Errors: malformed where the strict reader must give up.
base::Result<Chain> read_chain(const ByteSource& source);
/// Scans for "N G obj" instead: one revision, marked repaired. Error: malformed "pdf.unreadable".
base::Result<Chain> rebuild_chain(const ByteSource& source, std::string why);

void add_finding(std::vector<Finding>& findings, std::string_view id, Weight weight, std::string words);

}  // namespace segell::signer::pdf
