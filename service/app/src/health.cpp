#include "app/health.h"

#include "state.h"

namespace segell::app {

base::Result<void> check_ready(Service& service) {
  if (auto ready = service.state().store.ready(); !ready) {
    return base::fail(base::Code::unavailable, "service.not-ready",
                      "the store does not answer: " + ready.error().message);
  }
  return base::ok();
}

}  // namespace segell::app
