#include "signer/ink/exports.h"
#include "signer/ink/measure.h"
#include "signer/ink/plots.h"

#include <cstdint>
#include <cstdlib>

// A record that is accepted can be measured, written in every form, and its binary form reads back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace segell;
  using namespace segell::signer;
  const auto record = ink::parse_record({reinterpret_cast<const std::byte*>(data), size});
  if (!record) return 0;
  (void)ink::measure(record->series);
  (void)ink::write_inkml(*record);
  (void)ink::write_csv(record->series);
  const ink::PlotWords words{.title = "t", .horizontal = "x", .vertical = "y", .again = "a"};
  (void)ink::plot_trace(record->series, words);
  (void)ink::plot_speed(record->series, words);
  (void)ink::plot_pressure(record->series, words);
  (void)ink::write_replay(record->series, words);
  const auto iso = ink::make_iso_record(record->series);
  if (!iso) return 0;
  (void)ink::write_iso_xml(*iso, std::nullopt);
  const auto octets = ink::write_iso_2007(*iso);
  if (!octets) std::abort();
  const auto again = ink::parse_iso_2007(*octets);
  if (!again || !(*again == *iso)) std::abort();
  return 0;
}
