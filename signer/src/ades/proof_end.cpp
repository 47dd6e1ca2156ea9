#include "signer/ades/proof_end.h"

#include "signer/ades/cms.h"
#include "signer/ades/timestamp_token.h"
#include "signer/pdf/document.h"
#include "signer/pdf/signatures.h"

#include <algorithm>

namespace segell::signer::ades {

namespace {

std::optional<base::Instant> end_of_token(base::BytesView der) {
  const auto token = TimestampToken::parse(der);
  if (!token) return std::nullopt;
  const auto signer = check_timestamp_signature(*token).signer;
  return signer ? std::optional(signer->not_after()) : std::nullopt;
}

}  // namespace

base::Result<std::optional<base::Instant>> proof_end(const pdf::SourcePtr& document) {
  SEGELL_TRY(const auto opened, pdf::Document::open(document));
  SEGELL_TRY(const auto signatures, pdf::find_signatures(opened));
  std::optional<base::Instant> newest, earliest;
  for (const pdf::Signature& one : signatures) {
    const auto message = parse_cms(one.contents);
    if (!message || !one.reachable) continue;
    if (one.document_timestamp) {
      // In the order of their revisions: a later one covers the earlier.
      if (const auto end = end_of_token(base::BytesView(one.contents).first(message->length))) newest = end;
      continue;
    }
    for (const base::Bytes& token : message->timestamps)
      if (const auto end = end_of_token(token)) earliest = std::min(earliest.value_or(*end), *end);
  }
  return newest ? newest : earliest;
}

}  // namespace segell::signer::ades
