#pragma once

#include "app/service.h"

namespace segell::app {

/// Ready to take acts: storage answers and every tenant's head is known. Error: unavailable "service.not-ready".
base::Result<void> check_ready(Service& service);

}  // namespace segell::app
