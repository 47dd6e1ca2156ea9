#include "explain.h"

#include <array>

namespace segell::cli {
namespace {

// The kinds ("act.", "pdf.") stand behind the single ids.
constexpr std::array kExplanations{
    Explanation{"pdf.structure",
                {"el fitxer es llegeix de manera inequívoca: taules, revisions i objectes estan construïts com ho fa "
                 "un programa honest",
                 "el archivo se lee de forma inequívoca: tablas, revisiones y objetos están construidos como lo hace "
                 "un programa honesto",
                 "the file can be read in one way only: tables, revisions and objects are built as an honest writer "
                 "builds them"},
                {"demaneu el fitxer original a qui el va signar; un fitxer reparat no prova què es va veure",
                 "pida el archivo original a quien lo firmó; un archivo reparado no prueba qué se vio",
                 "ask the signer for the original file; a repaired one does not prove what was seen"},
                "ISO 32000-1, 7.5"},
    Explanation{"pdf.repaired",
                {"el fitxer estava malmès i s'ha hagut d'endevinar on és cada objecte",
                 "el archivo estaba dañado y ha habido que adivinar dónde está cada objeto",
                 "the file was damaged, and where its objects lie had to be guessed"},
                {"demaneu-ne una altra còpia", "pida otra copia", "ask for another copy"},
                "ISO 32000-1, 7.5.4"},
    Explanation{"pdf.byte-range",
                {"els octets signats són dos trams des del començament, amb la signatura com a únic buit",
                 "los octetos firmados son dos tramos desde el principio, con la firma como único hueco",
                 "the signed octets are two runs from the start, with the signature as their only gap"},
                {"si falla, hi ha octets que ningú no va signar: no us refieu del document",
                 "si falla, hay octetos que nadie firmó: no se fíe del documento",
                 "if it fails, there are octets that nobody signed: do not rely on the document"},
                "ISO 32000-1, 12.8.1"},
    Explanation{"pdf.byte-range-gap",
                {"el buit entre els octets signats és exactament el valor de /Contents d'aquesta signatura",
                 "el hueco entre los octetos firmados es exactamente el valor de /Contents de esta firma",
                 "the gap between the signed octets is exactly this signature's /Contents"},
                {"si falla, hi ha lloc per a contingut no signat: no us refieu del document",
                 "si falla, hay sitio para contenido sin firmar: no se fíe del documento",
                 "if it fails, there is room for content that nobody signed: do not rely on the document"},
                "ISO 32000-1, 12.8.1"},
    Explanation{"pdf.contents",
                {"/Contents conté la signatura, escrita en hexadecimal i un sol cop",
                 "/Contents contiene la firma, escrita en hexadecimal y una sola vez",
                 "/Contents holds the signature, written in hexadecimal and once"},
                {"demaneu el fitxer original a qui el va signar", "pida el archivo original a quien lo firmó",
                 "ask the signer for the original file"},
                "ISO 32000-1, table 252"},
    Explanation{
        "pdf.coverage",
        {"la signatura arriba al final de la revisió que la va portar, i res del que ve després no és sense revisió",
         "la firma llega al final de la revisión que la trajo, y nada de lo que sigue carece de revisión",
         "the signature reaches the end of the revision that brought it, and nothing behind it is outside a revision"},
        {"si falla, algú va afegir octets fora de les regles: no us refieu del document",
         "si falla, alguien añadió octetos fuera de las reglas: no se fíe del documento",
         "if it fails, somebody added octets against the rules: do not rely on the document"},
        "ISO 32000-2, 12.8.1; EN 319 142-1, 5.5"},
    Explanation{"pdf.changes",
                {"què van canviar les revisions posteriors, comparades objecte per objecte amb el que es va signar",
                 "qué cambiaron las revisiones posteriores, comparadas objeto por objeto con lo que se firmó",
                 "what later revisions changed, compared object by object with what was signed"},
                {"compareu el document amb la revisió signada (el començament del fitxer) i demaneu qui el va canviar",
                 "compare el documento con la revisión firmada (el principio del archivo) y pregunte quién lo cambió",
                 "compare the document with the signed revision (the beginning of the file), and ask who changed it"},
                "ISO 32000-2, 12.8.2"},
    Explanation{"pdf.field",
                {"un camp de signatura del formulari porta a aquesta signatura",
                 "un campo de firma del formulario lleva a esta firma",
                 "a signature field of the form leads to this signature"},
                {"una signatura que cap camp no mostra pot ser una resta o un parany: demaneu l'original",
                 "una firma que ningún campo muestra puede ser un resto o una trampa: pida el original",
                 "a signature that no field shows may be a leftover or a trap: ask for the original"},
                "ISO 32000-1, 12.7.4.5"},
    Explanation{"pdf.signature-object",
                {"cap revisió posterior no substitueix ni elimina la signatura",
                 "ninguna revisión posterior sustituye ni elimina la firma",
                 "no later revision replaces or removes the signature itself"},
                {"si falla, algú va tocar la signatura: no us refieu del document",
                 "si falla, alguien tocó la firma: no se fíe del documento",
                 "if it fails, somebody touched the signature: do not rely on the document"},
                "ISO 32000-1, 7.5.6"},
    Explanation{"pdf.sub-filter",
                {"la forma de la signatura (/SubFilter) és una de conegudes",
                 "la forma de la firma (/SubFilter) es una de las conocidas",
                 "the signature's form (/SubFilter) is one that is known"},
                {"les formes antigues es verifiquen, però no lliguen el certificat: demaneu una signatura PAdES",
                 "las formas antiguas se verifican, pero no ligan el certificado: pida una firma PAdES",
                 "legacy forms are verified, but do not bind the certificate: ask for a PAdES signature"},
                "ISO 32000-2, table 255; EN 319 142-1, 6.3"},
    Explanation{"pdf.digest",
                {"els trams signats es poden resumir sense cost il·limitat",
                 "los tramos firmados se pueden resumir sin coste ilimitado",
                 "the signed runs can be hashed at a bounded cost"},
                {"un fitxer amb milers de trams superposats és un atac",
                 "un archivo con miles de tramos superpuestos es un ataque",
                 "a file with thousands of overlapping runs is an attack"},
                "ISO 32000-1, 12.8.1"},
    Explanation{"pdf.encryption",
                {"el document no és xifrat, o el que mostra s'ha pogut llegir",
                 "el documento no está cifrado, o lo que muestra se ha podido leer",
                 "the document is not encrypted, or what it shows could be read"},
                {"traieu la contrasenya amb un programa de confiança i compareu les dues còpies",
                 "quite la contraseña con un programa de confianza y compare las dos copias",
                 "take the password off with a program that you trust, and compare the two copies"},
                "ISO 32000-2, 7.6"},
    Explanation{"cms.format",
                {"la signatura és un missatge CMS amb exactament un signant i sense parts contradictòries",
                 "la firma es un mensaje CMS con exactamente un firmante y sin partes contradictorias",
                 "the signature is a CMS message with exactly one signer and no contradictory parts"},
                {"demaneu el fitxer original a qui el va signar", "pida el archivo original a quien lo firmó",
                 "ask the signer for the original file"},
                "RFC 5652; EN 319 142-1, 5.2"},
    Explanation{
        "cms.content",
        {"una signatura separada no porta contingut a dins; les altres porten el que la seva forma demana",
         "una firma separada no lleva contenido dentro; las demás llevan lo que su forma pide",
         "a detached signature carries no content; others carry what their form asks for"},
        {"si falla, la signatura pot ser d'un altre contingut", "si falla, la firma puede ser de otro contenido",
         "if it fails, the signature may be over other content"},
        "ISO 32000-1, 12.8.3.3"},
    Explanation{"cms.content-type",
                {"l'atribut content-type diu el mateix tipus que el contingut",
                 "el atributo content-type dice el mismo tipo que el contenido",
                 "the content-type attribute names the type of the content"},
                {"el programa que va signar no segueix la norma, o algú el va canviar: demaneu una altra signatura",
                 "el programa que firmó no sigue la norma, o alguien lo cambió: pida otra firma",
                 "the signing program breaks the standard, or somebody changed it: ask for another signature"},
                "RFC 5652, 11.1"},
    Explanation{
        "cms.attributes",
        {"hi ha atributs signats, en l'ordre de DER", "hay atributos firmados, en el orden de DER",
         "signed attributes are there, in the order of DER"},
        {"demaneu una signatura PAdES o CAdES", "pida una firma PAdES o CAdES", "ask for a PAdES or CAdES signature"},
        "RFC 5652, 5.3; EN 319 122-1, 5.1"},
    Explanation{
        "cms.signature-policy",
        {"qui signa anomena una política de signatura; sense cap política a --policy, les regles d'aquest "
         "programa en fan el paper",
         "quien firma nombra una política de firma; sin ninguna política en --policy, las reglas de este "
         "programa hacen su papel",
         "the signer names a signature policy; where --policy names none, this program's own rules stand in its "
         "place"},
        {"llegiu la política on l'organització la publica i, si l'accepteu, poseu-ne el resum al fitxer de "
         "--policy (signaturePolicies)",
         "lea la política donde la organización la publica y, si la acepta, ponga su resumen en el archivo de "
         "--policy (signaturePolicies)",
         "read the policy where the organisation publishes it and, if you accept it, put its digest into the "
         "file of --policy (signaturePolicies)"},
        "EN 319 102-1, 5.2.4; EN 319 122-1, 5.2.9"},
    Explanation{"cms.message-digest",
                {"el resum signat és el dels octets que la signatura cobreix",
                 "el resumen firmado es el de los octetos que la firma cubre",
                 "the signed digest is that of the octets that the signature covers"},
                {"si falla, els octets van canviar després de signar: no us refieu del document",
                 "si falla, los octetos cambiaron después de firmar: no se fíe del documento",
                 "if it fails, the octets changed after they were signed: do not rely on the document"},
                "RFC 5652, 11.2"},
    Explanation{"cms.signing-certificate",
                {"el certificat del signant hi és, i la signatura lliga exactament aquest (v1 i v2, resum, emissor i "
                 "número de sèrie)",
                 "el certificado del firmante está, y la firma liga exactamente este (v1 y v2, resumen, emisor y "
                 "número de serie)",
                 "the signer's certificate is there, and the signature binds exactly this one (v1 and v2, digest, "
                 "issuer and serial number)"},
                {"si falla, no se sap qui va signar: demaneu una altra signatura",
                 "si falla, no se sabe quién firmó: pida otra firma",
                 "if it fails, nobody knows who signed: ask for another signature"},
                "RFC 5035, 3; RFC 2634, 5.4; EN 319 102-1, 5.2.3"},
    Explanation{"cms.version",
                {"el missatge porta el número de versió que les seves parts demanen",
                 "el mensaje lleva el número de versión que sus partes piden",
                 "the message has the version number that its parts ask for"},
                {"res: molts programes en posen un altre, i ningú no se'n refia",
                 "nada: muchos programas ponen otro, y nadie se fía de él",
                 "nothing: many programs write another one, and nobody relies on it"},
                "RFC 5652, 5.1"},
    Explanation{
        "cms.counter-signature",
        {"algú altre va signar aquesta signatura al seu torn, i la seva val",
         "alguien más firmó esta firma a su vez, y la suya vale",
         "somebody else signed this signature in turn, and theirs holds"},
        {"res per a aquesta signatura, tret que la política les vulgui totes bones; counterSignatures diu qui va ser i "
         "què falta",
         "nada para esta firma, salvo que la política las quiera todas buenas; counterSignatures dice quién fue y qué "
         "falta",
         "nothing for this signature, unless the policy wants all of them good; counterSignatures says who it was and "
         "what is missing"},
        "RFC 5652, 11.4"},
    Explanation{"cms.algorithms",
                {"algorisme de resum, algorisme de signatura i paràmetres diuen el mateix",
                 "algoritmo de resumen, algoritmo de firma y parámetros dicen lo mismo",
                 "digest algorithm, signature algorithm and parameters agree"},
                {"el programa que va signar no segueix la norma, o algú el va canviar: demaneu una altra signatura",
                 "el programa que firmó no sigue la norma, o alguien lo cambió: pida otra firma",
                 "the signing program breaks the standard, or somebody changed it: ask for another signature"},
                "RFC 4056, 3; RFC 5754, 3; RFC 8419, 2.3; RFC 6211"},
    Explanation{
        "cms.signature",
        {"el valor de la signatura encaixa amb la clau del certificat",
         "el valor de la firma encaja con la clave del certificado", "the signature value fits the certificate's key"},
        {"si falla, la signatura no la va fer aquesta clau", "si falla, la firma no la hizo esta clave",
         "if it fails, this key did not make the signature"},
        "RFC 5652, 5.6; EN 319 102-1, 5.2.7"},
    Explanation{"cms.padding",
                {"darrere la signatura, al seu lloc, només hi ha zeros", "tras la firma, en su lugar, solo hay ceros",
                 "behind the signature, in its place, there are zeros alone"},
                {"aquest lloc no el signa ningú: demaneu d'on surten els octets",
                 "este sitio no lo firma nadie: pregunte de dónde salen los octetos",
                 "nobody signs this room: ask where the octets come from"},
                "ISO 32000-1, 12.8.1"},
    Explanation{"cert.chain",
                {"un camí de certificats porta del signant a una autoritat que heu donat",
                 "un camino de certificados lleva del firmante a una autoridad que ha dado",
                 "a path of certificates leads from the signer to an anchor that you gave"},
                {"doneu amb --trust l'arrel que l'organització publica, després de comprovar-ne l'empremta",
                 "dé con --trust la raíz que la organización publica, tras comprobar su huella",
                 "give with --trust the root that the organisation publishes, after checking its fingerprint"},
                "RFC 5280, 6.1; EN 319 102-1, 5.2.6"},
    Explanation{"cert.key-usage",
                {"el certificat, i els de sobre, poden servir per a això",
                 "el certificado, y los de encima, pueden servir para esto",
                 "the certificate, and those above it, may be used for this"},
                {"cal signar amb un certificat per a documents", "hay que firmar con un certificado para documentos",
                 "sign with a certificate that is for documents"},
                "RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 3161, 2.3"},
    Explanation{
        "cert.validity",
        {"els certificats eren vàlids en el moment provat, o ho són ara si res no prova un moment anterior",
         "los certificados eran válidos en el momento probado, o lo son ahora si nada prueba un momento anterior",
         "the certificates were valid at the proven time, or are now where nothing proves an earlier one"},
        {"cerqueu una còpia amb segell de temps d'abans del final; el proper cop, amplieu a B-LTA a temps",
         "busque una copia con sello de tiempo de antes del final; la próxima vez, amplíe a B-LTA a tiempo",
         "look for a copy with a timestamp from before the end; next time extend to B-LTA in time"},
        "RFC 5280, 4.1.2.5; EN 319 102-1, 5.6"},
    Explanation{"cert.revocation",
                {"si el certificat estava revocat, segons llistes i respostes OCSP a mà",
                 "si el certificado estaba revocado, según listas y respuestas OCSP a mano",
                 "whether the certificate was revoked, by the CRLs and OCSP answers at hand"},
                {"doneu una CRL actual amb --trust, o demaneu el document ampliat a B-LT",
                 "dé una CRL actual con --trust, o pida el documento ampliado a B-LT",
                 "give a current CRL with --trust, or ask for the document extended to B-LT"},
                "RFC 5280, 6.3; RFC 6960; EN 319 102-1, 5.2.5"},
    Explanation{"crypto.algorithms",
                {"els algorismes i les claus són fiables en el moment provat, segons la suite",
                 "los algoritmos y las claves son fiables en el momento probado, según la suite",
                 "algorithms and keys may be relied on at the proven time, by the suite"},
                {"cal una prova d'existència d'abans del final de l'algorisme; --suite canvia la suite",
                 "hace falta una prueba de existencia de antes del final del algoritmo; --suite cambia la suite",
                 "a proof of existence from before the algorithm's end is needed; --suite changes the suite"},
                "ETSI TS 119 312; EN 319 102-1, 5.2.8"},
    Explanation{"time.archive-timestamp",
                {"un segell d'arxiu cobreix la signatura, les seves dades de revocació i el contingut",
                 "un sello de archivo cubre la firma, sus datos de revocación y el contenido",
                 "an archive timestamp is over the signature, its revocation data and the content"},
                {"si falla, algú va canviar alguna cosa que cobreix; si la seva autoritat no és de confiança, doneu-la "
                 "amb --trust",
                 "si falla, alguien cambió algo que cubre; si su autoridad no es de confianza, déla con --trust",
                 "if it fails, something that it is over was changed; if its authority is not trusted, give that with "
                 "--trust"},
                "EN 319 122-1, 5.5.2 and 5.5.3"},
    Explanation{
        "time.signature-timestamp",
        {"un segell de temps sobre el valor de la signatura: el que cobreix, qui el va fer, si és de confiança",
         "un sello de tiempo sobre el valor de la firma: lo que cubre, quién lo hizo, si es de confianza",
         "a timestamp over the signature value: what it covers, who made it, whether that one is trusted"},
        {"doneu amb --trust l'arrel de l'autoritat de temps", "dé con --trust la raíz de la autoridad de tiempo",
         "give the time-stamping authority's root with --trust"},
        "RFC 3161; EN 319 122-1, 5.3; EN 319 102-1, 5.4"},
    Explanation{"time.document-timestamp",
                {"un segell de temps del document prova que la signatura ja existia",
                 "un sello de tiempo del documento prueba que la firma ya existía",
                 "a document timestamp proves that the signature existed by then"},
                {"renoveu-lo abans que acabi el certificat de la seva autoritat: segell seal --extend",
                 "renuévelo antes de que acabe el certificado de su autoridad: segell seal --extend",
                 "renew it before its authority's certificate ends: segell seal --extend"},
                "EN 319 142-1, 5.4.3; EN 319 102-1, 5.6.3"},
    Explanation{"time.token",
                {"el segell de temps es pot llegir, i la seva hora és possible",
                 "el sello de tiempo se puede leer, y su hora es posible",
                 "the timestamp token can be read, and its time is possible"},
                {"demaneu un segell de temps nou a una altra autoritat",
                 "pida un sello de tiempo nuevo a otra autoridad", "ask another authority for a new timestamp"},
                "RFC 3161, 2.4.2"},
    Explanation{
        "time.imprint",
        {"el segell de temps és sobre els octets del document", "el sello de tiempo es sobre los octetos del documento",
         "the timestamp is over the document's octets"},
        {"si falla, els octets van canviar després: no us refieu del document",
         "si falla, los octetos cambiaron después: no se fíe del documento",
         "if it fails, the octets changed later: do not rely on the document"},
        "RFC 3161, 2.4.2"},
    Explanation{
        "time.order",
        {"els segells de temps de confiança no es contradiuen", "los sellos de tiempo de confianza no se contradicen",
         "the trusted timestamps do not contradict each other"},
        {"una autoritat tenia el rellotge malament, o n'hi ha una de falsa: pregunteu-los",
         "una autoridad tenía mal el reloj, o hay una falsa: pregúnteles",
         "an authority's clock was wrong, or one is forged: ask them"},
        "EN 319 102-1, 5.5.4"},
    Explanation{
        "act.",
        {"el que l'organització declara sobre l'acte de la persona, comparat amb els octets i els fets revelats",
         "lo que la organización declara sobre el acto de la persona, comparado con los octetos y los hechos revelados",
         "what the organisation declares about the person's act, compared with the octets and the disclosed facts"},
        {"demaneu a l'organització els fets que falten (--disclosure)",
         "pida a la organización los hechos que faltan (--disclosure)",
         "ask the organisation for the missing facts (--disclosure)"},
        "manifest segell.manifest/1"},
    Explanation{"pdf.",
                {"una observació sobre com està construït el fitxer",
                 "una observación sobre cómo está construido el archivo", "an observation about how the file is built"},
                {"el detall diu on; demaneu el fitxer original a qui el va signar",
                 "el detalle dice dónde; pida el archivo original a quien lo firmó",
                 "the detail says where; ask the signer for the original file"},
                "ISO 32000-1 and 32000-2"},
};

constexpr Phrase kMeaning{"Què es mira", "Qué se mira", "What is looked at"};
constexpr Phrase kSource{"On es diu", "Dónde se dice", "Where that stands"};
constexpr Phrase kAdvice{"Què fer", "Qué hacer", "What to do"};

}  // namespace

const Explanation* find_explanation(std::string_view check) {
  for (const Explanation& one : kExplanations) {
    const bool kind = one.id.back() == '.';
    if (kind ? check.starts_with(one.id) && check.size() > one.id.size() : check == one.id) return &one;
  }
  return nullptr;
}

std::string explained_checks() {
  std::string text;
  for (const Explanation& one : kExplanations) {
    if (!text.empty()) text += ", ";
    text += one.id;
    if (one.id.back() == '.') text += '*';
  }
  return text;
}

std::string write_explanation(const Explanation& explanation, Language language) {
  std::string text(explanation.id);
  const auto line = [&](const Phrase& label, std::string_view words) {
    text += "\n  " + std::string(label.in(language)) + ": " + std::string(words);
  };
  line(kMeaning, explanation.meaning.in(language));
  line(kSource, explanation.source);
  line(kAdvice, explanation.advice.in(language));
  return text + "\n";
}

}  // namespace segell::cli
