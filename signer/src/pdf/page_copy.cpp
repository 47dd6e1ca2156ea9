#include "pdf/page_copy.h"

#include "pdf/numbers.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"

namespace segell::signer::pdf {
namespace {

base::Failure bad_page(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.page", std::string(what));
}

}  // namespace

base::Result<PageContent> content_of(Copier& copier, const Document& from, const Page& page) {
  PageContent content;
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

base::Result<Ref> copy_page_as_form(RevisionWriter& writer, Copier& copier, const Document& from, const Page& page) {
  if (page.rotate != 0) {
    return base::fail(base::Code::unsupported, "pdf.import-rotated", "a rotated page is not imported");
  }
  SEGELL_TRY(const auto content, content_of(copier, from, page));
  SEGELL_TRY(const auto shared, shared_entries(copier, from, page));
  const Rect& box = page.crop_box;
  const std::string entries = "/Type/XObject/Subtype/Form/BBox" + rect_text(box) + "/Matrix[1 0 0 1 " +
                              number_text(-box.left) + " " + number_text(-box.bottom) + "]" + shared + content.entries;
  return writer.add_stream(entries, content.raw);
}

}  // namespace segell::signer::pdf
