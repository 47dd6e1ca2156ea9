#include "counter_words.h"
#include "printable.h"
#include "words.h"

#include <algorithm>

namespace segell::cli {
namespace {

using namespace signer::ades;

constexpr std::size_t kMaxLines = 12;
constexpr std::size_t kMaxOneLiners = 5;
constexpr std::size_t kMaxCounterSigners = 3;

constexpr Phrase kSeal{"segellat per {}", "sellado por {}", "sealed by {}"};
constexpr Phrase kSignature{"signat amb el certificat de {}", "firmado con el certificado de {}",
                            "signed with the certificate of {}"};
constexpr Phrase kTimestamp{"segell de temps de {}", "sello de tiempo de {}", "timestamp by {}"};
constexpr Phrase kDeclares{", que declara que {} {} i que {}", ", que declara que {} {} y que {}",
                           ", which declares that {} {} and {}"};
constexpr Phrase kPerson{"una persona (nom no revelat)", "una persona (nombre no revelado)",
                         "a person (name not disclosed)"};
constexpr Phrase kOrganisational{"segell d'una organització, no d'un prestador d'una llista de confiança",
                                 "sello de una organización, no de un prestador de una lista de confianza",
                                 "organisational seal, not from a trusted-list provider"};
constexpr Phrase kWho{"Qui", "Quién", "Who"};
constexpr Phrase kWhen{"Quan", "Cuándo", "When"};
constexpr Phrase kNoTime{"no se sap", "no se sabe", "not known"};
constexpr Phrase kChanges{"Canvis", "Cambios", "Changes"};
constexpr Phrase kNoChanges{"cap", "ninguno", "none"};
constexpr Phrase kNoPdf{"el fitxer no és un PDF", "el fichero no es un PDF", "the file is no PDF"};
constexpr Phrase kWhy{"Motiu", "Motivo", "Why"};
constexpr Phrase kLevel{"Nivell d'evidència", "Nivel de evidencia", "Evidence level"};
constexpr Phrase kNotProven{"No provat", "No probado", "Not proven"};
constexpr Phrase kHand{"que la persona signés de la seva mà", "que la persona firmara de su mano",
                       "that the person's own hand signed"};
constexpr Phrase kMore{"… i {} més", "… y {} más", "… and {} more"};
constexpr Phrase kKind{"Què és", "Qué es", "What it is"};

struct Writer {
  const Verdict& verdict;
  Language language;
  std::string out;
  std::size_t lines = 0;

  std::string say(const Phrase& phrase) const { return std::string(phrase.in(language)); }
  void line(std::string_view text) {
    if (lines == kMaxLines) return;
    out += std::string(text) + "\n";
    ++lines;
  }
  void line(const Phrase& label, std::string_view text) { line("  " + say(label) + ": " + std::string(text)); }

  std::string who(const SignatureVerdict& signature) const {
    const std::string name = signer_name(signature, language);
    const Phrase& phrase = signature.type == SignatureType::document_timestamp              ? kTimestamp
                           : signature.type == SignatureType::seal || signature.act.present ? kSeal
                                                                                            : kSignature;
    std::string text = fill(phrase.in(language), {name});
    const ActFacts& act = signature.act;
    if (!act.present || act.method.empty()) return text;
    const std::string person = act.person.empty() ? say(kPerson) : printable(act.person, 120);
    return text +
           fill(kDeclares.in(language), {person, say(method_words(act.method)), say(meaning_words(act.meaning))});
  }

  std::string when(const SignatureVerdict& signature) const {
    return signature.proven_time || signature.claimed_time ? signing_time(signature, language) : say(kNoTime);
  }

  /// "None" is said of what passed only: where the signed octets themselves differ, nothing tells what else was
  /// changed.
  void changes(const SignatureVerdict& signature) {
    if (signature.changes.empty()) {
      if (signature.integrity == Integrity::intact) line(kChanges, say(kNoChanges));
      return;
    }
    // what a class of changes is called in the reader's language, then the change itself
    std::string text =
        signature.change_classes.empty() ? std::string() : say(change_words(signature.change_classes.front())) + ": ";
    text += printable(signature.changes.front(), 160);
    if (signature.changes.size() > 1)
      text += " " + fill(kMore.in(language), {std::to_string(signature.changes.size() - 1)});
    line(kChanges, text);
  }

  /// Those whose signature is not good come first: they are what must not be missed.
  void counter_signatures() {
    std::vector<CounterSigner> all;
    for (const SignatureVerdict& signature : verdict.signatures)
      for (const CounterSigner& one : counter_signers(signature)) all.push_back(one);
    if (all.empty()) return;
    std::stable_partition(all.begin(), all.end(),
                          [](const CounterSigner& one) { return one.verdict->indication != Indication::total_passed; });
    std::string text;
    for (std::size_t i = 0; i < std::min(all.size(), kMaxCounterSigners); ++i)
      text += (i == 0 ? "" : "; ") + signer_name(*all[i].verdict, language) + " (" +
              signing_time(*all[i].verdict, language) + "): " + counter_state(*all[i].verdict, language);
    if (all.size() > kMaxCounterSigners)
      text += " " + fill(kMore.in(language), {std::to_string(all.size() - kMaxCounterSigners)});
    line(counter_label(), text);
  }

  const SignatureVerdict* worst() const {
    for (const SignatureVerdict& signature : verdict.signatures)
      if (signature.indication == verdict.indication && signature.sub_indication == verdict.sub_indication)
        return &signature;
    return nullptr;
  }

  void head() {
    std::string text(to_string(verdict.indication));
    if (verdict.sub_indication != SubIndication::none) text += "  " + std::string(to_string(verdict.sub_indication));
    line(text + "  " + printable(verdict.input));
    line(fill(headline(verdict).in(language), {say(reason(verdict.sub_indication))}));
  }

  void why() {
    if (verdict.indication == Indication::no_signature && std::ranges::any_of(verdict.checks, [](const Check& check) {
          return check.id == "pdf.structure" && check.status == CheckStatus::fail;
        }))
      line(kWhy, say(kNoPdf));
    if (verdict.indication != Indication::total_failed && verdict.indication != Indication::indeterminate) return;
    const SignatureVerdict* signature = worst();
    if (signature == nullptr) return;
    const auto fault = std::ranges::find(signature->checks, CheckStatus::fail, &Check::status);
    std::string text = verdict.indication == Indication::total_failed ? say(reason(verdict.sub_indication)) : "";
    // the id of the check that failed first leads to its detail in the JSON, in any language
    if (fault != signature->checks.end()) text += text.empty() ? fault->id : " (" + fault->id + ")";
    if (!text.empty()) line(kWhy, text);
  }

  void one(const SignatureVerdict& signature) {
    line(kWho, who(signature));
    if (signature.type == SignatureType::seal) line(kKind, say(kOrganisational));
    line(kWhen, when(signature));
    changes(signature);
    if (signature.type != SignatureType::document_timestamp)
      line(kLevel, std::to_string(signature.evidence_level) + "/6, " + std::string(to_string(signature.level)));
  }

  void several() {
    std::size_t shown = 0;
    for (const SignatureVerdict& signature : verdict.signatures) {
      if (shown == kMaxOneLiners && verdict.signatures.size() > kMaxOneLiners + 1) break;
      line("  " + std::to_string(signature.index + 1) + ". " + std::string(to_string(signature.indication)) + ": " +
           who(signature) + "; " + when(signature));
      ++shown;
    }
    if (shown < verdict.signatures.size())
      line("  " + fill(kMore.in(language), {std::to_string(verdict.signatures.size() - shown)}));
    if (const SignatureVerdict* signature = worst()) changes(*signature);
    if (std::ranges::any_of(verdict.signatures, [](const auto& s) { return s.type == SignatureType::seal; }))
      line(kKind, say(kOrganisational));
  }

  void not_proven() {
    std::string text;
    const auto add = [&](const std::string& item) { text += (text.empty() ? "" : "; ") + item; };
    if (std::ranges::any_of(verdict.signatures, [](const auto& s) { return s.act.present; })) add(say(kHand));
    std::vector<std::string> said;
    for (const NotChecked& item : verdict.not_checked) {
      if (item.id == "trusted-list" || std::ranges::find(said, item.id) != said.end()) continue;
      said.push_back(item.id);
      add(say(gap_words(item.id)));
    }
    if (!text.empty()) line(kNotProven, text);
  }
};

}  // namespace

std::string write_text(const Verdict& verdict, Language language) {
  Writer writer{verdict, language, {}, 0};
  writer.head();
  writer.why();
  if (verdict.signatures.size() == 1)
    writer.one(verdict.signatures.front());
  else if (!verdict.signatures.empty())
    writer.several();
  writer.counter_signatures();
  writer.not_proven();
  if (verdict.error) writer.line("  " + printable(verdict.error->message));
  return writer.out;
}

}  // namespace segell::cli
