#include "signer/pdf/filters.h"

#include "pdf/codecs.h"
#include "signer/pdf/limits.h"

#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_Function.hh>
#include <qpdf/Pl_RunLength.hh>

#include <exception>

namespace segell::signer::pdf {
namespace {

constexpr unsigned kBuffer = 16U << 10U;

struct TooLarge final : std::exception {};

/// Runs one of qpdf's pipelines over the octets, its output bounded.
template <class MakeStage>
base::Result<base::Bytes> run_stage(base::BytesView in, std::size_t max_bytes, const MakeStage& make) {
  base::Bytes out;
  bool complete = true;
  try {
    Pl_Function sink("sink", nullptr, [&](unsigned char const* data, std::size_t length) {
      if (length > max_bytes - out.size()) throw TooLarge();
      base::append(out, base::BytesView(reinterpret_cast<const std::byte*>(data), length));
    });
    const auto stage = make(&sink, complete);
    stage->write(base::as_u8(in), in.size());
    stage->finish();
  } catch (const TooLarge&) {
    return too_large();
  } catch (const std::exception&) {
    return bad_filter("a stream's compressed data is damaged");
  }
  if (!complete) return bad_filter("a stream's compressed data ends early");
  return out;
}

base::Result<base::Bytes> inflate_bounded(base::BytesView in, std::size_t max_bytes) {
  return run_stage(in, max_bytes, [](Pipeline* next, bool& complete) {
    auto stage = std::make_unique<Pl_Flate>("inflate", next, Pl_Flate::a_inflate, kBuffer);
    stage->setWarnCallback([&complete](char const*, int) { complete = false; });
    return stage;
  });
}

base::Result<base::Bytes> run_length(base::BytesView in, std::size_t max_bytes) {
  return run_stage(in, max_bytes, [](Pipeline* next, bool&) {
    return std::make_unique<Pl_RunLength>("run length", next, Pl_RunLength::a_decode);
  });
}

std::int64_t parameter(const Dictionary* parameters, std::string_view key, std::int64_t fallback) {
  const auto* value = parameters == nullptr ? nullptr : parameters->integer(key);
  return value == nullptr ? fallback : *value;
}

base::Result<base::Bytes> predicted(base::Bytes octets, const Dictionary* parameters) {
  Predictor predictor;
  predictor.kind = parameter(parameters, "Predictor", 1);
  predictor.colors = parameter(parameters, "Colors", 1);
  predictor.bits = parameter(parameters, "BitsPerComponent", 8);
  predictor.columns = parameter(parameters, "Columns", 1);
  return undo_predictor(std::move(octets), predictor);
}

base::Result<base::Bytes> apply(std::string_view filter, const Dictionary* parameters, base::BytesView in,
                                std::size_t max_bytes) {
  if (filter == "FlateDecode" || filter == "Fl") {
    SEGELL_TRY(auto octets, inflate_bounded(in, max_bytes));
    return predicted(std::move(octets), parameters);
  }
  if (filter == "LZWDecode" || filter == "LZW") {
    SEGELL_TRY(auto octets, decode_lzw(in, parameter(parameters, "EarlyChange", 1) != 0, max_bytes));
    return predicted(std::move(octets), parameters);
  }
  if (filter == "ASCIIHexDecode" || filter == "AHx") return decode_ascii_hex(in);
  if (filter == "ASCII85Decode" || filter == "A85") return decode_ascii85(in, max_bytes);
  if (filter == "RunLengthDecode" || filter == "RL") return run_length(in, max_bytes);
  if (filter == "Crypt") return base::to_bytes(in);  // names how the stream is encrypted: undone before all filters
  return base::fail(base::Code::unsupported, "pdf.filter-unknown", "a stream has a filter that is not read here");
}

}  // namespace

base::Result<base::Bytes> decode_stream(const Dictionary& dictionary, base::BytesView raw, std::size_t max_bytes) {
  const auto* filter = dictionary.find("Filter");
  const auto* parameters = dictionary.find("DecodeParms");
  if (filter == nullptr) {
    if (raw.size() > max_bytes) return too_large();
    return base::to_bytes(raw);
  }
  if (const auto* name = filter->as_name()) {
    const auto* first = parameters == nullptr ? nullptr : parameters->as_dictionary();
    if (const auto* list = parameters == nullptr ? nullptr : parameters->as_array();
        list != nullptr && !list->empty()) {
      first = list->front().as_dictionary();
    }
    return apply(*name, first, raw, max_bytes);
  }
  const auto* names = filter->as_array();
  if (names == nullptr || names->size() > limits::kFilters) return bad_filter("a stream's /Filter is malformed");
  const auto* list = parameters == nullptr ? nullptr : parameters->as_array();
  base::Bytes octets;
  base::BytesView in = raw;
  if (names->empty()) return base::to_bytes(raw);
  for (std::size_t i = 0; i < names->size(); ++i) {
    const auto* name = (*names)[i].as_name();
    if (name == nullptr) return bad_filter("a stream's /Filter is malformed");
    const auto* own = list != nullptr && i < list->size() ? (*list)[i].as_dictionary() : nullptr;
    if (names->size() == 1 && parameters != nullptr && list == nullptr) own = parameters->as_dictionary();
    SEGELL_TRY(auto next, apply(*name, own, in, max_bytes));
    octets = std::move(next);
    in = octets;
  }
  return octets;
}

base::Bytes deflate(base::BytesView octets) {
  base::Bytes out;
  Pl_Function sink("sink", nullptr, [&](unsigned char const* data, std::size_t length) {
    base::append(out, base::BytesView(reinterpret_cast<const std::byte*>(data), length));
  });
  Pl_Flate stage("deflate", &sink, Pl_Flate::a_deflate);
  stage.write(base::as_u8(octets), octets.size());
  stage.finish();
  return out;
}

base::Result<base::Bytes> inflate(base::BytesView zlib, std::size_t max_bytes) {
  return inflate_bounded(zlib, max_bytes);
}

}  // namespace segell::signer::pdf
