#include "log_store.h"
#include "verbs.h"

#include <array>

namespace segell::cli {

Action declare_log(CLI::App& app) {
  constexpr std::array kVerbs{
      Verb{"fsck", "derive the logs of a data folder again and name every difference", &declare_log_fsck},
      Verb{"prove", "write the proof that an entry is in the log (.tlog-proof)", &declare_log_prove},
      Verb{"consistency", "prove that the log of one size is the beginning of the log of another",
           &declare_log_consistency},
      Verb{"tail", "print the last entries and the newest checkpoint", &declare_log_tail},
      Verb{"export", "write the log as the static files of C2SP tlog-tiles", &declare_log_export},
      Verb{"openings", "write the events behind the entries, for an authorised auditor", &declare_log_openings},
  };
  return declare_group(app, kVerbs);
}

}  // namespace segell::cli
