#pragma once

#include <memory>
#include <string>

namespace segell::app {
class Service;
}

namespace segell::tests {

/// A service whose use cases only write down what they were called with, so that the API can be tested by itself.
std::unique_ptr<app::Service> make_fake_service();
/// The last use case and its arguments, as one line; empty when none ran since it was last asked.
std::string last_call();

}  // namespace segell::tests
