#pragma once

namespace segell::cli {

/// What the process tells its caller; frozen (design.md 4.2), the table of docs/exit-codes.md is checked against it.
enum class ExitCode {
  passed = 0,             ///< every check that the policy needs passed
  proven_bad = 1,         ///< TOTAL-FAILED
  could_not_run = 2,      ///< usage or input/output: says nothing about the evidence
  indeterminate = 3,      ///< nothing wrong found, something needed is missing
  nothing_to_verify = 4,  ///< no signature or proof found
};

inline int to_int(ExitCode code) noexcept { return static_cast<int>(code); }

/// The worse of two outcomes by the order 1 > 2 > 3 > 4 > 0.
ExitCode worse(ExitCode a, ExitCode b) noexcept;

}  // namespace segell::cli
