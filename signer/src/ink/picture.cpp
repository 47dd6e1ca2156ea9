#include "signer/ink/picture.h"

#include "signer/pdf/filters.h"

#include <bit>
#include <string>

namespace segell::signer::ink {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {
std::size_t row_octets(std::uint32_t width) { return (width + 7U) / 8U; }

bool sides_fit(std::uint32_t width, std::uint32_t height) {
  return width >= 1 && height >= 1 && width <= Picture::kMaxSide && height <= Picture::kMaxSide;
}

base::Failure size_failure(std::uint32_t width, std::uint32_t height) {
  return fail(Code::invalid_argument, "ink.size",
              "a picture of " + std::to_string(width) + " by " + std::to_string(height) + " dots",
              "each side has 1 to 4096 dots");
}

base::Failure malformed_picture(std::string message) {
  return fail(Code::malformed, "ink.malformed", std::move(message));
}
}  // namespace

Result<Picture> Picture::parse_zlib(std::uint32_t width, std::uint32_t height, BytesView zlib) {
  if (!sides_fit(width, height)) return size_failure(width, height);
  const std::size_t size = row_octets(width) * height;  // at most 2 MiB
  auto rows = pdf::inflate(zlib, size);
  if (!rows && rows.error().code == Code::limit_exceeded)
    return malformed_picture("the picture is larger than the size that it states");
  if (!rows) return malformed_picture("the picture is no complete zlib stream");
  return make(width, height, *std::move(rows));
}

Result<Picture> Picture::make(std::uint32_t width, std::uint32_t height, Bytes rows) {
  if (!sides_fit(width, height)) return size_failure(width, height);
  const std::size_t stride = row_octets(width);
  if (rows.size() != stride * height) return malformed_picture("the picture does not have the size that it states");
  const unsigned padding_mask = (1U << (stride * 8 - width)) - 1U;
  std::size_t dots = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto octet = std::to_integer<unsigned>(rows[i]);
    // Padding bits are invisible, so they could carry something that nobody sees.
    if ((i + 1) % stride == 0 && (octet & padding_mask)) return malformed_picture("padding bits of a row are set");
    dots += static_cast<std::size_t>(std::popcount(octet));
  }
  if (dots == 0) return fail(Code::invalid_argument, "ink.empty", "the picture shows nothing", "sign again");
  if (dots > std::size_t{width} * height / 2)
    return fail(Code::invalid_argument, "ink.full", "more than half of the picture is ink: no trace of a pen",
                "set bits are ink; check that the picture is not inverted");
  return Picture(width, height, std::move(rows));
}

Bytes Picture::flate() const { return pdf::deflate(m_rows); }

}  // namespace segell::signer::ink
