#include "signer/pdf/import.h"

#include "pdf/copier.h"
#include "pdf/numbers.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/pages.h"
#include "signer/pdf/parser.h"

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kImportedPages = 100;

base::Failure bad_page(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.page", std::string(what));
}

/// A page's content as one stream: entries for its dictionary and raw octets.
struct Content {
  std::string entries;
  base::Bytes raw;
};

base::Result<Content> content_of(Copier& copier, const Document& from, const Page& page) {
  Content content;
  SEGELL_TRY(const auto value, from.get(*page.object.as_dictionary(), "Contents"));
  if (value.is_null()) return content;
  if (const auto* stream = value.as_stream()) {
    content.entries = copier.entries_of(stream->dictionary);
    SEGELL_TRY(content.raw, from.raw(*stream, limits::kInflatedStream));
    return content;
  }
  const auto* parts = value.as_array();
  if (parts == nullptr) return bad_page("a page's content is no stream");
  base::Bytes joined;
  for (const auto& part : *parts) {
    SEGELL_TRY(const auto object, from.resolve(part));
    const auto* stream = object.as_stream();
    if (stream == nullptr) return bad_page("a page's content is no stream");
    SEGELL_TRY(const auto octets, from.decode(*stream, limits::kInflatedStream - joined.size()));
    base::append(joined, octets);
    base::append(joined, "\n");
    if (joined.size() >= limits::kInflatedStream) return bad_page("a page's content is too large");
  }
  content.entries = "/Filter/FlateDecode";
  content.raw = deflate(joined);
  return content;
}

base::Result<std::string> shared_entries(Copier& copier, const Document& from, const Page& page) {
  std::string out = "/Resources ";
  out += page.resources.as_dictionary() == nullptr ? "<<>>" : copier.text_of(page.resources);
  SEGELL_TRY(const auto group, from.get(*page.object.as_dictionary(), "Group"));
  if (group.as_dictionary() != nullptr) out += "/Group " + copier.text_of(group);
  return out;
}

base::Result<void> check_unsigned(const Document& base) {
  SEGELL_TRY(const auto form, read_form(base));
  for (const auto& field : form.fields) {
    if (field.is_signature() && !field.is_empty()) {
      return base::fail(base::Code::conflict, "pdf.signed", "the document is signed: no page can be added");
    }
  }
  return base::ok();
}

}  // namespace

base::Result<ImportedForm> import_page_as_form(RevisionWriter& writer, const Document& from, std::size_t index) {
  SEGELL_TRY(const auto page, load_page(from, index));
  if (page.rotate != 0) {
    return base::fail(base::Code::unsupported, "pdf.import-rotated", "a rotated page is not imported");
  }
  Copier copier(writer, from);
  SEGELL_TRY(const auto content, content_of(copier, from, page));
  SEGELL_TRY(const auto shared, shared_entries(copier, from, page));
  const Rect& box = page.crop_box;
  const std::string entries = "/Type/XObject/Subtype/Form/BBox" + rect_text(box) + "/Matrix[1 0 0 1 " +
                              number_text(-box.left) + " " + number_text(-box.bottom) + "]" + shared + content.entries;
  ImportedForm form;
  form.form = writer.add_stream(entries, content.raw);
  form.width = box.width();
  form.height = box.height();
  SEGELL_CHECK(copier.flush());
  return form;
}

base::Result<AppendedRevision> append_pages(const Document& base, const Document& from) {
  SEGELL_CHECK(check_unsigned(base));
  SEGELL_TRY(auto writer, RevisionWriter::begin(base));
  SEGELL_TRY(const auto catalog, base.catalog());
  const auto* root = catalog.as_dictionary()->reference("Pages");
  if (root == nullptr) return base::fail(base::Code::malformed, "pdf.page-tree", "the catalog names no page tree");
  SEGELL_TRY(const auto before, page_count(base, base.latest()));
  SEGELL_TRY(const auto added, page_count(from, from.latest()));
  if (added > kImportedPages) {
    return base::fail(base::Code::limit_exceeded, "pdf.limit.import", "too many pages are to be added");
  }
  Copier copier(writer, from);
  std::string kids;
  for (std::size_t i = 0; i < added; ++i) {
    SEGELL_TRY(const auto page, load_page(from, i));
    SEGELL_TRY(const auto content, content_of(copier, from, page));
    SEGELL_TRY(const auto shared, shared_entries(copier, from, page));
    const Ref stream = writer.add_stream(content.entries, content.raw);
    const Ref made = writer.add("<</Type/Page/Parent " + to_string(*root) + " R/MediaBox" + rect_text(page.media_box) +
                                "/CropBox" + rect_text(page.crop_box) + "/Rotate " + std::to_string(page.rotate) +
                                "/Contents " + to_string(stream) + " R" + shared + ">>");
    kids += (kids.empty() ? "" : " ") + to_string(made) + " R";
  }
  SEGELL_CHECK(copier.flush());
  SEGELL_CHECK(writer.append_to_array(*root, "Kids", kids));
  SEGELL_CHECK(writer.set_key(*root, "Count", std::to_string(before + added)));
  return std::move(writer).finish();
}

}  // namespace segell::signer::pdf
