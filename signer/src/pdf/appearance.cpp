#include "pdf/appearance.h"

#include "pdf/numbers.h"
#include "signer/pdf/import.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::uint32_t kLargestMask = 20'000;  ///< pixels a side

struct Placed {
  double x = 0;
  double y = 0;
  double scale = 0;
};

/// Scaled to fit the box, proportions kept, centred.
Placed fit(double width, double height, const Rect& box) {
  Placed out;
  if (width <= 0 || height <= 0) return out;
  out.scale = std::min(box.width() / width, box.height() / height);
  out.x = box.left + (box.width() - width * out.scale) / 2;
  out.y = box.bottom + (box.height() - height * out.scale) / 2;
  return out;
}

std::string matrix(double x_scale, double y_scale, double x, double y) {
  return number_text(x_scale) + " 0 0 " + number_text(y_scale) + " " + number_text(x) + " " + number_text(y) + " cm ";
}

/// Turns the appearance against the page's turn, so that both together stand upright.
std::string_view turn_of(int rotate) {
  switch (rotate) {
    case 90:
      return "/Matrix[0 1 -1 0 0 0]";
    case 180:
      return "/Matrix[-1 0 0 -1 0 0]";
    case 270:
      return "/Matrix[0 -1 1 0 0 0]";
    default:
      return "";
  }
}

/// Adds the page of a PDF, if there is one, as a form under this name.
base::Result<void> add_page(RevisionWriter& writer, const std::string& name, base::BytesView page, const Rect& box,
                            std::string& content, std::string& resources) {
  if (page.empty()) return base::ok();
  SEGELL_TRY(const auto document, Document::open_strict(borrow_source(page)));
  SEGELL_TRY(const auto form, import_page_as_form(writer, document, 0));
  const auto at = fit(form.width, form.height, box);
  content += "q " + matrix(at.scale, at.scale, at.x, at.y) + "/" + name + " Do Q\n";
  resources += "/" + name + " " + to_string(form.form) + " R";
  return base::ok();
}

}  // namespace

base::Result<Ref> write_appearance(RevisionWriter& writer, const SignatureAppearance& appearance, double width,
                                   double height, int rotate) {
  std::string content;
  std::string resources;
  if (appearance.ink) {
    const auto& ink = *appearance.ink;
    if (ink.width == 0 || ink.height == 0 || ink.width > kLargestMask || ink.height > kLargestMask) {
      return base::fail(base::Code::invalid_argument, "pdf.ink-mask", "the ink picture's size is out of bounds");
    }
    const Ref image = writer.add_stream("/Type/XObject/Subtype/Image/Width " + std::to_string(ink.width) + "/Height " +
                                            std::to_string(ink.height) +
                                            "/ImageMask true/BitsPerComponent 1/Decode[1 0]/Filter/FlateDecode",
                                        ink.deflated);
    const auto at = fit(ink.width, ink.height, appearance.ink_box);
    content += "q 0 g " + matrix(ink.width * at.scale, ink.height * at.scale, at.x, at.y) + "/Ink Do Q\n";
    resources += "/Ink " + to_string(image) + " R";
  }
  SEGELL_CHECK(add_page(writer, "Statement", appearance.statement, appearance.statement_box, content, resources));
  SEGELL_CHECK(add_page(writer, "Time", appearance.time, appearance.time_box, content, resources));
  return writer.add_stream("/Type/XObject/Subtype/Form/BBox" + rect_text({0, 0, width, height}) +
                               std::string(turn_of(rotate)) + "/Resources<</XObject<<" + resources + ">>>>",
                           base::as_bytes(content));
}

}  // namespace segell::signer::pdf
