#include "sealing.h"

namespace segell::app {

namespace ades = signer::ades;

ades::TimeDemand demand_of(const Service::State& state, const Tenant& tenant) {
  if (tenant.settings.require_timestamp) return ades::TimeDemand::required;
  return state.tsa ? ades::TimeDemand::wanted : ades::TimeDemand::none;
}

base::Failure no_timestamp(const std::string& why) {
  return base::fail(base::Code::unavailable, "act.timestamp-required",
                    "no timestamp could be had, and this organisation seals nothing without one: " + why,
                    "try again; nothing was stored");
}

base::Failure seal_error(base::Error error, ades::TimeDemand demand) {
  if (demand == ades::TimeDemand::required && error.reason.starts_with("tsa.")) return no_timestamp(error.message);
  return base::fail(std::move(error));
}

}  // namespace segell::app
