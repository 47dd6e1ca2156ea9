#pragma once

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// What was asked and who helped while a person read a document, as somebody noted it down beside the act (domain
/// 5.3). Personal: it lies encrypted under the person's key and in salted facts, never in an event or on paper.
struct Notes {
  struct Question {
    std::string asked;
    std::string answered;  ///< empty: nobody had an answer
  };
  struct Interpreter {
    std::string name;
    std::string language;  ///< as people call it
    std::string presence;  ///< "here", "telephone", "video"
  };
  struct SupportPerson {
    std::string name;
    std::string relation;  ///< to the person, in words
  };
  std::vector<Question> questions;
  std::optional<Interpreter> interpreter;
  std::optional<SupportPerson> support_person;
  std::string spoke_alone;  ///< whether the person could speak alone: "yes", "no", "not-possible"
};

}  // namespace segell::app
