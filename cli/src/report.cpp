#include "report.h"

#include "counter_words.h"
#include "printable.h"

#include "base/encoding.h"

namespace segell::cli {
namespace {

using namespace signer::ades;
using Kind = ReportBlock::Kind;

constexpr std::size_t kLongest = 4000;

constexpr Phrase kTitle{"Informe de validació de signatures", "Informe de validación de firmas",
                        "Signature validation report"};
constexpr Phrase kDigest{"SHA-256 del fitxer", "SHA-256 del fichero", "SHA-256 of the file"};
constexpr Phrase kSummary{"Resum (en anglès)", "Resumen (en inglés)", "Summary"};
constexpr Phrase kJudgedAt{"Jutjat a data de", "Juzgado a fecha de", "Judged as of"};
constexpr Phrase kProgram{"Programa", "Programa", "Program"};
constexpr Phrase kTrust{"Material de confiança (SHA-256)", "Material de confianza (SHA-256)",
                        "Trust material (SHA-256)"};
constexpr Phrase kPolicy{"Política (SHA-256)", "Política (SHA-256)", "Policy (SHA-256)"};
constexpr Phrase kSignature{"Signatura {} de {}", "Firma {} de {}", "Signature {} of {}"};
constexpr Phrase kField{"Camp", "Campo", "Field"};
constexpr Phrase kType{"Tipus", "Tipo", "Type"};
constexpr Phrase kIntegrity{"Integritat", "Integridad", "Integrity"};
constexpr Phrase kCoverage{"Què cobreix", "Qué cubre", "Coverage"};
constexpr Phrase kModification{"Què es va canviar després", "Qué se cambió después", "What was changed afterwards"};
constexpr Phrase kLevel{"Nivell", "Nivel", "Level"};
constexpr Phrase kEvidence{"Nivell d'evidència", "Nivel de evidencia", "Evidence level"};
constexpr Phrase kCertificate{"Certificat", "Certificado", "Certificate"};
constexpr Phrase kSerial{"Número de sèrie", "Número de serie", "Serial number"};
constexpr Phrase kClaimedTime{"Hora que diu qui signa", "Hora que dice quien firma", "Time claimed by the signer"};
constexpr Phrase kProvenTime{"Hora provada", "Hora probada", "Proven time"};
constexpr Phrase kAct{"Què declara el segell (en anglès)", "Qué declara el sello (en inglés)",
                      "What the seal declares"};
constexpr Phrase kCode{"Codi segur de verificació", "Código seguro de verificación", "Verification code"};
constexpr Phrase kChanges{"Canvis posteriors", "Cambios posteriores", "Later changes"};
constexpr Phrase kChecks{"Comprovacions", "Comprobaciones", "Checks"};
constexpr Phrase kFileChecks{"Comprovacions del fitxer", "Comprobaciones del fichero", "Checks of the file"};
constexpr Phrase kNotChecked{"No comprovat", "No comprobado", "Not checked"};
constexpr Phrase kDetails{
    "Els detalls de cada comprovació i de cada canvi són en anglès; els seus noms no es tradueixen mai.",
    "Los detalles de cada comprobación y de cada cambio están en inglés; sus nombres no se traducen nunca.",
    "Names of checks are never translated, so that reports in any language can be compared."};
constexpr Phrase kMeaning{
    "El segell prova quins octets es van segellar i quan. El que s'hi diu d'una persona ho declara l'organització.",
    "El sello prueba qué octetos se sellaron y cuándo. Lo que se dice de una persona lo declara la organización.",
    "A seal proves which octets were sealed and when. What it says of a person is what the organisation declares."};

Phrase words_of(SignatureType type) {
  switch (type) {
    case SignatureType::signature:
      return {"signatura", "firma", "signature"};
    case SignatureType::seal:
      return {"segell", "sello", "seal"};
    case SignatureType::document_timestamp:
      return {"segell de temps del document", "sello de tiempo del documento", "document timestamp"};
  }
  return {};
}

Phrase words_of(Integrity integrity) {
  switch (integrity) {
    case Integrity::intact:
      return {"intacta", "intacta", "intact"};
    case Integrity::broken:
      return {"trencada", "rota", "broken"};
    case Integrity::unverifiable:
      return {"no es pot comprovar", "no se puede comprobar", "cannot be verified"};
  }
  return {};
}

Phrase words_of(Coverage coverage) {
  switch (coverage) {
    case Coverage::whole_file:
      return {"tot el fitxer", "todo el fichero", "the whole file"};
    case Coverage::whole_revision:
      return {"tota una revisió; n'hi ha de posteriors", "toda una revisión; hay posteriores",
              "a whole revision; later ones follow"};
    case Coverage::anomalous:
      return {"cap revisió sencera", "ninguna revisión entera", "no whole revision"};
  }
  return {};
}

Phrase words_of(Modification modification) {
  switch (modification) {
    case Modification::none:
      return {"res", "nada", "nothing"};
    case Modification::permitted:
      return {"només el que la signatura permet", "solo lo que la firma permite", "only what the signature permits"};
    case Modification::not_permitted:
      return {"coses que la signatura prohibeix", "cosas que la firma prohíbe", "things that the signature forbids"};
    case Modification::suspicious:
      return {"coses que cal explicar", "cosas que hay que explicar", "things that need an explanation"};
  }
  return {};
}

Phrase words_of(CheckStatus status) {
  switch (status) {
    case CheckStatus::pass:
      return {"bé", "bien", "pass"};
    case CheckStatus::fail:
      return {"MALAMENT", "MAL", "FAIL"};
    case CheckStatus::warn:
      return {"avís", "aviso", "warning"};
    case CheckStatus::skip:
      return {"no mirat", "no mirado", "skipped"};
  }
  return {};
}

class ReportMaker {
 public:
  explicit ReportMaker(Language language) : m_report{language, std::string(kTitle.in(language)), {}} {
    add(Kind::title, m_report.title);
  }

  void tell(const Verdict& verdict, const std::optional<base::Sha256>& digest, base::Instant at) {
    add(Kind::heading, verdict.input);
    std::string outcome(to_string(verdict.indication));
    if (verdict.sub_indication != SubIndication::none)
      outcome += " / " + std::string(to_string(verdict.sub_indication));
    add(Kind::outcome, outcome);
    add(Kind::paragraph, fill(say(headline(verdict)), {say(reason(verdict.sub_indication))}));
    fact(kSummary, verdict.summary);
    if (digest) fact(kDigest, base::to_hex(*digest));
    fact(kJudgedAt, base::format_rfc3339(at));
    fact(kProgram, std::string("segell ") + SEGELL_VERSION);
    fact(kTrust, verdict.trust_sha256);
    fact(kPolicy, verdict.policy_sha256);
    if (verdict.error) item("ERROR", verdict.error->message);
    for (const SignatureVerdict& signature : verdict.signatures) tell(signature, verdict.signatures.size());
    checks(kFileChecks, verdict.checks);
    if (!verdict.not_checked.empty()) add(Kind::subheading, say(kNotChecked));
    for (const NotChecked& gap : verdict.not_checked) item(gap.id, gap.why);
  }

  Report finish() && {
    add(Kind::paragraph, say(kMeaning));
    add(Kind::paragraph, say(kDetails));
    return std::move(m_report);
  }

 private:
  [[nodiscard]] std::string say(const Phrase& phrase) const { return std::string(phrase.in(m_report.language)); }
  void add(Kind kind, std::string_view text, std::string_view label = {}) {
    m_report.blocks.push_back({kind, printable(label, kLongest), printable(text, kLongest)});
  }
  void fact(const Phrase& label, std::string_view text) {
    if (!text.empty()) add(Kind::fact, text, say(label));
  }
  void fact(const Phrase& label, const std::optional<base::Instant>& time) {
    if (time) fact(label, base::format_rfc3339(*time));
  }
  void item(std::string_view label, std::string_view text) { add(Kind::item, text, label); }

  void checks(const Phrase& heading, const std::vector<Check>& list) {
    if (list.empty()) return;
    add(Kind::subheading, say(heading));
    for (const Check& check : list)
      item(say(words_of(check.status)), check.detail.empty() ? check.id : check.id + ": " + check.detail);
  }

  void tell(const SignatureVerdict& signature, std::size_t count) {
    add(Kind::heading, fill(say(kSignature), {std::to_string(signature.index + 1), std::to_string(count)}));
    std::string outcome(to_string(signature.indication));
    if (signature.sub_indication != SubIndication::none)
      outcome += " / " + std::string(to_string(signature.sub_indication));
    add(Kind::outcome, outcome);
    fact(kField, signature.field);
    fact(kType, say(words_of(signature.type)));
    fact(kIntegrity, say(words_of(signature.integrity)));
    fact(kCoverage, say(words_of(signature.coverage)));
    fact(kModification, say(words_of(signature.modification)));
    fact(kCertificate, signature.signer.subject);
    fact(kSerial, signature.signer.serial);
    fact(kClaimedTime, signature.claimed_time);
    fact(kProvenTime, signature.proven_time);
    fact(kLevel, to_string(signature.level));
    if (signature.type != SignatureType::document_timestamp)
      fact(kEvidence, std::to_string(signature.evidence_level) + "/6");
    fact(kAct, signature.act.statement);
    fact(kCode, signature.act.verification_code);
    if (!signature.changes.empty()) add(Kind::subheading, say(kChanges));
    for (const std::string& change : signature.changes) item({}, change);
    checks(kChecks, signature.checks);
    for (const CounterSigner& one : counter_signers(signature)) tell(one);
  }

  void tell(const CounterSigner& one) {
    const SignatureVerdict& counter = *one.verdict;
    std::string heading = say(counter_label()) + " " + signer_name(counter, m_report.language);
    if (one.over != nullptr)
      heading += ", " + fill(say(counter_over_words()), {signer_name(*one.over, m_report.language)});
    add(Kind::subheading, heading);
    std::string outcome(to_string(counter.indication));
    if (counter.sub_indication != SubIndication::none)
      outcome += " / " + std::string(to_string(counter.sub_indication));
    fact(counter_outcome_label(), outcome + ", " + counter_state(counter, m_report.language));
    fact(kIntegrity, say(words_of(counter.integrity)));
    fact(kCertificate, counter.signer.subject);
    fact(kSerial, counter.signer.serial);
    fact(kClaimedTime, counter.claimed_time);
    fact(kProvenTime, counter.proven_time);
    checks(kChecks, counter.checks);
  }

  Report m_report;
};

}  // namespace

Report make_report(const std::vector<Verdict>& verdicts, const ReportFacts& facts, Language language) {
  ReportMaker maker(language);
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    maker.tell(verdicts[i], i < facts.documents.size() ? facts.documents[i] : std::nullopt, facts.at);
  return std::move(maker).finish();
}

}  // namespace segell::cli
