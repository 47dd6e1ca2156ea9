#include "signer/pdf/signature_revision.h"

#include "pdf/appearance.h"
#include "pdf/form_entry.h"
#include "pdf/form_values.h"
#include "pdf/numbers.h"
#include "pdf/signing_limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kSmallestContents = 256;
constexpr std::size_t kLargestContents = 1U << 20U;
constexpr std::size_t kNumberWidth = 10;

base::Failure conflict(std::string_view reason, std::string message, std::string hint = {}) {
  return base::fail(base::Code::conflict, reason, std::move(message), std::move(hint));
}

const std::string& name_of(const SignaturePlace& place) {
  return std::visit([](const auto& one) -> const std::string& { return one.name; }, place);
}

/// "D:20261120091407Z" (ISO 32000-1, 7.9.4).
std::string date_text(base::Instant time) {
  const auto text = base::format_rfc3339(time);
  std::string out = "D:";
  for (const char c : text.substr(0, 19)) {
    if (c >= '0' && c <= '9') out.push_back(c);
  }
  return out + "Z";
}

std::string padded(std::uint64_t value) {
  const auto digits = std::to_string(value);
  return std::string(kNumberWidth - std::min(kNumberWidth, digits.size()), ' ') + digits;
}

std::string range_text(const ByteRange& range) {
  return "[" + padded(range[0]) + " " + padded(range[1]) + " " + padded(range[2]) + " " + padded(range[3]) + "]";
}

/// /Reference with the field's lock as a FieldMDP transform (ISO 32000-1, 12.8.2.4), empty without a lock.
std::string lock_transform(const std::optional<FieldLock>& lock, Ref catalog) {
  if (!lock) return {};
  std::string out = "/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data " + reference_text(catalog) +
                    "/TransformParams<</Type/TransformParams/V/1.2/Action";
  switch (lock->action) {
    case FieldLock::Action::all:
      out += "/All";
      break;
    case FieldLock::Action::include:
      out += "/Include";
      break;
    case FieldLock::Action::exclude:
      out += "/Exclude";
      break;
  }
  if (lock->action != FieldLock::Action::all) {
    out += "/Fields[";
    for (const auto& field : lock->fields) out += write_text_string(field);
    out += "]";
  }
  if (lock->permission != 0) out += "/P " + std::to_string(lock->permission);
  return out + ">>>>]";
}

/// Where the field's widget stands.
struct Spot {
  std::optional<Page> page;
  Rect rect;  ///< default user space
};

class SignatureWriter {
 public:
  SignatureWriter(const Document& base, const SignatureSpec& spec, RevisionWriter writer)
      : m_base(base), m_spec(spec), m_writer(std::move(writer)) {}

  base::Result<PreparedRevision> run();

 private:
  base::Result<void> check_limits();
  base::Result<void> write_signature();
  base::Result<void> fill_existing();
  base::Result<void> add_field();
  base::Result<Spot> spot_of_widget(const Dictionary& widget, Ref ref);
  base::Result<Page> page_of_widget(const Dictionary& widget, Ref ref);
  base::Result<std::string> appearance_entry(const Spot& spot);
  std::string manifest_entry();
  const Field* find_field(std::string_view name) const;

  const Document& m_base;
  const SignatureSpec& m_spec;
  RevisionWriter m_writer;
  Form m_form;
  const Field* m_existing = nullptr;
  Ref m_signature;
  std::uint64_t m_body = 0;  ///< absolute offset of the signature dictionary
  std::size_t m_range_at = 0;
  std::size_t m_contents_at = 0;
};

const Field* SignatureWriter::find_field(std::string_view name) const {
  const auto found =
      std::find_if(m_form.fields.begin(), m_form.fields.end(), [&](const Field& field) { return field.name == name; });
  return found == m_form.fields.end() ? nullptr : &*found;
}

base::Result<void> SignatureWriter::check_limits() {
  const std::string& name = name_of(m_spec.place);
  const bool wants_existing = std::holds_alternative<ExistingField>(m_spec.place);
  if (name.empty() || (!wants_existing && name.find('.') != std::string::npos)) {
    return base::fail(base::Code::invalid_argument, "pdf.field-name", "a new field's name is empty or has a dot");
  }
  if (m_spec.contents_octets < kSmallestContents || m_spec.contents_octets > kLargestContents) {
    return base::fail(base::Code::invalid_argument, "pdf.contents-size", "the room for the signature is out of bounds");
  }
  SEGELL_TRY(m_form, read_form(m_base));
  const Field* found = find_field(name);
  if (wants_existing) {
    if (found == nullptr || !found->is_signature()) {
      return base::fail(base::Code::not_found, "pdf.no-such-field", "the document has no such signature field");
    }
    if (!found->is_empty()) return conflict("pdf.field-signed", "the signature field is signed already");
    m_existing = found;
  } else if (found != nullptr) {
    return conflict("pdf.field-exists", "the document has a field of that name already");
  }
  SEGELL_TRY(const auto limits, read_signing_limits(m_base, m_form));
  if (m_spec.document_timestamp) return base::ok();  // ISO 32000-2, 12.8.2.2: timestamps are allowed at every level
  if (limits.certified == 1) {
    return conflict("pdf.certified", "the document is certified: no change is allowed, a signature neither");
  }
  if (limits.certified != 0 && !wants_existing) {
    return conflict("pdf.certified",
                    "the document is certified: only an empty signature field that it has can be signed");
  }
  for (const auto& lock : limits.locks) {
    if (lock.locks(name)) return conflict("pdf.field-locked", "an earlier signature locks that field");
  }
  return base::ok();
}

std::string SignatureWriter::manifest_entry() {
  if (m_spec.manifest.empty()) return {};
  const Ref file = m_writer.add_stream(
      "/Type/EmbeddedFile/Subtype/application#2Fjson/Params<</Size " + std::to_string(m_spec.manifest.size()) + ">>",
      m_spec.manifest);
  const Ref specification =
      m_writer.add("<</Type/Filespec/F(manifest.json)/UF(manifest.json)/AFRelationship/Data/EF<</F " +
                   reference_text(file) + ">>>>");
  return "/SGLL_Manifest " + reference_text(specification);
}

base::Result<void> SignatureWriter::write_signature() {
  const std::string manifest = manifest_entry();
  std::string body = m_spec.document_timestamp ? "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"
                                               : "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached";
  body += "/ByteRange ";
  m_range_at = body.size();
  body += range_text({});
  body += "/Contents ";
  m_contents_at = body.size();
  body += "<" + std::string(m_spec.contents_octets * 2, '0') + ">";
  if (m_spec.claimed_time) body += "/M(" + date_text(*m_spec.claimed_time) + ")";
  if (!m_spec.reason.empty()) body += "/Reason" + write_text_string(m_spec.reason);
  if (!m_spec.name.empty()) body += "/Name" + write_text_string(m_spec.name);
  if (m_existing != nullptr) body += lock_transform(m_existing->lock, m_base.root());
  body += manifest + ">>";
  m_signature = m_writer.reserve();
  m_body = m_writer.define(m_signature, body);
  return base::ok();
}

base::Result<std::string> SignatureWriter::appearance_entry(const Spot& spot) {
  if (!m_spec.appearance || !spot.page || spot.rect.width() <= 0 || spot.rect.height() <= 0) return std::string();
  const auto upright = spot.page->to_upright(spot.rect);
  SEGELL_TRY(const auto form,
             write_appearance(m_writer, *m_spec.appearance, upright.width(), upright.height(), spot.page->rotate));
  return "<</N " + reference_text(form) + ">>";
}

/// The page that lists the widget; a widget's own /P is only a hint.
base::Result<Page> SignatureWriter::page_of_widget(const Dictionary& widget, Ref ref) {
  SEGELL_TRY(const auto refs, page_refs(m_base, m_base.latest()));
  const auto lists_it = [&](Ref page) -> base::Result<bool> {
    SEGELL_TRY(const auto object, m_base.load(page));
    if (object.as_dictionary() == nullptr) return false;
    SEGELL_TRY(const auto annotations, m_base.get(*object.as_dictionary(), "Annots"));
    const auto* list = annotations.as_array();
    return list != nullptr && std::any_of(list->begin(), list->end(), [&](const Object& one) {
             return one.as_reference() != nullptr && *one.as_reference() == ref;
           });
  };
  const auto* hint = widget.reference("P");
  if (hint != nullptr) {
    const auto found = std::find(refs.begin(), refs.end(), *hint);
    if (found != refs.end()) return load_page(m_base, static_cast<std::size_t>(found - refs.begin()));
  }
  for (std::size_t i = 0; i < refs.size(); ++i) {
    SEGELL_TRY(const bool here, lists_it(refs[i]));
    if (here) return load_page(m_base, i);
  }
  return base::fail(base::Code::malformed, "pdf.widget", "the signature field's widget stands on no page");
}

base::Result<Spot> SignatureWriter::spot_of_widget(const Dictionary& widget, Ref ref) {
  Spot spot;
  const auto* rect = widget.find("Rect");
  if (rect == nullptr) return spot;
  SEGELL_TRY(spot.rect, read_rect(m_base, *rect, m_base.latest()));
  if (spot.rect.width() <= 0 || spot.rect.height() <= 0) return spot;
  SEGELL_TRY(spot.page, page_of_widget(widget, ref));
  return spot;
}

base::Result<void> SignatureWriter::fill_existing() {
  for (const Ref ref : m_existing->widgets) {
    SEGELL_TRY(const auto object, m_base.load(ref));
    const auto* widget = object.as_dictionary();
    if (widget == nullptr) continue;
    SEGELL_TRY(const auto spot, spot_of_widget(*widget, ref));
    SEGELL_TRY(const auto entry, appearance_entry(spot));
    if (entry.empty()) continue;
    SEGELL_CHECK(m_writer.set_key(ref, "AP", entry));
    break;  // the act is shown once
  }
  SEGELL_CHECK(m_writer.set_key(m_existing->ref, "V", reference_text(m_signature)));
  return add_to_form(m_writer, m_form, {}, kSignatureFlags);
}

/// The page number and rectangle of a new field's widget.
base::Result<Spot> spot_of_new(const Document& base, const SignaturePlace& place) {
  Spot spot;
  const auto* visible = std::get_if<VisibleField>(&place);
  SEGELL_TRY(spot.page, load_page(base, visible == nullptr ? 0 : visible->page));
  if (visible == nullptr) return spot;
  const Rect& r = visible->rect;
  const bool sane = r.width() >= 1 && r.height() >= 1 && r.left >= -kTolerance && r.bottom >= -kTolerance &&
                    r.right <= spot.page->shown_width() + kTolerance && r.top <= spot.page->shown_height() + kTolerance;
  if (!sane) {
    return base::fail(base::Code::invalid_argument, "pdf.rect",
                      "the field's rectangle is empty or outside of the page");
  }
  spot.rect = spot.page->to_user_space(r);
  return spot;
}

base::Result<void> SignatureWriter::add_field() {
  SEGELL_TRY(const auto spot, spot_of_new(m_base, m_spec.place));
  SEGELL_TRY(const auto entry, appearance_entry(spot));
  // Flags 132: printed, and locked against being moved (ISO 32000-1, table 165).
  std::string body = "<</Type/Annot/Subtype/Widget/FT/Sig/T" + write_text_string(name_of(m_spec.place)) +
                     "/F 132/Rect" + rect_text(spot.rect) + "/P " + reference_text(spot.page->ref) + "/V " +
                     reference_text(m_signature);
  if (!entry.empty()) body += "/AP" + entry;
  if (spot.page->rotate != 0 && !entry.empty()) body += "/MK<</R " + std::to_string(spot.page->rotate) + ">>";
  const Ref field = m_writer.add(body + ">>");
  SEGELL_CHECK(m_writer.append_to_array(spot.page->ref, "Annots", reference_text(field)));
  return add_to_form(m_writer, m_form, reference_text(field), kSignatureFlags);
}

base::Result<PreparedRevision> SignatureWriter::run() {
  SEGELL_CHECK(check_limits());
  SEGELL_CHECK(write_signature());
  if (m_existing != nullptr) {
    SEGELL_CHECK(fill_existing());
  } else {
    SEGELL_CHECK(add_field());
  }
  SEGELL_TRY(auto appended, std::move(m_writer).finish());
  PreparedRevision out;
  out.bytes = std::move(appended.bytes);
  out.base_length = appended.base_length;
  out.gap_begin = m_body + m_contents_at;
  out.gap_end = out.gap_begin + 2 + m_spec.contents_octets * 2;
  const std::uint64_t total = out.base_length + out.bytes.size();
  out.byte_range = {0, out.gap_begin, out.gap_end, total - out.gap_end};
  out.field = name_of(m_spec.place);
  out.signature = m_signature;
  const auto text = range_text(out.byte_range);
  std::copy(text.begin(), text.end(),
            reinterpret_cast<char*>(out.bytes.data() + (m_body + m_range_at - out.base_length)));
  return out;
}

}  // namespace

base::BytesView PreparedRevision::before_gap() const {
  return base::BytesView(bytes).first(static_cast<std::size_t>(gap_begin - base_length));
}
base::BytesView PreparedRevision::after_gap() const {
  return base::BytesView(bytes).subspan(static_cast<std::size_t>(gap_end - base_length));
}

base::Result<PreparedRevision> prepare_signature(const Document& base, const SignatureSpec& spec) {
  SEGELL_TRY(auto writer, RevisionWriter::begin(base));
  return SignatureWriter(base, spec, std::move(writer)).run();
}

base::Result<void> set_contents(PreparedRevision& revision, base::BytesView der) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t room = static_cast<std::size_t>(revision.gap_end - revision.gap_begin - 2);
  if (der.size() * 2 > room) {
    return base::fail(base::Code::limit_exceeded, "pdf.contents-too-small",
                      "the signature needs " + std::to_string(der.size()) + " octets, the revision has room for " +
                          std::to_string(room / 2));
  }
  auto* out = reinterpret_cast<char*>(revision.bytes.data() + (revision.gap_begin + 1 - revision.base_length));
  for (const std::byte octet : der) {
    *out++ = kDigits[std::to_integer<unsigned>(octet) >> 4U];
    *out++ = kDigits[std::to_integer<unsigned>(octet) & 15U];
  }
  std::fill(out, out + (room - der.size() * 2), '0');
  return base::ok();
}

base::Result<SignaturePlace> place_named(const Document& document, const std::string& name) {
  if (name.empty()) return SignaturePlace(InvisibleField{});
  SEGELL_TRY(const Form form, read_form(document));
  const bool known = std::ranges::any_of(form.fields, [&](const Field& field) { return field.name == name; });
  return known ? SignaturePlace(ExistingField{name}) : SignaturePlace(InvisibleField{name});
}

base::Result<std::string> free_field_name(const Document& document, std::string_view prefix) {
  SEGELL_TRY(const auto form, read_form(document));
  for (std::size_t i = 1; i <= form.fields.size() + 1; ++i) {
    const auto name = std::string(prefix) + std::to_string(i);
    const auto taken = [&](const Field& field) { return field.name == name || field.name.starts_with(name + "."); };
    if (std::none_of(form.fields.begin(), form.fields.end(), taken)) return name;
  }
  return std::string(prefix) + std::to_string(form.fields.size() + 1);
}

}  // namespace segell::signer::pdf
