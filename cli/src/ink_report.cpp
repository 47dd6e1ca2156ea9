#include "ink_report.h"

#include "printable.h"

#include "base/encoding.h"

#include <cmath>
#include <cstdio>

namespace segell::cli {

namespace {

namespace ink = signer::ink;

constexpr Phrase kTitle{"Com es va fer una signatura: obertura d'un sobre de custòdia",
                        "Cómo se hizo una firma: apertura de un sobre de custodia",
                        "How a signature was made: opening of a custody envelope"};
constexpr Phrase kNoScore{
    "Aquest informe diu què es va enregistrar i amb quina qualitat. No puntua res i no compara ningú amb ningú: això "
    "ho "
    "valora una persona experta.",
    "Este informe dice qué se registró y con qué calidad. No puntúa nada y no compara a nadie con nadie: eso lo valora "
    "una "
    "persona experta.",
    "This report says what was recorded and how well. It scores nothing and compares nobody with anybody: that is for "
    "a "
    "human expert."};

// Sections and labels
constexpr Phrase kOpening{"L'obertura", "La apertura", "The opening"};
constexpr Phrase kOpenedBy{"Obert per", "Abierto por", "Opened by"};
constexpr Phrase kWitness{"Testimoni", "Testigo", "Witness"};
constexpr Phrase kOpenedWhen{"Quan", "Cuándo", "When"};
constexpr Phrase kOpenedWhy{"Motiu", "Motivo", "Why"};
constexpr Phrase kKeyLine{"La clau", "La clave", "The key"};
constexpr Phrase kTwo{"dues persones: cadascuna va donar la seva meitat de la contrasenya",
                      "dos personas: cada una dio su mitad de la contraseña",
                      "two persons: each gave their own half of the passphrase"};
constexpr Phrase kOne{"ATENCIÓ: UNA SOLA PERSONA la podia obrir. Raó donada: {}",
                      "ATENCIÓN: UNA SOLA PERSONA podía abrirla. Razón dada: {}",
                      "CAUTION: ONE PERSON ALONE could open it. Reason given: {}"};
constexpr Phrase kRegister{"Registre", "Registro", "Register"};
constexpr Phrase kRegisterLine{"{}, línia {}, empremta {}", "{}, línea {}, huella {}", "{}, line {}, digest {}"};
constexpr Phrase kEnvelope{"Sobre (SHA-256)", "Sobre (SHA-256)", "Envelope (SHA-256)"};

constexpr Phrase kBound{"A què va lligat", "A qué está ligado", "What it is bound to"};
constexpr Phrase kDocument{"Document (SHA-256)", "Documento (SHA-256)", "Document (SHA-256)"};
constexpr Phrase kShown{"El document", "El documento", "The document"};
constexpr Phrase kActFits{"és el que es va mostrar i segellar; el nombre d'un sol ús també coincideix (segell de {})",
                          "es el que se mostró y selló; el número de un solo uso también coincide (sello de {})",
                          "is the one that was shown and sealed; the one-time number fits too (seal of {})"};
constexpr Phrase kNoDocument{"NO COMPROVAT: no s'ha donat el document segellat (--document)",
                             "NO COMPROBADO: no se ha dado el documento sellado (--document)",
                             "NOT CHECKED: the sealed document was not given (--document)"};
constexpr Phrase kCommitment{"Compromís del segell", "Compromiso del sello", "The seal's commitment"};
constexpr Phrase kCommitted{"el document segellat es compromet exactament amb aquest sobre",
                            "el documento sellado se compromete exactamente con este sobre",
                            "the sealed document commits to exactly this envelope"};
constexpr Phrase kNotCommitted{"NO COMPROVAT: no s'ha donat la revelació (--disclosure)",
                               "NO COMPROBADO: no se ha dado la revelación (--disclosure)",
                               "NOT CHECKED: the disclosure was not given (--disclosure)"};

constexpr Phrase kRecorded{"Què es va enregistrar", "Qué se registró", "What was recorded"};
constexpr Phrase kPen{"llapis", "lápiz", "pen"}, kFinger{"dit", "dedo", "finger"}, kMouse{"ratolí", "ratón", "mouse"},
    kUnknown{"no se sap", "no se sabe", "not known"};
constexpr Phrase kPointer{"Fet amb", "Hecho con", "Made with"};
constexpr Phrase kStarted{"Començat (rellotge de la tauleta)", "Empezado (reloj de la tableta)",
                          "Begun (the tablet's clock)"};
constexpr Phrase kSamples{"Mostres", "Muestras", "Samples"};
constexpr Phrase kSamplesOf{"{} en {} traços durant {} s; {} amb el llapis enlaire",
                            "{} en {} trazos durante {} s; {} con el lápiz en el aire",
                            "{} in {} lines over {} s; {} with the pen in the air"};
constexpr Phrase kPressure{"Pressió", "Presión", "Pressure"};
constexpr Phrase kPressureReal{"mesurada pel dispositiu: {} valors diferents",
                               "medida por el dispositivo: {} valores distintos",
                               "measured by the device: {} different values"};
constexpr Phrase kPressureNone{"el dispositiu no la mesura; no se n'ha escrit cap",
                               "el dispositivo no la mide; no se ha escrito ninguna",
                               "the device does not measure it; none was written"};
constexpr Phrase kAngles{"Inclinació i gir", "Inclinación y giro", "Tilt and twist"};
constexpr Phrase kTilt{"inclinació", "inclinación", "tilt"};
constexpr Phrase kTwist{"gir", "giro", "twist"};
constexpr Phrase kNotAny{"cap", "ninguno", "none"};
constexpr Phrase kSurface{"Superfície", "Superficie", "Surface"};
constexpr Phrase kSurfaceOf{"{} × {} píxels CSS ({} × {} mm, {})", "{} × {} píxeles CSS ({} × {} mm, {})",
                            "{} × {} CSS pixels ({} × {} mm, {})"};
constexpr Phrase kNominal{"mida nominal: ningú no va mesurar la pantalla; no s'ha de llegir com a mida real",
                          "medida nominal: nadie midió la pantalla; no debe leerse como medida real",
                          "nominal size: nobody measured the screen; do not read it as the real one"};
constexpr Phrase kMeasured{"pantalla mesurada", "pantalla medida", "screen measured"};
constexpr Phrase kTurned{"es va girar o ampliar {} vegades mentre se signava",
                         "se giró o amplió {} veces mientras se firmaba", "turned or zoomed {} times while signing"};

constexpr Phrase kQuality{"Amb quina qualitat", "Con qué calidad", "How well"};
constexpr Phrase kRate{"Freqüència", "Frecuencia", "Rate"};
constexpr Phrase kRateOf{"{} mostres per segon (mediana); nou de cada deu intervals, almenys {}",
                         "{} muestras por segundo (mediana); nueve de cada diez intervalos, al menos {}",
                         "{} samples a second (median); nine gaps of ten at least {}"};
constexpr Phrase kGood{"prou bona perquè una persona experta en tregui conclusions",
                       "suficiente para que una persona experta saque conclusiones",
                       "enough for an expert to work with"};
constexpr Phrase kLimited{"LIMITADA: menys de 100 per segon; els detalls ràpids es perden",
                          "LIMITADA: menos de 100 por segundo; los detalles rápidos se pierden",
                          "LIMITED: below 100 a second; quick detail is lost"};
constexpr Phrase kTooSlow{"MASSA LENTA: menys de 50 per segon; no serveix per a una perícia",
                          "DEMASIADO LENTA: menos de 50 por segundo; no sirve para una pericia",
                          "TOO SLOW: below 50 a second; of no use to an expert"};
constexpr Phrase kRateUnknown{"no es pot saber: massa poques mostres", "no se puede saber: demasiado pocas muestras",
                              "cannot be told: too few samples"};
constexpr Phrase kDropped{"Mostres que hi falten", "Muestras que faltan", "Samples missing"};
constexpr Phrase kDroppedOf{"{} mentre el llapis es movia; interval més llarg dins d'un traç, {} ms",
                            "{} mientras el lápiz se movía; intervalo más largo dentro de un trazo, {} ms",
                            "{} while the pen moved; longest gap within a line, {} ms"};
constexpr Phrase kCoalesced{"Mostres entre imatges", "Muestras entre imágenes", "Samples between frames"};
constexpr Phrase kCoalescedYes{"el navegador les va lliurar", "el navegador las entregó",
                               "the browser handed them over"};
constexpr Phrase kCoalescedNo{"el navegador no en va lliurar cap", "el navegador no entregó ninguna",
                              "the browser handed over none"};
constexpr Phrase kCancelled{"Traços interromputs pel sistema", "Trazos interrumpidos por el sistema",
                            "Lines interrupted by the system"};
constexpr Phrase kUndone{"Traços que la persona va desfer", "Trazos que la persona deshizo",
                         "Lines the person took back"};
constexpr Phrase kBackwards{"Rellotge", "Reloj", "Clock"};
constexpr Phrase kBackwardsOf{"va enrere en {} mostres", "va hacia atrás en {} muestras",
                              "runs backwards at {} samples"};
constexpr Phrase kClaims{"La pàgina deia", "La página decía", "The page said"};
constexpr Phrase kClaimsOf{"{} mostres per segon; les mostres mateixes diuen una altra cosa",
                           "{} muestras por segundo; las muestras mismas dicen otra cosa",
                           "{} samples a second; the samples themselves say otherwise"};
constexpr Phrase kIso{"Al registre ISO", "En el registro ISO", "In the ISO record"};
constexpr Phrase kIsoNote{
    "l'eix Y creix cap amunt; sense pressió no s'hi distingeix on acaba un traç (vegeu InkML o CSV)",
    "el eje Y crece hacia arriba; sin presión no se distingue dónde acaba un trazo (véase InkML o CSV)",
    "the Y axis grows upward; without pressure it does not say where a line ends (see InkML or CSV)"};
constexpr Phrase kFiles{"Fitxers", "Ficheros", "Files"};

std::string decimal(double value, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

class Report {
 public:
  explicit Report(Language language) : m_language(language) {}
  void text(const Phrase& phrase) { m_out += std::string(phrase.in(m_language)) + "\n"; }
  void section(const Phrase& phrase) { m_out += "\n" + std::string(phrase.in(m_language)) + "\n"; }
  void line(const Phrase& label, const std::string& value) {
    m_out += "  " + std::string(label.in(m_language)) + ": " + value + "\n";
  }
  void line(const Phrase& label, const Phrase& value, std::initializer_list<std::string> values = {}) {
    line(label, fill(value.in(m_language), values));
  }
  [[nodiscard]] std::string word(const Phrase& phrase) const { return std::string(phrase.in(m_language)); }
  std::string take() { return std::move(m_out); }

 private:
  Language m_language;
  std::string m_out;
};

void write_opening(Report& report, const OpeningFacts& facts) {
  report.section(kOpening);
  report.line(kOpenedBy, printable(facts.opener));
  report.line(kWitness, printable(facts.witness));
  report.line(kOpenedWhen, facts.at);
  report.line(kOpenedWhy, printable(facts.reason));
  if (facts.two_persons)
    report.line(kKeyLine, kTwo);
  else
    report.line(kKeyLine, kOne, {printable(facts.single_person_note)});
  report.line(kRegister, kRegisterLine,
              {printable(facts.register_path), std::to_string(facts.register_line), facts.register_head});
  report.line(kEnvelope, facts.envelope_sha256);
}

void write_binding(Report& report, const ink::InkRecord& record, const Binding& binding) {
  report.section(kBound);
  report.line(kDocument, base::to_hex(record.document));
  if (binding.act)
    report.line(kShown, kActFits, {printable(binding.act->sealed_by)});
  else
    report.line(kShown, kNoDocument);
  report.line(kCommitment, binding.committed ? kCommitted : kNotCommitted);
}

std::string pointer_words(const Report& report, const std::string& types) {
  std::string words;
  for (const auto& [type, phrase] : {std::pair{"pen", &kPen}, {"touch", &kFinger}, {"mouse", &kMouse}})
    if (types.find(type) != std::string::npos) words += (words.empty() ? "" : ", ") + report.word(*phrase);
  return words.empty() ? report.word(kUnknown) : words;
}

void write_recorded(Report& report, const ink::InkSeries& series, const ink::Measured& measured) {
  report.section(kRecorded);
  report.line(kPointer, pointer_words(report, series.pointer_type));
  if (series.started) report.line(kStarted, base::format_rfc3339(*series.started));
  report.line(kSamples, kSamplesOf,
              {std::to_string(measured.samples), std::to_string(measured.lines), decimal(measured.duration_seconds, 2),
               std::to_string(measured.in_air)});
  if (measured.pressure)
    report.line(kPressure, kPressureReal, {std::to_string(measured.pressure_levels)});
  else
    report.line(kPressure, kPressureNone);
  std::string angles = measured.tilt ? report.word(kTilt) : std::string();
  if (measured.twist) angles += (angles.empty() ? "" : ", ") + report.word(kTwist);
  report.line(kAngles, angles.empty() ? report.word(kNotAny) : angles);
  const ink::Surface& last = series.surfaces.back();
  const double size = series.millimetres_per_pixel(series.samples.size() - 1);
  report.line(kSurface, kSurfaceOf,
              {decimal(last.width, 0), decimal(last.height, 0), decimal(last.width * size, 0),
               decimal(last.height * size, 0), report.word(series.calibrated ? kMeasured : kNominal)});
  if (series.surfaces.size() > 1) report.line(kSurface, kTurned, {std::to_string(series.surfaces.size() - 1)});
}

const Phrase& words_of(ink::Usefulness usefulness) {
  switch (usefulness) {
    case ink::Usefulness::good:
      return kGood;
    case ink::Usefulness::limited:
      return kLimited;
    case ink::Usefulness::too_slow:
      return kTooSlow;
    case ink::Usefulness::unknown:
      return kRateUnknown;
  }
  return kRateUnknown;
}

void write_quality(Report& report, const ink::InkSeries& series, const ink::Measured& measured) {
  report.section(kQuality);
  if (measured.rate_hz)
    report.line(kRate, kRateOf, {decimal(*measured.rate_hz, 0), decimal(measured.slowest_hz.value_or(0), 0)});
  report.line(kRate, words_of(ink::usefulness(measured)));
  report.line(kDropped, kDroppedOf,
              {std::to_string(measured.dropped), decimal(measured.longest_gap_seconds * 1000, 0)});
  report.line(kCoalesced, series.claimed.coalesced_events ? kCoalescedYes : kCoalescedNo);
  report.line(kCancelled, std::to_string(series.claimed.cancelled_lines.size()));
  report.line(kUndone, std::to_string(series.claimed.undone_lines));
  if (measured.backwards > 0) report.line(kBackwards, kBackwardsOf, {std::to_string(measured.backwards)});
  const auto& claimed = series.claimed.rate_hz;
  if (claimed && measured.rate_hz && std::abs(static_cast<double>(*claimed) - *measured.rate_hz) > 1)
    report.line(kClaims, kClaimsOf, {std::to_string(*claimed)});
}

}  // namespace

std::string write_ink_report(const OpeningFacts& facts, const ink::InkRecord& record, const Binding& binding,
                             Language language) {
  const ink::Measured measured = ink::measure(record.series);
  Report report(language);
  report.text(kTitle);
  report.text(kNoScore);
  write_opening(report, facts);
  write_binding(report, record, binding);
  write_recorded(report, record.series, measured);
  write_quality(report, record.series, measured);
  report.section(kFiles);
  std::string names;
  for (const std::string& file : facts.files) names += (names.empty() ? "" : ", ") + file;
  report.line(kFiles, names);
  report.line(kIso, kIsoNote);
  return report.take();
}

ink::PlotWords plot_words(Plot plot, Language language, bool measured) {
  static constexpr Phrase kTrace{"El traç", "El trazo", "The trace"}, kSpeed{"Velocitat", "Velocidad", "Speed"},
      kForce{"Pressió", "Presión", "Pressure"},
      kReplay{"Com es va fer, al seu ritme", "Cómo se hizo, a su ritmo", "As it was drawn, at its own pace"},
      kAgain{"Torna-ho a veure", "Ver otra vez", "Show again"}, kSeconds{"segons", "segundos", "seconds"},
      kPace{"mm per segon", "mm por segundo", "mm a second"},
      kNominalMm{"mm (nominals)", "mm (nominales)", "mm (nominal)"}, kShare{"de 0 a 1", "de 0 a 1", "from 0 to 1"};
  const std::string_view length = measured ? "mm" : kNominalMm.in(language);
  switch (plot) {
    case Plot::trace:
      return {.title = kTrace.in(language), .horizontal = length, .vertical = length};
    case Plot::speed:
      return {.title = kSpeed.in(language), .horizontal = kSeconds.in(language), .vertical = kPace.in(language)};
    case Plot::pressure:
      return {.title = kForce.in(language), .horizontal = kSeconds.in(language), .vertical = kShare.in(language)};
    case Plot::replay:
      return {.title = kReplay.in(language), .horizontal = length, .vertical = length, .again = kAgain.in(language)};
  }
  return {};
}

}  // namespace segell::cli
