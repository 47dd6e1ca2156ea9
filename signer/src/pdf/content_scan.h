#pragma once

#include "signer/pdf/document.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// The numbers among values, in order.
std::vector<double> numbers_of(std::span<const Object> values);

/// An operator of a content stream, behind its operands.
struct Instruction {
  std::string_view word;
  std::vector<Object> operands;
  std::vector<double> numbers;  ///< those of the operands that are numbers

  [[nodiscard]] bool only_numbers() const { return numbers.size() == operands.size(); }
  /// The first operand, by which an operator names a resource (7.8.3) or a colour space; null when it is no name.
  [[nodiscard]] const std::string* name() const { return operands.empty() ? nullptr : operands.front().as_name(); }
};

/// Reads a content stream (ISO 32000-1, 7.8.2) operator by operator. `take` gets each and answers whether to go on; an
/// inline image comes as "BI" without operands. False when the text does not read to its end, or has more operators
/// than the bound.
bool scan_content(std::string_view text, const std::function<bool(const Instruction&)>& take);

}  // namespace segell::signer::pdf
