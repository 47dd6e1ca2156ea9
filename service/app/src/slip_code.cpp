#include "slip_code.h"

#include "consent_facts.h"

namespace segell::app {

base::Sha256 slip_code_digest(const SlipCode& code) {
  return base::sha256(base::as_bytes("segell.slip/1\n" + code.text()));
}

std::string slip_link(std::string_view public_url, const SlipCode& code) {
  return std::string(public_url) + "/slip#" + code.shown();
}

base::Failure no_such_slip() {
  return base::fail(base::Code::not_found, "slip.unknown", "this code opens nothing",
                    "compare the code with the paper; a decision can also be changed by telephone or at the counter");
}

base::Result<storage::SlipPlace> find_slip(Service::State& state, std::string_view code) {
  const auto parsed = SlipCode::parse(code);
  // A mistyped code is looked up all the same: it takes as long as one that is unknown.
  const base::Sha256 digest = parsed ? slip_code_digest(*parsed) : base::sha256(base::as_bytes(code));
  auto place = state.store.find_slip(digest);
  if (!place && place.error().code == base::Code::not_found) return no_such_slip();
  if (!place) return base::fail(std::move(place).error());
  if (!state.tenant(place->tenant)) return no_such_slip();
  return place;
}

ActorId slip_actor(const storage::SlipId& slip) { return same_bits<ActorId>(slip); }

}  // namespace segell::app
