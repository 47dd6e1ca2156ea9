#include "signer/ades/suite.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

extern "C" const char segell_suite_begin[], segell_suite_end[];  // NOLINT: named by cmake/embed.cmake

namespace segell::signer::ades {
namespace {

using base::Json;
using base::Result;

struct Bound {
  std::string name;
  int min = 0;
  std::optional<int> max;
};

struct Evaluation {
  std::vector<Bound> bounds;
  std::optional<base::Instant> until;
};

struct Row {
  std::string name;
  std::vector<Evaluation> evaluations;
};

base::Failure malformed_suite(std::string what) {
  return base::fail(base::Code::malformed, "suite.malformed", "no suite of algorithms: " + std::move(what),
                    "the form is the JSON of ETSI TS 119 322: SecuritySuitabilityPolicy with a list Algorithm");
}

// "SHA-256", "sha256" and "SHA 256" are one name.
std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

// What may stand alone or in an array.
std::vector<const Json*> members_of(const Json* value) {
  std::vector<const Json*> out;
  if (value == nullptr) return out;
  if (const Json::Array* array = value->as_array()) {
    for (const Json& one : *array) out.push_back(&one);
  } else {
    out.push_back(value);
  }
  return out;
}

std::optional<int> number_of(const Json& value) {
  if (const std::int64_t* number = value.as_int())
    return *number >= 0 && *number <= 1'000'000 ? std::optional(static_cast<int>(*number)) : std::nullopt;
  const std::string* text = value.as_string();
  int out = 0;
  if (text == nullptr || text->empty() || text->size() > 6) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
  return error == std::errc() && end == text->data() + text->size() ? std::optional(out) : std::nullopt;
}

// xs:date or xs:dateTime. A date alone ends with its first moment: then the algorithm is no longer in use.
Result<std::optional<base::Instant>> end_of(const Json* validity) {
  const Json* end = validity == nullptr ? nullptr : validity->find("End");
  if (end == nullptr || end->is_null()) return std::optional<base::Instant>();
  const std::string* text = end->as_string();
  if (text == nullptr) return malformed_suite("an end of validity is no text");
  const auto time = base::parse_rfc3339(text->size() == 10 ? *text + "T00:00:00Z" : *text);
  if (!time) return malformed_suite("\"" + *text + "\" is no date");
  return std::optional(*time);
}

Result<Evaluation> read_evaluation(const Json& json) {
  if (json.as_object() == nullptr) return malformed_suite("an Evaluation is no object");
  Evaluation out;
  for (const Json* parameter : members_of(json.find("Parameter"))) {
    const Json* name = parameter->find("name");
    if (name == nullptr || name->as_string() == nullptr) return malformed_suite("a Parameter has no name");
    Bound bound{plain_name(*name->as_string()), 0, std::nullopt};
    if (const Json* min = parameter->find("Min")) {
      const auto value = number_of(*min);
      if (!value) return malformed_suite("the Min of " + *name->as_string() + " is no number");
      bound.min = *value;
    }
    if (const Json* max = parameter->find("Max")) {
      bound.max = number_of(*max);
      if (!bound.max) return malformed_suite("the Max of " + *name->as_string() + " is no number");
    }
    out.bounds.push_back(std::move(bound));
  }
  SEGELL_TRY(out.until, end_of(json.find("Validity")));
  return out;
}

std::string dotted_of(std::string_view identifier) {
  constexpr std::string_view kUrn = "urn:oid:";
  return std::string(identifier.starts_with(kUrn) ? identifier.substr(kUrn.size()) : identifier);
}

bool bounds_hold(const Evaluation& evaluation, const std::vector<AlgorithmParameter>& parameters) {
  return std::ranges::all_of(evaluation.bounds, [&](const Bound& bound) {
    const auto known = std::ranges::find(parameters, bound.name, &AlgorithmParameter::name);
    return known != parameters.end() && known->bits >= bound.min && (!bound.max || known->bits <= *bound.max);
  });
}

}  // namespace

struct AlgorithmSuite::Content {
  std::string name, sha256;
  std::vector<Row> rows;
  std::map<std::string, std::size_t, std::less<>> by_oid, by_name;

  Result<void> add(const Json& json) {
    const Json* identifier = json.find("AlgorithmIdentifier");
    const Json* given = identifier == nullptr ? nullptr : identifier->find("Name");
    if (given == nullptr || given->as_string() == nullptr) return malformed_suite("an Algorithm has no name");
    Row row{*given->as_string(), {}};
    for (const Json* one : members_of(json.find("Evaluation"))) {
      SEGELL_TRY(Evaluation evaluation, read_evaluation(*one));
      row.evaluations.push_back(std::move(evaluation));
    }
    // published suites spell the key in both ways
    for (const char* key : {"ObjectIdentifier", "Objectidentifier"})
      for (const Json* oid : members_of(identifier->find(key)))
        if (oid->as_string() != nullptr) by_oid.emplace(dotted_of(*oid->as_string()), rows.size());
    by_name.emplace(plain_name(row.name), rows.size());
    rows.push_back(std::move(row));
    return base::ok();
  }
};

Result<AlgorithmSuite> AlgorithmSuite::parse(std::string_view json) {
  SEGELL_TRY(const Json root, base::parse_json(json, {.max_bytes = kMaxBytes}));
  const Json* policy = root.find("SecuritySuitabilityPolicy");
  if (policy == nullptr) policy = root.find("SecuritySuitabilityPolicyType");
  const Json* algorithms = policy == nullptr ? nullptr : policy->find("Algorithm");
  if (algorithms == nullptr) return malformed_suite("there is no list of algorithms in it");
  auto content = std::make_shared<Content>();
  if (const Json* name = policy->find("PolicyName"); name != nullptr && name->find("Name") != nullptr)
    if (const std::string* text = name->find("Name")->as_string()) content->name = *text;
  for (const Json* one : members_of(algorithms)) SEGELL_CHECK(content->add(*one));
  if (content->rows.empty()) return malformed_suite("its list of algorithms is empty");
  content->sha256 = base::to_hex(base::sha256(base::as_bytes(json)));
  return AlgorithmSuite(std::move(content));
}

const AlgorithmSuite& AlgorithmSuite::standard() {
  static const AlgorithmSuite kStandard = [] {
    auto suite = parse({segell_suite_begin, static_cast<std::size_t>(segell_suite_end - segell_suite_begin)});
    if (!suite) throw std::logic_error("the suite that is built in: " + suite.error().message);
    return *std::move(suite);
  }();
  return kStandard;
}

std::optional<AlgorithmLimit> AlgorithmSuite::find(std::string_view oid, std::string_view name,
                                                   const std::vector<AlgorithmParameter>& parameters) const {
  // the name comes first: some published suites give wrong identifiers
  auto at = m_content->by_name.find(plain_name(name));
  if (at == m_content->by_name.end()) {
    at = m_content->by_oid.find(oid);
    if (at == m_content->by_oid.end()) return std::nullopt;
  }
  const Row& row = m_content->rows[at->second];
  AlgorithmLimit limit{.accepted = false, .until = std::nullopt, .name = row.name};
  for (const Evaluation& evaluation : row.evaluations) {
    if (!bounds_hold(evaluation, parameters)) continue;
    const bool later = !evaluation.until || (limit.until && *evaluation.until > *limit.until);
    if (!limit.accepted || (limit.until && later)) limit.until = evaluation.until;
    limit.accepted = true;
  }
  return limit;
}

const std::string& AlgorithmSuite::name() const { return m_content->name; }
const std::string& AlgorithmSuite::sha256() const { return m_content->sha256; }

}  // namespace segell::signer::ades
