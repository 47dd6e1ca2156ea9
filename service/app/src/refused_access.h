#pragma once

#include "state.h"
#include "visibility.h"

namespace segell::app {

/// Hands the committer the question whether this refusal was one of somebody who is excluded: then it becomes an event
/// of the person who is kept from them. Returns at once, and does the same for every refusal, so that nobody learns
/// from the time of an answer whether there was anything to be kept from them. `target`: a document or a request.
void note_refusal(Service::State& state, const Caller& caller, const Target& target);

/// The same answer; a refusal that says that nothing is there is noted first.
template <class T>
base::Result<T> noting_refusal(Service::State& state, const Caller& caller, const Target& target,
                               base::Result<T> answer) {
  if (!answer && answer.error().code == base::Code::not_found) note_refusal(state, caller, target);
  return answer;
}

}  // namespace segell::app
