#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>

namespace segell::signer::pdf {

base::Failure too_large();
base::Failure bad_filter(std::string_view what);

/// ISO 32000-1, table 8.
struct Predictor {
  std::int64_t kind = 1;
  std::int64_t colors = 1;
  std::int64_t bits = 8;
  std::int64_t columns = 1;
};

base::Result<base::Bytes> undo_predictor(base::Bytes octets, const Predictor& predictor);
base::Result<base::Bytes> decode_lzw(base::BytesView in, bool early_change, std::size_t max_bytes);
base::Result<base::Bytes> decode_ascii_hex(base::BytesView in);
base::Result<base::Bytes> decode_ascii85(base::BytesView in, std::size_t max_bytes);

}  // namespace segell::signer::pdf
