#include "verbs.h"

#include <vector>

namespace segell::cli {

std::span<const Verb> verbs() {
  static const std::vector<Verb> kVerbs{
      Verb{"verify", "tell what the signatures of documents prove", &declare_verify},
      Verb{"inspect", "show revisions, signatures, fields and findings of a document", &declare_inspect},
      Verb{"seal", "put the organisation's seal on a document", &declare_seal},
      Verb{"ink", "open custody envelopes at the custodian's", &declare_ink},
      Verb{"log", "check and prove tamper-evident logs", &declare_log},
      Verb{"template", "check document templates", &declare_template},
  };
  return kVerbs;
}

}  // namespace segell::cli
