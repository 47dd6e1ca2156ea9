#include "signer/pdf/import.h"

#include "pdf/page_copy.h"
#include "signer/pdf/choice_fields.h"

namespace segell::signer::pdf {

base::Result<ImportedForm> import_page_as_form(RevisionWriter& writer, const Document& from, std::size_t index) {
  SEGELL_TRY(const auto page, load_page(from, index));
  Copier copier(writer, from);
  ImportedForm form;
  SEGELL_TRY(form.form, copy_page_as_form(writer, copier, from, page));
  form.width = page.crop_box.width();
  form.height = page.crop_box.height();
  SEGELL_CHECK(copier.flush());
  return form;
}

base::Result<AppendedRevision> append_pages(const Document& base, const Document& from) {
  return append_pages_with_fields(base, from, nullptr, {});
}

}  // namespace segell::signer::pdf
