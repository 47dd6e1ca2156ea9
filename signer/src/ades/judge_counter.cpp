#include "algorithms.h"
#include "work.h"

namespace segell::signer::ades {
namespace {

constexpr const char* kCounterCheck = "cms.counter-signature";
constexpr const char* kGap = "counter-signature";

// What a document timestamp covers of the file existed at its time, the message with all that stands in it.
void prove_by_document_timestamps(const Inquiry& file, const Work& around, Work& counter) {
  for (const TrustedTime& time : file.times)
    if (around.signature.covered_end() != 0 && time.end >= around.signature.covered_end() &&
        time.covers > around.signature.revision)
      counter.prove_before(time.time);
}

Work judge_one(Inquiry& file, const Work& around, const CmsMessage& message) {
  Work counter;
  counter.cms = message;
  counter.signature = around.signature;
  counter.signature.document_timestamp = false;
  counter.certificates = around.certificates;
  // the message's revocation data are about whoever signed in it
  counter.cms->crls.insert(counter.cms->crls.end(), around.cms->crls.begin(), around.cms->crls.end());
  counter.cms->ocsp.insert(counter.cms->ocsp.end(), around.cms->ocsp.begin(), around.cms->ocsp.end());
  const base::Bytes digest = message.digest ? digest_of(*message.digest, around.cms->signature) : base::Bytes();
  // RFC 5652 11.4: no content-type, and the content is the value of the signature
  adopt(counter, judge_message(message, digest, counter.certificates, {.content_type = "", .prefix = "cms."}));
  prove_by_document_timestamps(file, around, counter);
  judge_signature_times(file, counter);
  judge_trust(file, counter);
  counter.verdict.claimed_time = message.signing_time;
  if (counter.verdict.time_basis == TimeBasis::none && message.signing_time)
    counter.verdict.time_basis = TimeBasis::claimed;
  counter.facts.now = file.options.at;
  const Conclusion conclusion = decide(counter.facts);
  counter.verdict.indication = conclusion.indication;
  counter.verdict.sub_indication = conclusion.sub_indication;
  return counter;
}

// EN 319 102-1 5.2.8 leaves it to the verifier's constraints what a signature of others does to this one.
void object(const Inquiry& file, Work& work, std::string words) {
  if (file.options.policy.counter_signatures == CounterSignatureDemand::all_good)
    work.break_constraint(kCounterCheck, std::move(words));
  else
    work.check(kCounterCheck, CheckStatus::warn, std::move(words));
}

void tell(const Inquiry& file, Work& work, const SignatureVerdict& counter) {
  const bool passed = counter.indication == Indication::total_passed;
  const std::string& name = counter.signer.common_name;
  std::string words = "signed in turn by " + (name.empty() ? std::string("somebody who is not known") : name);
  if (passed) return work.check(kCounterCheck, CheckStatus::pass, std::move(words));
  words += ", which is " + std::string(to_string(counter.indication));
  if (counter.sub_indication != SubIndication::none) words += "/" + std::string(to_string(counter.sub_indication));
  object(file, work, std::move(words));
}

}  // namespace

void judge_counter_signatures(Inquiry& file, Work& work) {
  if (!work.cms) return;
  std::size_t unread = work.cms->unread_counter_signatures;
  // what they lack is neither this signature's gap nor what a renewal has to fetch
  const auto not_checked = file.verdict.not_checked;
  const auto gaps = file.gaps;
  const auto path_certificates = file.path_certificates;
  const auto pathless = file.pathless;
  for (const CmsMessage& message : work.cms->counter_signatures) {
    if (file.counter_signatures_left == 0) {
      ++unread;
      continue;
    }
    --file.counter_signatures_left;
    Work counter = judge_one(file, work, message);
    tell(file, work, counter.verdict);
    work.verdict.counter_signatures.push_back(std::move(counter.verdict));
  }
  const bool unread_inside =
      std::ranges::find(file.verdict.not_checked, kGap, &NotChecked::id) != file.verdict.not_checked.end();
  file.verdict.not_checked = not_checked;
  file.gaps = gaps;
  file.path_certificates = path_certificates;
  file.pathless = pathless;
  if (unread != 0) object(file, work, std::to_string(unread) + " more who signed this signature in turn are not read");
  if (unread != 0 || unread_inside)
    file.not_checked(kGap, "some of those who signed a signature in turn are not judged");
}

}  // namespace segell::signer::ades
