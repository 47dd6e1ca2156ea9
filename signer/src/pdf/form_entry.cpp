#include "pdf/form_entry.h"

#include "pdf/splice.h"
#include "signer/pdf/parser.h"

namespace segell::signer::pdf {
namespace {

std::string slice(const std::string& text, Range where) {
  return text.substr(static_cast<std::size_t>(where.offset), static_cast<std::size_t>(where.length));
}

/// The form is a direct value of the catalog: its text is edited inside the catalog's.
base::Result<void> edit_direct_form(RevisionWriter& writer, std::string_view fields, const std::string* flags) {
  const Ref catalog = writer.base().root();
  SEGELL_TRY(const auto text, writer.text_of(catalog));
  std::size_t used = 0;
  SEGELL_TRY(const auto object, parse_object(base::as_bytes(text), 0, used));
  const auto* form = object.as_dictionary()->find("AcroForm");
  const std::string before = slice(text, form->where());
  std::string inner = before;
  const auto* list = form->as_dictionary()->find("Fields");
  if (!fields.empty()) {
    if (list != nullptr && list->as_reference() != nullptr) {
      SEGELL_CHECK(writer.append_items(*list->as_reference(), fields));
    } else {
      SEGELL_TRY(const auto extended, with_items(list == nullptr ? "[]" : slice(text, list->where()), fields));
      SEGELL_TRY(inner, with_key(std::move(inner), "Fields", extended));
    }
  }
  if (flags != nullptr) {
    SEGELL_TRY(inner, with_key(std::move(inner), "SigFlags", *flags));
  }
  return inner == before ? base::ok() : writer.set_key(catalog, "AcroForm", inner);
}

}  // namespace

base::Result<void> add_to_form(RevisionWriter& writer, const Form& form, std::string_view fields, std::int64_t flags) {
  const std::string wanted = std::to_string(form.sig_flags | flags);
  const bool flags_differ = (form.sig_flags | flags) != form.sig_flags;
  if (!form.present) {
    std::string body = "<</Fields[" + std::string(fields) + "]";
    if (flags != 0) body += "/SigFlags " + wanted;
    const Ref made = writer.add(body + ">>");
    return writer.set_key(writer.base().root(), "AcroForm", to_string(made) + " R");
  }
  if (form.ref.is_none()) return edit_direct_form(writer, fields, flags_differ ? &wanted : nullptr);
  if (!fields.empty()) SEGELL_CHECK(writer.append_to_array(form.ref, "Fields", fields));
  if (flags_differ) SEGELL_CHECK(writer.set_key(form.ref, "SigFlags", wanted));
  return base::ok();
}

}  // namespace segell::signer::pdf
