// Planted: the lint proves with it that clang-tidy is live. Never compiled into anything.
#include <string>
#include <utility>

std::string planted(std::string text) {
  std::string taken = std::move(text);
  return taken + text;
}
