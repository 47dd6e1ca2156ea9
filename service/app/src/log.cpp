#include "app/log.h"

#include "state.h"

namespace segell::app {

namespace {

base::Failure in_words(base::Error error) {
  if (error.code == base::Code::not_found && error.reason != "log.no-tile") {
    return base::fail(base::Code::not_found, "log.unknown", "no such log");
  }
  if (error.code == base::Code::malformed) return base::fail(base::Code::not_found, "log.no-tile", "no such tile");
  return base::fail(std::move(error));
}

}  // namespace

base::Result<base::Bytes> read_checkpoint(Service& service, std::string_view origin) {
  auto note = service.state().store.served_checkpoint(std::string(origin));
  if (!note) return in_words(std::move(note).error());
  return base::to_bytes(*note);
}

base::Result<base::Bytes> read_tile(Service& service, std::string_view origin, std::string_view path) {
  auto tile = service.state().store.log_tile(std::string(origin), "tile/" + std::string(path));
  if (!tile) return in_words(std::move(tile).error());
  return tile;
}

}  // namespace segell::app
