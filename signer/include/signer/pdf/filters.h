#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

namespace segell::signer::pdf {

/// Undoes the filters that the stream dictionary names (FlateDecode and LZWDecode with predictors, ASCIIHexDecode,
/// ASCII85Decode, RunLengthDecode; ISO 32000-1, 7.4); Crypt is the caller's to undo before. /Filter and /DecodeParms
/// must be direct. Errors: malformed "pdf.filter"; unsupported "pdf.filter-unknown" (image filters); limit_exceeded
/// "pdf.limit.inflate".
base::Result<base::Bytes> decode_stream(const Dictionary& dictionary, base::BytesView raw, std::size_t max_bytes);

/// zlib stream (RFC 1950) for /FlateDecode; the same octets for the same input.
base::Bytes deflate(base::BytesView octets);
/// Errors: malformed "pdf.filter"; limit_exceeded "pdf.limit.inflate".
base::Result<base::Bytes> inflate(base::BytesView zlib, std::size_t max_bytes);

}  // namespace segell::signer::pdf
