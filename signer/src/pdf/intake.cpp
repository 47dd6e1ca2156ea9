#include "signer/pdf/intake.h"

#include "pdf/histories.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/pages.h"
#include "signer/pdf/signatures.h"

#include <algorithm>
#include <iterator>

namespace segell::signer::pdf {

namespace {

constexpr std::size_t kMaxNesting = 64;

constexpr std::string_view kStandardFonts[] = {
    "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
    "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
    "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
    "Symbol",      "ZapfDingbats"};

/// Looks at every object in force, wherever it stands: what a page does not reach today may be reached by a viewer.
class Inspection {
 public:
  Inspection(const Document& document, IntakeFacts& facts) : m_document(document), m_facts(facts) {}

  base::Result<void> run() {
    SEGELL_CHECK(each_history(m_document, [&](std::span<const XrefEntry> history) -> base::Result<void> {
      const auto object = m_document.load_entry(history.back());
      if (object)
        look(*object, 0);
      else if (object.error().code == base::Code::limit_exceeded)
        return base::fail(object.error());
      else
        add("intake.unreadable-object", true, "an object cannot be read: " + object.error().message);
      return base::ok();
    }));
    return look_at_catalog();
  }

  void add(std::string_view id, bool refuses, std::string words) {
    const bool known = std::any_of(m_facts.findings.begin(), m_facts.findings.end(),
                                   [id](const IntakeFinding& finding) { return finding.id == id; });
    if (!known) m_facts.findings.push_back({id, refuses, std::move(words)});
  }

 private:
  void look(const Object& object, std::size_t depth) {
    if (depth > kMaxNesting) return;
    if (const Array* array = object.as_array()) {
      for (const Object& item : *array) look(item, depth + 1);
    }
    const Dictionary* dictionary = object.as_dictionary();
    if (dictionary == nullptr) return;
    look_at_actions(*dictionary);
    if (object.as_stream() != nullptr && dictionary->has("F")) {
      add("intake.external-stream", true, "a stream takes its content from another file");
    }
    if (dictionary->is_name("Type", "Font")) look_at_font(*dictionary);
    for (const DictionaryEntry& entry : dictionary->entries()) look(entry.value, depth + 1);
  }

  void look_at_actions(const Dictionary& dictionary) {
    if (dictionary.is_name("S", "JavaScript") || dictionary.has("JS")) {
      add("intake.javascript", true, "the document holds JavaScript");
    }
    if (dictionary.is_name("S", "Launch")) add("intake.launch", true, "the document can start a program");
    for (const char* media : {"RichMedia", "Movie", "Sound", "Screen", "3D"}) {
      if (dictionary.is_name("Subtype", media))
        add("intake.media", true, "the document holds moving or sounding media");
    }
    if (dictionary.is_name("Type", "EmbeddedFile"))
      add("intake.attachment", false, "the document holds attached files");
  }

  void look_at_font(const Dictionary& font) {
    if (font.is_name("Subtype", "Type3") || font.is_name("Subtype", "Type0"))
      return;  // drawn, or said by its descendant
    const std::string* base_font = font.name("BaseFont");
    const std::string name = base_font == nullptr ? "(without a name)" : *base_font;
    const auto descriptor = m_document.get(font, "FontDescriptor");
    if (descriptor) {
      const Dictionary* said = descriptor->as_dictionary();
      if (said != nullptr && (said->has("FontFile") || said->has("FontFile2") || said->has("FontFile3"))) return;
    }
    if (std::find(std::begin(kStandardFonts), std::end(kStandardFonts), name) != std::end(kStandardFonts)) {
      ++m_facts.standard_fonts_not_embedded;
      add("intake.standard-font", false, "a standard font is not embedded: viewers replace it");
      return;
    }
    m_facts.fonts_not_embedded.push_back(name);
    add("intake.font-not-embedded", false, "the font " + name + " is not embedded: viewers replace it");
  }

  base::Result<void> look_at_catalog() {
    SEGELL_TRY(const Object catalog, m_document.catalog());
    const Dictionary* root = catalog.as_dictionary();
    if (root == nullptr) return base::fail(base::Code::malformed, "pdf.no-catalog", "the document has no catalog");
    SEGELL_TRY(const Object layers, m_document.get(*root, "OCProperties"));
    if (layers.as_dictionary() != nullptr) SEGELL_CHECK(look_at_layers(*layers.as_dictionary()));
    SEGELL_TRY(const Object actions, m_document.get(*root, "AA"));
    if (!actions.is_null()) add("intake.automatic-action", true, "the document acts by itself when it is used");
    return base::ok();
  }

  /// Optional content may stand there as long as nothing of it is hidden.
  base::Result<void> look_at_layers(const Dictionary& layers) {
    SEGELL_TRY(const Object shown, m_document.get(layers, "D"));
    const Dictionary* configuration = shown.as_dictionary();
    bool hidden = configuration == nullptr;
    if (configuration != nullptr) {
      SEGELL_TRY(const Object off, m_document.get(*configuration, "OFF"));
      SEGELL_TRY(const Object automatic, m_document.get(*configuration, "AS"));
      const auto any = [](const Object& list) { return list.as_array() != nullptr && !list.as_array()->empty(); };
      hidden = any(off) || any(automatic) || configuration->is_name("BaseState", "OFF");
    }
    if (hidden) add("intake.hidden-content", true, "the document holds content that is not always shown");
    return base::ok();
  }

  const Document& m_document;
  IntakeFacts& m_facts;
};

void name_structure(const Document& document, Inspection& inspection) {
  if (document.encrypted()) inspection.add("intake.encrypted", true, "the document is encrypted or has a password");
  if (document.repaired()) inspection.add("intake.repaired", true, "the document is damaged and had to be repaired");
  for (const Finding& finding : document.findings()) {
    inspection.add(finding.id, finding.weight == Weight::anomaly, finding.words);
  }
}

base::Result<void> read_signing_facts(const Document& document, IntakeFacts& facts, Inspection& inspection) {
  SEGELL_TRY(facts.pages, page_count(document, document.latest()));
  SEGELL_TRY(const auto signatures, find_signatures(document));
  facts.signatures = signatures.size();
  facts.already_signed = !signatures.empty();
  for (const Signature& signature : signatures) {
    if (signature.certification) facts.certified = signature.certification->permission;
  }
  if (facts.certified == 1) inspection.add("intake.certified", true, "its author allows no signature after their own");
  SEGELL_TRY(const Form form, read_form(document));
  if (form.has_xfa) inspection.add("intake.xfa", true, "the document is an XFA form");
  for (const Field& field : form.fields) {
    if (field.is_signature() && field.is_empty()) facts.empty_signature_fields.push_back(field.name);
  }
  return base::ok();
}

}  // namespace

bool IntakeFacts::refused() const {
  return std::any_of(findings.begin(), findings.end(), [](const IntakeFinding& finding) { return finding.refuses; });
}

base::Result<IntakeFacts> check_intake(const Document& document) {
  IntakeFacts facts;
  facts.revisions = document.revisions().size();
  Inspection inspection(document, facts);
  name_structure(document, inspection);
  if (document.encrypted()) return facts;  // nothing below can be read
  for (const auto& step : {read_signing_facts(document, facts, inspection), inspection.run()}) {
    if (step) continue;
    if (step.error().code == base::Code::limit_exceeded) return base::fail(step.error());
    inspection.add("intake.unreadable", true, "the document cannot be read as a whole: " + step.error().message);
  }
  return facts;
}

}  // namespace segell::signer::pdf
