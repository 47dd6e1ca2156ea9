#pragma once

#include "base/time.h"
#include "signer/ink/iso19794.h"
#include "signer/ink/series.h"

#include <optional>
#include <string>

namespace segell::signer::ink {

/// The record in the XML of ISO/IEC 19794-7:2014/Amd 1:2015, with the channels and numbers of the binary one (signs
/// restored). What is not known is left out or said to be unknown, never invented: the capture time, the device, a
/// quality score (which Segell does not compute). `started` is the series' own.
std::string write_iso_xml(const IsoRecord& record, std::optional<base::Instant> started);

/// W3C InkML of 2011: a trace a line, hovering as traces of type penUp; X and Y in millimetres, T in milliseconds since
/// the first sample, F and the pen's angles only where the device gave them.
std::string write_inkml(const InkRecord& record);

/// RFC 4180 with a header line: every number of the record as it was recorded, and the places in millimetres beside it.
std::string write_csv(const InkSeries& series);

}  // namespace segell::signer::ink
