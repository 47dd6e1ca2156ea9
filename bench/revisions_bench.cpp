// verify.revisions: many signed revisions, and many revisions that name one large object (design, section 7).
#include "bench.h"

#include "support/example_pki.h"
#include "support/sample_pdf.h"

#include "base/time.h"
#include "signer/ades/seal.h"
#include "signer/ades/verify.h"

#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace segell::bench {
namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;

constexpr std::size_t kLarge = 8U << 20U;  ///< octets of the object that every revision names

std::string sealed(std::string file, int revisions) {
  const auto sealer = ades::Sealer::make(tests::pki_identity("seal-p256")).value();
  for (int i = 0; i < revisions; ++i) {
    const auto document = pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(file))).value();
    ades::SealRequest request;
    request.claimed_time = base::SystemClock().now();
    const auto revision = sealer.seal(document, std::move(request), ades::TimeDemand::none, nullptr).value();
    file += base::as_text(revision.bytes);
  }
  return file;
}

// One object that is named by as many revisions.
std::string naming_one_object(int revisions) {
  std::string array = "[";
  while (array.size() < kLarge) array += "(some text of the array) ";
  const tests::SamplePdf large{.extra_objects = "1000 0 obj\n" + array + "]\nendobj", .extra_count = 1};
  return tests::with_revisions_naming(1000, sealed(tests::make_sample_pdf(large), 1), revisions);
}

// The times of a verdict of each file, taken in turn: a machine is slower at one time than at another.
std::vector<double> seconds(const ades::Verifier& verifier, const std::vector<std::string>& files) {
  constexpr int kRounds = 9;
  const auto judge = [&](const std::string& file) {
    const auto verdict = verifier.verify_pdf(pdf::borrow_source(base::as_bytes(file)), "bench",
                                             {.at = base::SystemClock().now(), .disclosures = {}});
    if (verdict.indication != ades::Indication::total_passed)
      throw std::runtime_error("another verdict than expected: " + verdict.summary);
  };
  for (const std::string& file : files) judge(file);
  std::vector<std::vector<double>> times(files.size());
  for (int round = 0; round < kRounds; ++round)
    for (std::size_t i = 0; i < files.size(); ++i)
      times[i].push_back(1 / rate(std::chrono::milliseconds(20), [&] { judge(files[i]); }));
  std::vector<double> medians;
  for (auto& all : times) medians.push_back(median(std::move(all)));
  return medians;
}

// How much faster than n log n the time grows from one count to the next: at most 1 is the bar.
void report_growth(const std::string& name, const std::vector<int>& counts, const std::vector<double>& times) {
  for (std::size_t i = 1; i < counts.size(); ++i) {
    const double a = counts[i - 1], b = counts[i];
    const double allowed = times[i - 1] * b * std::log(b) / (a * std::log(a));
    report({name + "." + std::to_string(counts[i]), times[i] * 1000, "ms", allowed * 1000, times[i] / allowed,
            "ratio ≤ 1 (limit: the smaller count's time grown by n log n)", times[i] <= allowed});
  }
}

void run_revisions() {
  ades::TrustMaterial trust;
  for (const char* name : {"root.pem", "root.crl.pem", "issuing.crl.pem"})
    if (!trust.add_pem(tests::read_file(tests::pki_file(name))))
      throw std::runtime_error("no anchors in the example PKI");
  const ades::Verifier verifier(std::move(trust));
  const std::vector<int> counts{10, 100, 1000};
  std::vector<std::string> signed_files, naming_files;
  std::string file = tests::make_sample_pdf();
  int made = 0;
  for (const int count : counts) {
    file = sealed(std::move(file), count - made);
    made = count;
    signed_files.push_back(file);
    naming_files.push_back(naming_one_object(count));
  }
  report_growth("verify.revisions.signed", counts, seconds(verifier, signed_files));
  report_growth("verify.revisions.one-object", counts, seconds(verifier, naming_files));
}

const Register kRevisions{"verify.revisions", run_revisions};

}  // namespace
}  // namespace segell::bench
