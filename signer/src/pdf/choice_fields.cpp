#include "signer/pdf/choice_fields.h"

#include "pdf/form_entry.h"
#include "pdf/form_values.h"
#include "pdf/numbers.h"
#include "pdf/page_copy.h"
#include "pdf/structure_tree.h"
#include "signer/pdf/import.h"

#include <algorithm>
#include <set>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kPages = 100;
constexpr std::size_t kFields = 500;
constexpr std::size_t kStates = 16;

base::Failure invalid(std::string_view reason, std::string message) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message));
}

bool is_state_name(std::string_view name) {
  if (name == "Off") return true;
  return !name.empty() && name.size() <= 32 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

base::Result<void> check_states(const NewChoice& choice) {
  std::set<std::string_view> names;
  for (const ChoiceState& state : choice.states)
    if (!is_state_name(state.name) || !names.insert(state.name).second)
      return invalid("pdf.choice-states", "a choice's name is malformed or stands twice: " + state.name);
  if (!names.contains("Off") || names.size() < 2 || names.size() > kStates)
    return invalid("pdf.choice-states", "a field of choices needs the state Off and one or more others");
  return base::ok();
}

base::Result<void> check_names(const Form& form, const NewFields& fields) {
  if (fields.choices.size() + fields.signatures.size() > kFields)
    return base::fail(base::Code::limit_exceeded, "pdf.limit.fields", "too many fields are to be added");
  std::set<std::string_view> names;
  for (const Field& field : form.fields) names.insert(std::string_view(field.name).substr(0, field.name.find('.')));
  const auto check = [&](const NewField& field) -> base::Result<void> {
    if (field.name.empty() || field.name.find('.') != std::string::npos)
      return invalid("pdf.field-name", "a new field's name is empty or has a dot");
    if (!names.insert(field.name).second)
      return base::fail(base::Code::conflict, "pdf.field-exists",
                        "the document has a field of that name already: " + field.name);
    return base::ok();
  };
  for (const NewChoice& choice : fields.choices) {
    SEGELL_CHECK(check(choice.field));
    SEGELL_CHECK(check_states(choice));
  }
  for (const NewField& signature : fields.signatures) SEGELL_CHECK(check(signature));
  return base::ok();
}

/// A page that gets fields: where it is in the file, and its geometry.
struct Sheet {
  Ref ref;
  Page page;
};

/// Writes the fields of one call. What differs between pages that are there and pages that are being added is left to
/// the caller: how a page gets its /Annots, how an element of the structure gets its field.
class FieldWriter {
 public:
  FieldWriter(RevisionWriter& writer, const Form& form, std::vector<Sheet> sheets, std::optional<std::int64_t> next_key)
      : m_writer(writer),
        m_form(form),
        m_sheets(std::move(sheets)),
        m_next_key(next_key),
        m_annotations(m_sheets.size()) {}

  base::Result<void> run(const Document* appearances, const NewFields& fields) {
    SEGELL_CHECK(write_choices(appearances, fields.choices));
    for (const NewField& signature : fields.signatures) SEGELL_CHECK(write(signature, "/FT/Sig"));
    return m_all.empty() ? base::ok()
                         : add_to_form(m_writer, m_form, m_all, fields.signatures.empty() ? 0 : kSignatureFlags);
  }

  /// References of the widgets of a page.
  [[nodiscard]] const std::string& annotations(std::size_t page) const { return m_annotations[page]; }

  /// A field that was written, its place in the structure and its key in the parent tree.
  struct Written {
    std::size_t form = 0;
    Ref field;
    Ref page;
    std::int64_t key = 0;
  };
  [[nodiscard]] const std::vector<Written>& written() const { return m_written; }

 private:
  base::Result<void> write_choices(const Document* appearances, const std::vector<NewChoice>& choices) {
    if (choices.empty()) return base::ok();
    if (appearances == nullptr) return invalid("pdf.choice-states", "the appearances of the choices are missing");
    Copier copier(m_writer, *appearances);
    for (const NewChoice& choice : choices) {
      std::string states;
      for (const ChoiceState& state : choice.states) {
        SEGELL_TRY(const auto page, load_page(*appearances, state.appearance));
        SEGELL_TRY(const Ref form, copy_page_as_form(m_writer, copier, *appearances, page));
        states += "/" + state.name + " " + reference_text(form);
      }
      // Flag 1: read-only; what is chosen is set by one revision and by no viewer.
      SEGELL_CHECK(write(choice.field, "/FT/Btn/Ff 1/V/Off/AS/Off/AP<</N<<" + states + ">>>>"));
    }
    return copier.flush();
  }

  base::Result<void> write(const NewField& field, const std::string& entries) {
    if (field.page >= m_sheets.size())
      return base::fail(base::Code::not_found, "pdf.no-such-page", "the document has no such page");
    const Sheet& sheet = m_sheets[field.page];
    const Rect& r = field.rect;
    const bool sane = r.width() >= 1 && r.height() >= 1 && r.left >= -kTolerance && r.bottom >= -kTolerance &&
                      r.right <= sheet.page.shown_width() + kTolerance &&
                      r.top <= sheet.page.shown_height() + kTolerance;
    if (!sane) return invalid("pdf.rect", "a field's rectangle is empty or outside of the page");
    // Flags 132: printed, and locked against being moved (ISO 32000-1, table 165).
    std::string body = "<</Type/Annot/Subtype/Widget" + entries + "/T" + write_text_string(field.name) + "/TU" +
                       write_text_string(field.label) + "/F 132/Rect" + rect_text(sheet.page.to_user_space(r)) + "/P " +
                       reference_text(sheet.ref);
    Written one{field.form, {}, sheet.ref, 0};
    if (m_next_key) {
      one.key = (*m_next_key)++;
      body += "/StructParent " + std::to_string(one.key);
    }
    one.field = m_writer.add(body + ">>");
    const std::string item = reference_text(one.field);
    m_annotations[field.page] += (m_annotations[field.page].empty() ? "" : " ") + item;
    m_all += (m_all.empty() ? "" : " ") + item;
    m_written.push_back(one);
    return base::ok();
  }

  RevisionWriter& m_writer;
  const Form& m_form;
  std::vector<Sheet> m_sheets;
  std::optional<std::int64_t> m_next_key;
  std::vector<std::string> m_annotations;
  std::string m_all;
  std::vector<Written> m_written;
};

/// Gives the elements /Form of a document of our own their fields.
base::Result<void> enter_structure(RevisionWriter& writer, const StructureTree& tree,
                                   const std::vector<FieldWriter::Written>& written) {
  SEGELL_TRY(const auto forms, form_elements(writer.base(), tree));
  std::string rows;
  for (const auto& one : written) {
    if (one.form >= forms.size())
      return base::fail(base::Code::malformed, "pdf.structure", "a field has no element that stands for it");
    SEGELL_CHECK(
        writer.set_key(forms[one.form], "K",
                       "<</Type/OBJR/Obj " + reference_text(one.field) + "/Pg " + reference_text(one.page) + ">>"));
    rows += (rows.empty() ? "" : " ") + std::to_string(one.key) + " " + reference_text(forms[one.form]);
  }
  return add_parents(writer, tree, rows, static_cast<std::int64_t>(written.size()));
}

/// The other document's pages, each with a number of its own before anything is written.
base::Result<std::vector<Sheet>> sheets_to_add(RevisionWriter& writer, const Document& pages) {
  SEGELL_TRY(const auto count, page_count(pages, pages.latest()));
  if (count > kPages)
    return base::fail(base::Code::limit_exceeded, "pdf.limit.import", "too many pages are to be added");
  std::vector<Sheet> sheets;
  for (std::size_t i = 0; i < count; ++i) {
    Sheet sheet;
    SEGELL_TRY(sheet.page, load_page(pages, i));
    sheet.ref = writer.reserve();
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

/// Writes the pages and their structure.
base::Result<void> write_pages(RevisionWriter& writer, const Document& from, const std::vector<Sheet>& sheets,
                               const FieldWriter& fields, const std::optional<StructureTree>& tree) {
  SEGELL_TRY(const auto catalog, writer.base().catalog());
  const auto* root = catalog.as_dictionary()->reference("Pages");
  if (root == nullptr) return base::fail(base::Code::malformed, "pdf.page-tree", "the catalog names no page tree");
  SEGELL_TRY(const auto before, page_count(writer.base(), writer.base().latest()));
  Copier copier(writer, from);
  std::string kids;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const auto& [ref, page] = sheets[i];
    SEGELL_TRY(const auto content, content_of(copier, from, page));
    SEGELL_TRY(const auto shared, shared_entries(copier, from, page));
    const Ref stream = writer.add_stream(content.entries, content.raw);
    std::string body = "<</Type/Page/Parent " + reference_text(*root) + "/MediaBox" + rect_text(page.media_box) +
                       "/CropBox" + rect_text(page.crop_box) + "/Rotate " + std::to_string(page.rotate) + "/Contents " +
                       reference_text(stream) + shared;
    if (!fields.annotations(i).empty()) body += "/Tabs/S/Annots[" + fields.annotations(i) + "]";
    if (tree) body += "/StructParents " + std::to_string(tree->next_key + static_cast<std::int64_t>(i));
    writer.define(ref, body + ">>");
    kids += (kids.empty() ? "" : " ") + reference_text(ref);
  }
  SEGELL_CHECK(copier.flush());
  SEGELL_CHECK(writer.append_to_array(*root, "Kids", kids));
  return writer.set_key(*root, "Count", std::to_string(before + sheets.size()));
}

/// Copies the structure of the added pages behind that of the base.
base::Result<void> graft_structure(RevisionWriter& writer, const Document& from, const std::vector<Sheet>& sheets,
                                   const std::vector<FieldWriter::Written>& written, const StructureTree& tree) {
  std::vector<Ref> refs;
  for (const Sheet& sheet : sheets) refs.push_back(sheet.ref);
  StructureCopy copy(writer, tree, from, refs);
  SEGELL_CHECK(copy.run());
  std::string rows = copy.rows();
  for (std::size_t i = 0; i < copy.forms(); ++i) {
    const auto one = std::find_if(written.begin(), written.end(), [&](const auto& field) { return field.form == i; });
    SEGELL_TRY(const Ref element, copy.define_form(i, one == written.end() ? Ref() : one->field));
    if (one != written.end()) rows += " " + std::to_string(one->key) + " " + reference_text(element);
  }
  return add_parents(writer, tree, rows, static_cast<std::int64_t>(sheets.size() + written.size()));
}

}  // namespace

base::Result<AppendedRevision> append_choice_fields(const Document& base, const Document* appearances,
                                                    const NewFields& fields) {
  SEGELL_CHECK(check_unsigned(base));
  SEGELL_TRY(auto writer, RevisionWriter::begin(base));
  SEGELL_TRY(const Form form, read_form(base));
  SEGELL_CHECK(check_names(form, fields));
  SEGELL_TRY(const auto count, page_count(base, base.latest()));
  std::vector<Sheet> sheets;
  for (std::size_t i = 0; i < count; ++i) {
    Sheet sheet;
    SEGELL_TRY(sheet.page, load_page(base, i));
    sheet.ref = sheet.page.ref;
    sheets.push_back(std::move(sheet));
  }
  SEGELL_TRY(const auto tree, read_structure(base));
  FieldWriter writing(writer, form, sheets, tree ? std::optional(tree->next_key) : std::nullopt);
  SEGELL_CHECK(writing.run(appearances, fields));
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (writing.annotations(i).empty()) continue;
    SEGELL_CHECK(writer.append_to_array(sheets[i].ref, "Annots", writing.annotations(i)));
    SEGELL_CHECK(writer.set_key(sheets[i].ref, "Tabs", "/S"));
  }
  if (tree) SEGELL_CHECK(enter_structure(writer, *tree, writing.written()));
  return std::move(writer).finish();
}

base::Result<AppendedRevision> append_pages_with_fields(const Document& base, const Document& pages,
                                                        const Document* appearances, const NewFields& fields) {
  SEGELL_CHECK(check_unsigned(base));
  SEGELL_TRY(auto writer, RevisionWriter::begin(base));
  SEGELL_TRY(const Form form, read_form(base));
  SEGELL_CHECK(check_names(form, fields));
  SEGELL_TRY(const auto sheets, sheets_to_add(writer, pages));
  SEGELL_TRY(auto tree, read_structure(base));
  SEGELL_TRY(const auto tags, read_structure(pages));
  if (!tags) tree.reset();
  const auto first_key = tree ? std::optional(tree->next_key + static_cast<std::int64_t>(sheets.size())) : std::nullopt;
  FieldWriter writing(writer, form, sheets, first_key);
  SEGELL_CHECK(writing.run(appearances, fields));
  SEGELL_CHECK(write_pages(writer, pages, sheets, writing, tree));
  if (tree) SEGELL_CHECK(graft_structure(writer, pages, sheets, writing.written(), *tree));
  return std::move(writer).finish();
}

}  // namespace segell::signer::pdf
