#include "work.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

bool is_whole_file(const Case& file, const pdf::Signature& signature) {
  if (!signature.covers || *signature.covers != file.document.latest()) return false;
  // one end-of-line behind "%%EOF" belongs to the revision; anything more is not covered by anybody
  return file.document.length() <= std::max(file.document.revisions().back().end, signature.covered_end());
}

/// Octets that are no revision, or white space that no signature covers.
bool has_unexplained_tail(const Case& file) {
  const pdf::Revision& last = file.document.revisions().back();
  return !file.document.repaired() &&
         (last.end < file.document.length() || std::max(last.mark_end, file.signed_end) < file.document.length());
}

void judge_coverage(const Case& file, Work& work) {
  const pdf::Signature& signature = work.signature;
  if (!signature.covers) {
    work.verdict.coverage = Coverage::anomalous;
    work.break_format("pdf.coverage", "the signed octets do not end where a revision ends");
    return;
  }
  if (*signature.covers != signature.revision) {
    work.verdict.coverage = Coverage::anomalous;
    work.break_format("pdf.coverage", "the signed octets do not end with the revision that brought the signature");
    return;
  }
  if (has_unexplained_tail(file)) {
    work.verdict.coverage = Coverage::anomalous;
    work.break_format("pdf.coverage", "octets follow the last revision that are no revision");
    return;
  }
  work.verdict.coverage = is_whole_file(file, signature) ? Coverage::whole_file : Coverage::whole_revision;
  work.check("pdf.coverage", CheckStatus::pass, std::string(to_string(work.verdict.coverage)));
}

void judge_ranges(Work& work) {
  const pdf::Signature& signature = work.signature;
  for (const pdf::RangeFault& fault : signature.faults) work.break_format(std::string(fault.id), fault.words);
  if (!signature.byte_range && signature.faults.empty())
    work.break_format("pdf.byte-range", "the signature has no readable /ByteRange");
  if (signature.in_object_stream) work.break_format("pdf.contents", "the signature lies inside an object stream");
  if (signature.redefined)
    work.break_format("pdf.signature-object", "a later revision replaces or removes the signature itself");
  if (work.facts.format_holds) work.check("pdf.byte-range", CheckStatus::pass);
}

void judge_place(Work& work) {
  const pdf::Signature& signature = work.signature;
  if (signature.misplaced)
    work.break_format("pdf.field", "a field that is no signature field holds this signature");
  else if (signature.field_count > 1)
    work.break_format("pdf.field", "several fields hold this one signature");
  else if (signature.usage_rights)
    work.check("pdf.field", CheckStatus::pass, "held by /Perms: it grants usage rights to a viewer");
  else if (!signature.reachable)
    work.break_constraint("pdf.field", "no signature field of the document leads to this signature");
  else
    work.check("pdf.field", CheckStatus::pass);
}

}  // namespace

void judge_structure(const Case& file, Work& work) {
  judge_ranges(work);
  if (work.facts.format_holds) judge_coverage(file, work);
  judge_place(work);
  if (file.document.repaired())
    work.break_constraint("pdf.structure", "the file is damaged and had to be repaired to be read");
  else if (!file.structure_sound)
    work.break_constraint("pdf.structure", "the file is not built as an honest writer builds it");
  else
    work.check("pdf.structure", CheckStatus::pass);
  if (file.document.locked())
    work.break_constraint("pdf.encryption", file.document.locked()->message + "; what it shows was not read");
  else if (file.document.encrypted())
    work.check("pdf.encryption", CheckStatus::pass, "encrypted, and open to every reader");
}

}  // namespace segell::signer::ades
