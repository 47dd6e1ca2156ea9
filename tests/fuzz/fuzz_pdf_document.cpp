#include "signer/pdf/changes.h"
#include "signer/pdf/intake.h"
#include "signer/pdf/signatures.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

// Seeds: tests/support/sign_pdf.py (plain, sign --room 2048, update annotation), the first rewritten by qpdf
// --object-streams=generate and by qpdf --linearize.
// Any octets can be opened or refused, searched, compared and judged, however the sweep cuts them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  namespace pdf = signer::pdf;
  const base::BytesView octets{reinterpret_cast<const std::byte*>(data), size};
  const auto document = pdf::Document::open(pdf::borrow_source(octets));
  if (!document) return 0;
  pdf::Sweep whole(*document), cut(*document), again(*document);
  whole.feed(octets);
  again.feed(octets);
  for (std::size_t at = 0; at < size; at += 7) cut.feed(octets.subspan(at, std::min<std::size_t>(7, size - at)));
  if (whole.findings().size() != cut.findings().size()) std::abort();
  if (whole.byte_range_offsets() != cut.byte_range_offsets()) std::abort();
  std::vector<pdf::Range> read;
  if (const auto known = pdf::find_signatures(*document))
    for (const pdf::Signature& signature : *known) read.push_back(signature.object);
  std::ranges::sort(read, {}, &pdf::Range::offset);
  if (again.byte_range_offsets(read) != whole.byte_range_offsets()) std::abort();
  (void)pdf::find_signatures(*document, &whole).has_value();
  (void)pdf::changes_after(*document, 0).has_value();
  const auto facts = pdf::check_intake(*document);
  if (facts && (document->repaired() || document->has_anomaly()) && !facts->refused()) std::abort();
  return 0;
}
