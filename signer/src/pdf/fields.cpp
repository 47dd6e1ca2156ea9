#include "signer/pdf/fields.h"

#include "pdf/field_lock.h"
#include "pdf/lexer.h"
#include "signer/pdf/limits.h"

#include <unordered_set>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kFieldHeader = 64;  ///< octets in which an object's header and its first token stand

base::Failure bad_field_tree(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.field-tree", std::string(what));
}

/// What a field inherits (ISO 32000-1, table 220).
struct Context {
  std::string name;
  std::string type;
  Object value;
};

class FieldWalk {
 public:
  FieldWalk(const Document& document, RevisionIndex as_of, Form& form)
      : m_document(document), m_as_of(as_of), m_form(form) {}

  base::Result<void> node(Ref ref, Context context, std::size_t depth) {
    if (depth > limits::kTreeDepth) return bad_field_tree("the field tree is too deep");
    if (!m_seen.insert(ref.number).second) return bad_field_tree("the field tree names a node twice");
    if (m_seen.size() > limits::kFields) {
      return base::fail(base::Code::limit_exceeded, "pdf.limit.fields", "the document has too many fields");
    }
    SEGELL_TRY(auto object, m_document.load(ref, m_as_of));
    if (object.is_null()) return base::ok();  // freed: as if it were not there
    const auto* dictionary = object.as_dictionary();
    if (dictionary == nullptr) return bad_field_tree("a field is no dictionary");
    SEGELL_CHECK(inherit(*dictionary, context));
    SEGELL_TRY(const auto kids, m_document.get(*dictionary, "Kids", m_as_of));
    const auto* list = kids.as_array();
    std::vector<Ref> widgets;
    bool terminal = true;
    if (list != nullptr) {
      SEGELL_TRY(terminal, descend(*list, context, widgets, depth));
    }
    if (!terminal) return base::ok();
    if (list == nullptr && dictionary->is_name("Subtype", "Widget")) widgets = {ref};
    return add(ref, std::move(object), std::move(context), std::move(widgets));
  }

 private:
  base::Result<void> inherit(const Dictionary& dictionary, Context& context) {
    SEGELL_TRY(const auto part, m_document.get(dictionary, "T", m_as_of));
    if (const auto* text = part.as_string()) {
      if (!context.name.empty()) context.name += '.';
      context.name += text_of(*text);
      if (context.name.size() > limits::kNameBytes) return bad_field_tree("a field's name is too long");
    }
    SEGELL_TRY(const auto type, m_document.get(dictionary, "FT", m_as_of));
    if (const auto* name = type.as_name()) context.type = *name;
    if (const auto* value = dictionary.find("V")) context.value = *value;
    return base::ok();
  }

  /// True when the kids are this field's widgets, not fields of their own (a kid without /T).
  base::Result<bool> descend(const Array& kids, const Context& context, std::vector<Ref>& widgets, std::size_t depth) {
    bool terminal = true;
    for (const auto& kid : kids) {
      const auto* ref = kid.as_reference();
      if (ref == nullptr) return bad_field_tree("a kid of a field is no reference");
      SEGELL_TRY(const auto object, m_document.load(*ref, m_as_of));
      const auto* dictionary = object.as_dictionary();
      if (dictionary == nullptr) continue;
      if (dictionary->has("T") || dictionary->has("Kids")) {
        terminal = false;
        SEGELL_CHECK(node(*ref, context, depth + 1));
      } else if (widgets.size() < limits::kFields) {
        widgets.push_back(*ref);
      }
    }
    return terminal;
  }

  base::Result<void> add(Ref ref, Object object, Context context, std::vector<Ref> widgets) {
    Field field;
    SEGELL_TRY(const auto lock, m_document.get(*object.as_dictionary(), "Lock", m_as_of));
    if (const auto* dictionary = lock.as_dictionary(); dictionary != nullptr && context.type == "Sig") {
      SEGELL_TRY(field.lock, read_field_lock(m_document, *dictionary, m_as_of));
    }
    SEGELL_TRY(const bool empty, is_no_value(context.value));
    if (!empty) field.value = std::move(context.value);
    field.name = std::move(context.name);
    field.type = std::move(context.type);
    field.ref = ref;
    field.object = std::move(object);
    field.widgets = std::move(widgets);
    m_form.fields.push_back(std::move(field));
    return base::ok();
  }

  // A value that resolves to null is no value (7.3.7). A dictionary, which a signature is, need not be read for that:
  // it may be long.
  base::Result<bool> is_no_value(const Object& value) const {
    const auto* ref = value.as_reference();
    const auto* entry = ref == nullptr ? nullptr : m_document.entry(ref->number, m_as_of);
    if (entry != nullptr && entry->kind == XrefEntry::Kind::offset && entry->generation == ref->generation) {
      Lexer lexer(m_document.source(), entry->position, kFieldHeader, kFieldHeader);
      std::uint64_t number = 0;
      std::uint64_t generation = 0;
      const bool stands = lexer.number(number) && lexer.number(generation) && lexer.keyword("obj");
      if (stands && number == ref->number && generation == ref->generation && lexer.peek() == '<') return false;
    }
    SEGELL_TRY(const auto resolved, m_document.resolve(value, m_as_of));
    return resolved.is_null();
  }

  const Document& m_document;
  RevisionIndex m_as_of;
  Form& m_form;
  std::unordered_set<std::uint32_t> m_seen;
};

}  // namespace

bool FieldLock::locks(std::string_view qualified_name) const {
  if (action == Action::all) return true;
  bool named = false;
  for (const auto& field : fields) {
    if (!qualified_name.starts_with(field)) continue;
    named = named || qualified_name.size() == field.size() || qualified_name[field.size()] == '.';
  }
  return named == (action == Action::include);
}

base::Result<std::optional<FieldLock>> read_field_lock(const Document& document, const Dictionary& dictionary,
                                                       RevisionIndex as_of) {
  FieldLock lock;
  SEGELL_TRY(const auto action, document.get(dictionary, "Action", as_of));
  const auto* name = action.as_name();
  if (name != nullptr && *name == "Include") {
    lock.action = FieldLock::Action::include;
  } else if (name != nullptr && *name == "Exclude") {
    lock.action = FieldLock::Action::exclude;
  }  // anything else is read as the strictest: all
  SEGELL_TRY(const auto fields, document.get(dictionary, "Fields", as_of));
  if (const auto* list = fields.as_array()) {
    for (const auto& item : *list) {
      SEGELL_TRY(const auto text, document.resolve(item, as_of));
      if (const auto* string = text.as_string()) lock.fields.push_back(text_of(*string));
    }
  }
  SEGELL_TRY(const auto permission, document.get(dictionary, "P", as_of));
  if (const auto* level = permission.as_integer(); level != nullptr && *level >= 1 && *level <= 3) {
    lock.permission = static_cast<int>(*level);
  }
  return std::optional(std::move(lock));
}

base::Result<Form> read_form(const Document& document, RevisionIndex as_of) {
  Form form;
  SEGELL_TRY(const auto catalog, document.catalog(as_of));
  const auto* entry = catalog.as_dictionary()->find("AcroForm");
  if (entry == nullptr) return form;
  if (const auto* ref = entry->as_reference()) form.ref = *ref;
  SEGELL_TRY(form.object, document.resolve(*entry, as_of));
  if (form.object.is_null()) return form;
  const auto* dictionary = form.object.as_dictionary();
  if (dictionary == nullptr) return bad_field_tree("the catalog's /AcroForm is no dictionary");
  form.present = true;
  SEGELL_TRY(const auto flags, document.get(*dictionary, "SigFlags", as_of));
  if (const auto* number = flags.as_integer()) form.sig_flags = *number;
  SEGELL_TRY(const auto xfa, document.get(*dictionary, "XFA", as_of));
  form.has_xfa = !xfa.is_null();
  SEGELL_TRY(const auto fields, document.get(*dictionary, "Fields", as_of));
  const auto* list = fields.as_array();
  if (list == nullptr) return form;
  FieldWalk walk(document, as_of, form);
  for (const auto& item : *list) {
    const auto* ref = item.as_reference();
    if (ref == nullptr) return bad_field_tree("a field is no reference");
    SEGELL_CHECK(walk.node(*ref, {}, 0));
  }
  return form;
}

}  // namespace segell::signer::pdf
