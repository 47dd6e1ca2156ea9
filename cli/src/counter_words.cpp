#include "counter_words.h"

#include "printable.h"

#include "base/time.h"

namespace segell::cli {
namespace {

using namespace signer::ades;

constexpr Phrase kNobodyKnown{"algú que no es pot saber", "alguien que no se puede saber",
                              "someone who cannot be named"};
constexpr Phrase kProven{"provat per un segell de temps", "probado por un sello de tiempo", "proven by a timestamp"};
constexpr Phrase kClaimed{"ho diu qui signa", "lo dice quien firma", "claimed by the signer"};
constexpr Phrase kUnknownTime{"no se sap quan", "no se sabe cuándo", "at a time that is not known"};
constexpr Phrase kCounterGood{"bona", "buena", "good"};
constexpr Phrase kCounterBad{"no és bona ({})", "no es buena ({})", "not good ({})"};
constexpr Phrase kCounterOpen{"no ho podem saber ({})", "no podemos saberlo ({})", "we cannot tell ({})"};
// what differs is the value that was signed in turn, not the content of the file
constexpr Phrase kAnother{"va signar una altra cosa", "firmó otra cosa", "signed something else"};

void collect_signers(const SignatureVerdict& signature, const SignatureVerdict* over, std::vector<CounterSigner>& out) {
  for (const SignatureVerdict& counter : signature.counter_signatures) {
    out.push_back({&counter, over});
    collect_signers(counter, &counter, out);  // as deep as the message is read: four
  }
}

}  // namespace

std::vector<CounterSigner> counter_signers(const SignatureVerdict& signature) {
  std::vector<CounterSigner> out;
  collect_signers(signature, nullptr, out);
  return out;
}

std::string signer_name(const SignatureVerdict& signature, Language language) {
  const SignerFacts& signer = signature.signer;
  std::string name = printable(!signer.common_name.empty() ? signer.common_name : signer.subject, 120);
  return name.empty() ? std::string(kNobodyKnown.in(language)) : name;
}

std::string signing_time(const SignatureVerdict& signature, Language language) {
  const auto& time = signature.proven_time ? signature.proven_time : signature.claimed_time;
  if (!time) return std::string(kUnknownTime.in(language));
  const Phrase& basis = signature.proven_time ? kProven : kClaimed;
  return base::format_rfc3339(*time) + ", " + std::string(basis.in(language));
}

std::string counter_state(const SignatureVerdict& signature, Language language) {
  if (signature.indication == Indication::total_passed) return std::string(kCounterGood.in(language));
  const Phrase& state = signature.indication == Indication::total_failed ? kCounterBad : kCounterOpen;
  const Phrase& why =
      signature.sub_indication == SubIndication::hash_failure ? kAnother : reason(signature.sub_indication);
  return fill(state.in(language), {std::string(why.in(language))});
}

Phrase counter_label() { return {"Signada al seu torn per", "Firmada a su vez por", "Signed in turn by"}; }
Phrase counter_over_words() { return {"sobre la signatura de {}", "sobre la firma de {}", "over the signature of {}"}; }
Phrase counter_outcome_label() { return {"Resultat", "Resultado", "Outcome"}; }

}  // namespace segell::cli
