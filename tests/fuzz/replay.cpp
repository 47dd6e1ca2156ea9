// The main of a fuzz target that is built without libFuzzer: gives it every seed of a folder, and each seed cut short
// and with bits turned over, always the same ones. Finds what a change broke; what nobody thought of is for `./dev
// fuzz`.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kCuts = 24;
constexpr std::size_t kFlips = 200;
constexpr std::size_t kMaxDamaged = std::size_t{1} << 16;  // larger seeds go in whole: their time is for the fuzzer

std::size_t give(const std::vector<std::uint8_t>& seed) {
  LLVMFuzzerTestOneInput(seed.data(), seed.size());
  if (seed.empty() || seed.size() > kMaxDamaged) return 1;
  for (std::size_t cut = 0; cut < kCuts; ++cut) {
    // An allocation of its own size, so that reading past its end is seen by a sanitizer.
    const std::vector<std::uint8_t> head(seed.begin(),
                                         seed.begin() + static_cast<std::ptrdiff_t>(seed.size() * cut / kCuts));
    LLVMFuzzerTestOneInput(head.data(), head.size());
  }
  std::mt19937 random(static_cast<unsigned>(seed.size()));
  std::vector<std::uint8_t> damaged = seed;
  for (std::size_t flip = 0; flip < kFlips; ++flip) {
    const std::size_t at = random() % seed.size();
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1U << (random() % 8)));
    LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
    if (flip % 4 == 3) damaged = seed;
  }
  return 1 + kCuts + kFlips;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: fuzz_NAME SEEDS\n", stderr);
    return 2;
  }
  std::size_t seeds = 0;
  std::size_t inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    inputs += give({std::istreambuf_iterator<char>(in), {}});
    ++seeds;
  }
  std::printf("%zu inputs from %zu seeds\n", inputs, seeds);
  return seeds == 0 ? 1 : 0;
}
