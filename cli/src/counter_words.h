#pragma once

#include "words.h"

#include <string>
#include <vector>

namespace segell::cli {

/// Who signed a signature in turn (RFC 5652 11.4), or the signature of somebody who did.
struct CounterSigner {
  const signer::ades::SignatureVerdict* verdict = nullptr;
  const signer::ades::SignatureVerdict* over = nullptr;  ///< null: the signature of the document itself
};

/// All of them, each followed by those who signed theirs.
std::vector<CounterSigner> counter_signers(const signer::ades::SignatureVerdict& signature);

/// Their name for people, at most 120 characters: never empty.
std::string signer_name(const signer::ades::SignatureVerdict& signature, Language language);
/// When they signed, and who says so.
std::string signing_time(const signer::ades::SignatureVerdict& signature, Language language);
/// "good", or what it is and why.
std::string counter_state(const signer::ades::SignatureVerdict& signature, Language language);

/// "signed in turn by"; "over the signature of {}"; "outcome".
Phrase counter_label();
Phrase counter_over_words();
Phrase counter_outcome_label();

}  // namespace segell::cli
