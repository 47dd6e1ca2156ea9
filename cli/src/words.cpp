#include "words.h"

#include <array>

namespace segell::cli {
namespace {

using signer::ades::SubIndication;
using signer::ades::Verdict;

struct NamedPhrase {
  std::string_view id;
  Phrase phrase;
};

constexpr Phrase kUnchanged{"No s'ha canviat des que es va signar.", "No ha cambiado desde que se firmó.",
                            "Unchanged since signing."};
constexpr Phrase kExtended{"No s'ha canviat des que es va signar; després només s'hi han afegit signatures.",
                           "No ha cambiado desde que se firmó; después solo se han añadido firmas.",
                           "Unchanged since signing; only signatures were added later."};
constexpr Phrase kAdapted{"No s'ha canviat el que es va signar; després només s'ha completat com la signatura permet.",
                          "No ha cambiado lo que se firmó; después solo se ha completado como la firma permite.",
                          "What was signed is unchanged; it was completed later as the signature permits."};
constexpr Phrase kChanged{"S'ha canviat després de signar-se.", "Ha cambiado después de firmarse.",
                          "Changed afterwards."};
constexpr Phrase kFalse{"La signatura no és bona.", "La firma no es buena.", "The signature is not good."};
constexpr Phrase kUnknown{"No ho podem saber: {}.", "No podemos saberlo: {}.", "We cannot tell: {}."};
constexpr Phrase kNoSignature{"No hi ha cap signatura.", "No hay ninguna firma.", "There is no signature."};
constexpr Phrase kError{"No s'ha pogut llegir.", "No se ha podido leer.", "It could not be read."};

constexpr std::array kMethods{
    NamedPhrase{"drawn", {"va fer la seva signatura", "hizo su firma", "drew their signature"}},
    NamedPhrase{
        "drawn-with-dynamics",
        {"va fer la seva signatura (també es va desar com la va fer)", "hizo su firma (también se guardó cómo la hizo)",
         "drew their signature (how it was drawn was kept too)"}},
    NamedPhrase{"button", {"ho va confirmar amb un botó", "lo confirmó con un botón", "confirmed with a button"}},
    NamedPhrase{"official",
                {"va signar per mitjà d'una persona funcionària habilitada",
                 "firmó por medio de una persona funcionaria habilitada", "signed through an authorised official"}},
    NamedPhrase{"witnesses", {"va signar davant de testimonis", "firmó ante testigos", "signed before witnesses"}}};

constexpr std::array kMeanings{
    NamedPhrase{"agree", {"hi està d'acord", "está de acuerdo", "agrees"}},
    NamedPhrase{"agree-with-reservation",
                {"hi està d'acord amb una nota", "está de acuerdo con una nota", "agrees with a note"}},
    NamedPhrase{"informed", {"n'està informada", "está informada", "was informed"}},
    NamedPhrase{"received", {"ho ha rebut", "lo ha recibido", "received it"}},
    NamedPhrase{"disagree", {"no hi està d'acord", "no está de acuerdo", "disagrees"}}};

constexpr std::array kGaps{
    NamedPhrase{"revocation",
                {"que el certificat no estigui revocat (no hi ha dades de revocació)",
                 "que el certificado no esté revocado (no hay datos de revocación)",
                 "that the certificate is not revoked (no revocation data)"}},
    NamedPhrase{"time",
                {"el moment (no hi ha cap segell de temps de confiança)",
                 "el momento (no hay ningún sello de tiempo de confianza)", "the time (no trusted timestamp)"}},
    NamedPhrase{
        "act.identity-evidence",
        {"com es va comprovar qui era la persona (no s'ha revelat)",
         "cómo se comprobó quién era la persona (no se ha revelado)", "how the person was identified (not disclosed)"}},
    NamedPhrase{"ocsp",
                {"les respostes OCSP que porta el fitxer", "las respuestas OCSP que lleva el fichero",
                 "the OCSP responses in the file"}},
    NamedPhrase{"counter-signature",
                {"qui va signar la signatura al seu torn", "quién firmó la firma a su vez",
                 "who signed the signature in turn"}},
    NamedPhrase{"signature-policy",
                {"la política de signatura que anomena qui signa", "la política de firma que nombra quien firma",
                 "the signature policy that the signer names"}},
    NamedPhrase{"pdf.encryption",
                {"res del que hi ha xifrat amb contrasenya", "nada de lo cifrado con contraseña",
                 "anything behind the password"}}};

constexpr std::array kClasses{
    NamedPhrase{"signature", {"signatures afegides", "firmas añadidas", "signatures added"}},
    NamedPhrase{"timestamp", {"segells de temps afegits", "sellos de tiempo añadidos", "timestamps added"}},
    NamedPhrase{"evidence", {"proves afegides", "pruebas añadidas", "evidence added"}},
    NamedPhrase{"signature-entry",
                {"entrades per a una signatura", "entradas para una firma", "entries for a signature"}},
    NamedPhrase{"metadata", {"metadades", "metadatos", "metadata"}},
    NamedPhrase{"form-filling", {"camps del formulari", "campos del formulario", "form fields"}},
    NamedPhrase{"annotation", {"anotacions", "anotaciones", "annotations"}},
    NamedPhrase{"page-content", {"el que mostren les pàgines", "lo que muestran las páginas", "what pages show"}},
    NamedPhrase{"structure", {"l'estructura del document", "la estructura del documento", "the document's structure"}},
    NamedPhrase{"unexplained", {"sense explicació", "sin explicación", "unexplained"}}};

template <std::size_t N>
Phrase find(const std::array<NamedPhrase, N>& list, std::string_view id) {
  for (const NamedPhrase& named : list)
    if (named.id == id) return named.phrase;
  return {id, id, id};
}

}  // namespace

std::optional<Language> parse_language(std::string_view tag) {
  if (tag == "ca") return Language::ca;
  if (tag == "es") return Language::es;
  if (tag == "en") return Language::en;
  return std::nullopt;
}

std::string_view Phrase::in(Language language) const {
  switch (language) {
    case Language::ca:
      return ca;
    case Language::es:
      return es;
    case Language::en:
      return en;
  }
  return en;
}

std::string fill(std::string_view text, std::initializer_list<std::string> values) {
  std::string out(text);
  std::size_t from = 0;
  for (const std::string& value : values) {
    const std::size_t at = out.find("{}", from);
    if (at == std::string::npos) break;
    out.replace(at, 2, value);
    from = at + value.size();
  }
  return out;
}

const Phrase& headline(const Verdict& verdict) {
  using signer::ades::Outcome;
  switch (outcome(verdict)) {
    case Outcome::unchanged:
      return kUnchanged;
    case Outcome::extended:
      return kExtended;
    case Outcome::adapted:
      return kAdapted;
    case Outcome::changed:
      return kChanged;
    case Outcome::bad:
      return kFalse;
    case Outcome::unknown:
      return kUnknown;
    case Outcome::not_signed:
      return kNoSignature;
    case Outcome::unreadable:
      return kError;
  }
  return kError;
}

Phrase method_words(std::string_view method) { return find(kMethods, method); }
Phrase meaning_words(std::string_view meaning) { return find(kMeanings, meaning); }
Phrase gap_words(std::string_view id) { return find(kGaps, id); }
Phrase change_words(std::string_view change_class) { return find(kClasses, change_class); }

}  // namespace segell::cli
