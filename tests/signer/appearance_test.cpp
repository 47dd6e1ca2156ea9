#include "signer/ades/seal.h"

#include "support/example_pki.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace segell;
using namespace segell::signer;
using namespace segell::signer::ades;

namespace {
// A capital gamma: a bar down the left side and one along the top. No turn or mirror of it looks the same.
ink::Picture gamma(std::uint32_t width, std::uint32_t height, std::uint32_t bar) {
  const std::size_t stride = (width + 7) / 8;
  base::Bytes rows(stride * height);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < (y < bar ? width : bar); ++x)
      rows[y * stride + x / 8] |= static_cast<std::byte>(0x80U >> (x % 8));
  return ink::Picture::make(width, height, std::move(rows)).value();
}

std::string seal_with(const std::string& pdf, const SealAppearance& appearance, const pdf::Rect& rect) {
  static const Sealer kSealer = Sealer::make(tests::pki_identity("seal-p256")).value();
  const auto document = pdf::Document::open(pdf::borrow_source(base::as_bytes(pdf))).value();
  SealRequest request;
  request.place = pdf::VisibleField{"", 0, rect};
  request.appearance = appearance;
  const auto revision = kSealer.seal(document, std::move(request), TimeDemand::none, nullptr);
  if (!revision) FAIL(revision.error().message);
  return pdf + base::to_text(revision->bytes);
}

// Grey value at a point of the displayed page (points, origin lower left), rendered at 144 dpi.
unsigned grey_at(const tests::Rendering& page, double x, double y) {
  return page.at(static_cast<int>(x * 2), page.height - 1 - static_cast<int>(y * 2));
}
}  // namespace

TEST_CASE("ink stands upright at its place on pages turned any way, classic or with object streams") {
  const pdf::Rect field{100, 100, 300, 180};
  for (const int rotate : {0, 90, 180, 270}) {
    for (const bool object_streams : {false, true}) {
      CAPTURE(rotate);
      std::string pdf = tests::make_sample_pdf({.rotate = rotate});
      if (object_streams) pdf = tests::with_object_streams(pdf);
      SealAppearance appearance;
      appearance.ink = gamma(480, 240, 40);
      appearance.ink_box = {0, 0, 100, 80};
      const std::string sealed = seal_with(pdf, appearance, field);
      if (const char* folder = std::getenv("SEGELL_KEEP_RENDERINGS"))
        tests::write_file(std::filesystem::path(folder) / ("ink-" + std::to_string(rotate) + ".pdf"), sealed);
      CHECK(tests::qpdf_complaints(sealed) == "");
      CHECK(tests::pdfsig(sealed).at(0).valid);
      // The picture is 2:1 in a box of 100 × 80: 100 × 50 points, centred, so from (100, 115) to (200, 165).
      const auto page = tests::render(sealed, 1, 144);
      CHECK(page.width == (rotate % 180 ? 1684 : 1190));
      CHECK(grey_at(page, 103, 140) < 64);   // the bar down the left
      CHECK(grey_at(page, 103, 117) < 64);   // its foot
      CHECK(grey_at(page, 150, 162) < 64);   // the bar along the top
      CHECK(grey_at(page, 197, 162) < 64);   // its end
      CHECK(grey_at(page, 150, 140) > 192);  // inside, no ink
      CHECK(grey_at(page, 197, 118) > 192);  // the corner opposite
      CHECK(grey_at(page, 103, 112) > 192);  // below it
      CHECK(grey_at(page, 103, 168) > 192);  // above it
      CHECK(grey_at(page, 97, 140) > 192);
    }
  }
}

TEST_CASE("the statement stands beside the ink, in its box") {
  // A page of 200 × 100 points, black in its lower half.
  std::string statement = tests::make_sample_pdf({.pages = 1});
  const auto put = [&](std::string_view from, std::string_view to) {
    const auto at = statement.find(from);
    REQUIRE(at != std::string::npos);
    REQUIRE(from.size() == to.size());
    statement.replace(at, from.size(), to);
  };
  put("[0 0 595 842]", "[0 0 200 100]");
  put("0.8 G 20 20 555 802 re S BT /F1 18 Tf 60 780 Td", "0 g 0 0 200 50 re f                            ");
  put("(Full d'exemple, pagina 1) Tj ET", "                                ");

  SealAppearance appearance;
  appearance.ink = gamma(480, 240, 40);
  appearance.ink_box = {0, 0, 100, 50};
  appearance.statement = base::to_bytes(statement);
  appearance.statement_box = {100, 0, 200, 50};
  for (const int rotate : {0, 90}) {
    const std::string sealed = seal_with(tests::make_sample_pdf({.rotate = rotate}), appearance, {100, 100, 300, 150});
    CHECK(tests::qpdf_complaints(sealed) == "");
    CHECK(tests::pdfsig(sealed).at(0).valid);
    const auto page = tests::render(sealed, 1, 144);
    CHECK(grey_at(page, 103, 125) < 64);   // ink
    CHECK(grey_at(page, 250, 110) < 64);   // the statement's lower half
    CHECK(grey_at(page, 250, 140) > 192);  // its upper half
    CHECK(grey_at(page, 203, 105) < 64);
  }
  // The time is a page of its own, below.
  appearance.statement_box = {100, 20, 200, 50};
  appearance.time = base::to_bytes(statement);
  appearance.time_box = {100, 0, 200, 10};
  const std::string sealed = seal_with(tests::make_sample_pdf({}), appearance, {100, 100, 300, 150});
  CHECK(tests::qpdf_complaints(sealed) == "");
  const auto page = tests::render(sealed, 1, 144);
  CHECK(grey_at(page, 250, 128) < 64);   // the statement's lower half
  CHECK(grey_at(page, 250, 145) > 192);  // its upper half
  CHECK(grey_at(page, 250, 102) < 64);   // the time's lower half
  CHECK(grey_at(page, 250, 107) > 192);  // its upper half
}

TEST_CASE("the same dots drawn in any order give the same appearance") {
  const auto picture = gamma(480, 240, 40);
  const auto again = ink::Picture::make(480, 240, base::to_bytes(picture.rows())).value();
  CHECK(picture.flate() == again.flate());
}
