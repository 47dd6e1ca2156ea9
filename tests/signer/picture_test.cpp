#include "signer/ink/picture.h"

#include "signer/pdf/filters.h"

#include <doctest/doctest.h>

using namespace segell;
using segell::signer::ink::Picture;

namespace {
// A diagonal stroke, three dots thick, on white.
base::Bytes stroke(std::uint32_t width, std::uint32_t height) {
  const std::size_t stride = (width + 7) / 8;
  base::Bytes rows(stride * height);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = y * width / height, end = std::min(x + 3, width); x < end; ++x)
      rows[y * stride + x / 8] |= static_cast<std::byte>(0x80U >> (x % 8));
  return rows;
}
}  // namespace

TEST_CASE("a picture keeps its dots and its size on paper") {
  const auto rows = stroke(1890, 709);
  const auto picture = Picture::parse_zlib(1890, 709, signer::pdf::deflate(rows)).value();
  CHECK(base::as_text(picture.rows()) == base::as_text(rows));
  CHECK(picture.width_points() == doctest::Approx(226.8));  // 80 mm
  CHECK(picture.height_points() == doctest::Approx(85.08));
}

TEST_CASE("the file gets our own compression of the dots, whatever the page sent") {
  const auto rows = stroke(800, 300);
  auto stored = signer::pdf::deflate(rows);
  const auto a = Picture::make(800, 300, rows).value().flate();
  const auto b = Picture::parse_zlib(800, 300, stored).value().flate();
  CHECK(a == b);
  CHECK(signer::pdf::inflate(a, rows.size()).value() == rows);
}

TEST_CASE("a picture of the wrong size, empty, full, cut short or padded with hidden bits is refused") {
  const auto rows = stroke(100, 50);
  const auto zlib = signer::pdf::deflate(rows);
  const auto reason = [](const base::Result<Picture>& result) {
    return result ? std::string() : std::string(result.error().reason);
  };
  CHECK(reason(Picture::parse_zlib(100, 50, zlib)).empty());
  CHECK(reason(Picture::parse_zlib(100, 51, zlib)) == "ink.malformed");
  CHECK(reason(Picture::parse_zlib(100, 49, zlib)) == "ink.malformed");
  CHECK(reason(Picture::parse_zlib(92, 50, zlib)) == "ink.malformed");
  CHECK(reason(Picture::parse_zlib(0, 50, zlib)) == "ink.size");
  CHECK(reason(Picture::parse_zlib(100, 4097, zlib)) == "ink.size");
  CHECK(reason(Picture::parse_zlib(4294967295U, 4294967295U, zlib)) == "ink.size");
  CHECK(reason(Picture::parse_zlib(100, 50, base::BytesView(zlib).first(zlib.size() / 2))) == "ink.malformed");
  CHECK(reason(Picture::parse_zlib(100, 50, {})) == "ink.malformed");
  CHECK(reason(Picture::parse_zlib(100, 50, base::as_bytes("no zlib at all"))) == "ink.malformed");
  CHECK(reason(Picture::make(100, 50, base::Bytes(13 * 50))) == "ink.empty");
  CHECK(reason(Picture::make(104, 50, base::Bytes(13 * 50, std::byte{0xFF}))) == "ink.full");
  auto hidden = rows;
  hidden[12] |= std::byte{1};  // column 103 of a picture 100 dots wide
  CHECK(reason(Picture::make(100, 50, hidden)) == "ink.malformed");
}

TEST_CASE("a small input that unfolds to a huge one is refused without unfolding it") {
  const auto bomb = signer::pdf::deflate(base::Bytes(64U << 20U));
  CHECK(bomb.size() < 200000);
  CHECK(Picture::parse_zlib(100, 50, bomb).error().reason == "ink.malformed");
}
