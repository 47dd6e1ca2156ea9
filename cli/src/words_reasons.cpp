#include "words.h"

namespace segell::cli {

using signer::ades::SubIndication;

const Phrase& reason(SubIndication why) {
  static constexpr Phrase kNone{"", "", ""};
  static constexpr Phrase kFormat{"no està feta com ha d'estar feta", "no está hecha como debe",
                                  "it is not made as it must be"};
  static constexpr Phrase kHash{"el contingut signat ha canviat", "el contenido firmado ha cambiado",
                                "the signed content has changed"};
  static constexpr Phrase kCrypto{"no correspon al certificat", "no corresponde al certificado",
                                  "it does not fit the certificate"};
  static constexpr Phrase kRevoked{"es va fer quan el certificat ja estava revocat",
                                   "se hizo cuando el certificado ya estaba revocado",
                                   "it was made after the certificate was revoked"};
  static constexpr Phrase kExpired{"es va fer quan el certificat ja havia caducat",
                                   "se hizo cuando el certificado ya había caducado",
                                   "it was made after the certificate had expired"};
  static constexpr Phrase kNotYet{"es va fer abans que el certificat fos vàlid",
                                  "se hizo antes de que el certificado fuera válido",
                                  "it was made before the certificate was valid"};
  static constexpr Phrase kConstraints{"hi ha canvis o una estructura que no es poden explicar",
                                       "hay cambios o una estructura que no se pueden explicar",
                                       "there are changes or a structure that cannot be explained"};
  static constexpr Phrase kChainUse{"el certificat no serveix per a això", "el certificado no sirve para esto",
                                    "the certificate is not for this use"};
  static constexpr Phrase kChainBroken{"la cadena de certificats no és bona", "la cadena de certificados no es buena",
                                       "the certificate's path does not hold"};
  static constexpr Phrase kWeak{"el mètode criptogràfic és massa feble o desconegut",
                                "el método criptográfico es demasiado débil o desconocido",
                                "the algorithms are too weak or not known"};
  static constexpr Phrase kOrder{"els segells de temps es contradiuen", "los sellos de tiempo se contradicen",
                                 "the timestamps contradict each other"};
  static constexpr Phrase kNoCertificate{"falta el certificat de qui signa", "falta el certificado de quien firma",
                                         "the signer's certificate is missing"};
  static constexpr Phrase kNoChain{"falta una autoritat de confiança per a aquest certificat",
                                   "falta una autoridad de confianza para este certificado",
                                   "a trusted authority for this certificate is missing"};
  static constexpr Phrase kRevokedNoProof{
      "el certificat està revocat i falta una prova que la signatura és anterior",
      "el certificado está revocado y falta una prueba de que la firma es anterior",
      "the certificate is revoked and proof that the signature is older is missing"};
  static constexpr Phrase kOutNoProof{
      "el certificat no és vàlid ara i falta una prova que la signatura és d'abans",
      "el certificado no es válido ahora y falta una prueba de que la firma es de antes",
      "the certificate is not valid now and proof that the signature is older is missing"};
  static constexpr Phrase kNotRevoked{
      "el certificat no és vàlid ara, tot i que no es va revocar, i falta una prova que la signatura és d'abans",
      "el certificado no es válido ahora, aunque no se revocó, y falta una prueba de que la firma es de antes",
      "the certificate is not valid now, though it was not revoked, and proof that the signature is older is missing"};
  static constexpr Phrase kAnchorOver{
      "ja no es confia en l'autoritat i falta una prova que la signatura és d'abans",
      "ya no se confía en la autoridad y falta una prueba de que la firma es de antes",
      "the authority is not trusted any more and proof that the signature is older is missing"};
  static constexpr Phrase kAnswerOutside{
      "el certificat de qui respon que no hi ha revocació no és vàlid ara, i falta una prova que la resposta és "
      "d'abans",
      "el certificado de quien responde que no hay revocación no es válido ahora, y falta una prueba de que la "
      "respuesta es de antes",
      "whoever answers that nothing is revoked has a certificate that is not valid now, and proof that the answer is "
      "older is missing"};
  static constexpr Phrase kNoProof{
      "falta una prova que algú va respondre pels certificats abans que acabessin",
      "falta una prueba de que alguien respondió por los certificados antes de que acabaran",
      "proof that somebody answered for the certificates before they ended is missing"};
  static constexpr Phrase kPolicyMissing{"falta la política de signatura que anomena qui signa",
                                         "falta la política de firma que nombra quien firma",
                                         "the signature policy that the signer names is missing"};
  static constexpr Phrase kPolicyFault{"la política de signatura que anomena qui signa no es pot seguir",
                                       "la política de firma que nombra quien firma no se puede seguir",
                                       "the signature policy that the signer names cannot be followed"};
  static constexpr Phrase kLater{
      "el certificat està suspès, o ningú no n'ha respost encara: torneu-ho a provar més endavant",
      "el certificado está suspendido, o nadie ha respondido aún por él: vuelva a intentarlo más adelante",
      "the certificate is suspended, or nobody has answered for it yet: try again later"};
  static constexpr Phrase kNoData{"falta el que es va signar", "falta lo que se firmó", "what was signed is missing"};
  switch (why) {
    case SubIndication::none:
      return kNone;
    case SubIndication::format_failure:
      return kFormat;
    case SubIndication::hash_failure:
      return kHash;
    case SubIndication::sig_crypto_failure:
      return kCrypto;
    case SubIndication::revoked:
      return kRevoked;
    case SubIndication::expired:
      return kExpired;
    case SubIndication::not_yet_valid:
      return kNotYet;
    case SubIndication::sig_constraints_failure:
      return kConstraints;
    case SubIndication::chain_constraints_failure:
      return kChainUse;
    case SubIndication::certificate_chain_general_failure:
      return kChainBroken;
    case SubIndication::crypto_constraints_failure:
    case SubIndication::crypto_constraints_failure_no_poe:
      return kWeak;
    case SubIndication::policy_processing_error:
      return kPolicyFault;
    case SubIndication::signature_policy_not_available:
      return kPolicyMissing;
    case SubIndication::timestamp_order_failure:
      return kOrder;
    case SubIndication::no_signing_certificate_found:
      return kNoCertificate;
    case SubIndication::no_certificate_chain_found:
      return kNoChain;
    case SubIndication::no_certificate_chain_found_no_poe:
      return kAnchorOver;
    case SubIndication::revoked_no_poe:
    case SubIndication::revoked_ca_no_poe:
      return kRevokedNoProof;
    case SubIndication::out_of_bounds_not_revoked:
      return kNotRevoked;
    case SubIndication::out_of_bounds_no_poe:
      return kOutNoProof;
    case SubIndication::revocation_out_of_bounds_no_poe:
      return kAnswerOutside;
    case SubIndication::no_poe:
      return kNoProof;
    case SubIndication::try_later:
      return kLater;
    case SubIndication::signed_data_not_found:
      return kNoData;
  }
  return kNone;
}

}  // namespace segell::cli
