#pragma once

#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// Until when an algorithm may be relied on: never, for ever (no date), or with a proof of existence before a date.
struct AlgorithmLimit {
  bool accepted = true;
  std::optional<base::Instant> until;
  std::string name;
};

/// A parameter of a use of an algorithm, as suites bound it: "moduluslength" (RSA, bits), "plength" (curve, bits).
struct AlgorithmParameter {
  std::string_view name;
  int bits = 0;
};

/// A dated suite of algorithms in the JSON form of ETSI TS 119 322 (the machine readable TS 119 312): names, object
/// identifiers, bounds of parameters, ends of validity. Immutable; copies share it.
class AlgorithmSuite {
 public:
  static constexpr std::size_t kMaxBytes = 1U << 20U;

  /// Reads SecuritySuitabilityPolicy/Algorithm/{AlgorithmIdentifier, Evaluation/{Parameter/{name, Min, Max}, Validity/
  /// End}}; single members may stand in place of arrays of one, numbers may be texts, ends are dates or date-times.
  /// Errors: malformed "suite.malformed", and those of base::parse_json.
  static base::Result<AlgorithmSuite> parse(std::string_view json);
  /// The one that is built in: TS 119 312 v1.5.1, and the algorithms that it no longer lists with their old ends.
  static const AlgorithmSuite& standard();

  /// The latest end among the evaluations whose bounds hold; not accepted when there is none. Nothing when the suite
  /// has no row for it. `name` is how the row is named where identifiers differ: case and punctuation do not count.
  [[nodiscard]] std::optional<AlgorithmLimit> find(std::string_view oid, std::string_view name,
                                                   const std::vector<AlgorithmParameter>& parameters = {}) const;

  [[nodiscard]] const std::string& name() const;    ///< PolicyName, or empty
  [[nodiscard]] const std::string& sha256() const;  ///< of the text, hex

 private:
  struct Content;
  explicit AlgorithmSuite(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
  std::shared_ptr<const Content> m_content;
};

}  // namespace segell::signer::ades
