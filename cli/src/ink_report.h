#pragma once

#include "ink_binding.h"
#include "words.h"

#include "signer/ink/measure.h"
#include "signer/ink/plots.h"

#include <string>
#include <vector>

namespace segell::cli {

/// Everything that the report of an opening is made of.
struct OpeningFacts {
  std::string envelope_sha256, key_sha256;
  std::string opener, witness, reason;
  bool two_persons = false;
  std::string single_person_note{};
  std::string at;  ///< RFC 3339
  std::string register_path, register_head;
  std::size_t register_line = 0;  ///< from 1
  std::vector<std::string> files{};
};

/// What was recorded, how well, and what it is bound to, in words. No score, nothing about whose hand it was, no second
/// person. Same input, same octets.
std::string write_ink_report(const OpeningFacts& facts, const signer::ink::InkRecord& record, const Binding& binding,
                             Language language);

enum class Plot { trace, speed, pressure, replay };
/// `measured`: the screen's size is known, so that a millimetre is one.
signer::ink::PlotWords plot_words(Plot plot, Language language, bool measured);

}  // namespace segell::cli
