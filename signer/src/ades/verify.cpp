#include "formats.h"
#include "ocsp.h"
#include "work.h"

#include "base/encoding.h"
#include "signer/pdf/security_store.h"

#include <algorithm>
#include <set>

namespace segell::signer::ades {

struct Verifier::State {
  explicit State(TrustMaterial material) : paths(material.anchors), trust_sha256(base::to_hex(material.fingerprint())) {
    for (const base::Bytes& der : material.crls) {
      auto list = read_crl(der);
      if (list)
        evidence.push_back({.data = *std::move(list)});
      else
        unused.push_back(list.error().message);
    }
    for (const base::Bytes& der : material.ocsp_responses) {
      const auto basic = basic_ocsp_of(der);
      auto response = read_ocsp(basic.value_or(base::Bytes()));
      if (response)
        evidence.push_back({.data = *std::move(response)});
      else
        unused.push_back(response.error().message);
    }
  }

  mutable CertificateCache certificates;
  PathBuilder paths;
  std::vector<Evidence> evidence;
  std::vector<std::string> unused;  // why a piece of it was not
  std::string trust_sha256;
};

void Inquiry::not_checked(std::string id, std::string why) {
  const NotChecked item{std::move(id), std::move(why)};
  if (std::ranges::find(verdict.not_checked, item) == verdict.not_checked.end()) verdict.not_checked.push_back(item);
}

void Inquiry::note_archived(base::BytesView part, base::Instant time) {
  const auto [known, fresh] = archived.emplace(base::sha256(part), time);
  if (!fresh) known->second = std::min(known->second, time);
}

std::optional<base::Instant> Inquiry::archived_since(base::BytesView part) const {
  if (archived.empty()) return std::nullopt;
  const auto known = archived.find(base::sha256(part));
  return known == archived.end() ? std::nullopt : std::optional(known->second);
}

namespace {

constexpr std::string_view kByteRangeKey = "/ByteRange";

// True when the octets hold "/ByteRange" anywhere: then a file that cannot be read is a broken signature, not none.
base::Result<bool> mentions_byte_range(const pdf::ByteSource& source) {
  bool found = false;
  std::string tail;
  SEGELL_CHECK(pdf::for_each_piece(source, {0, source.size()}, [&](base::BytesView piece) {
    if (found) return;
    const std::string_view text = base::as_text(piece);
    const std::string seam = tail + std::string(text.substr(0, kByteRangeKey.size()));
    found = text.find(kByteRangeKey) != std::string_view::npos || seam.find(kByteRangeKey) != std::string::npos;
    tail = text.substr(text.size() - std::min(text.size(), kByteRangeKey.size()));
  }));
  return found;
}

Work broken_signature(std::string field, std::string_view id, std::string why) {
  Work work;
  work.signature.field = std::move(field);
  work.break_format(std::string(id), std::move(why));
  return work;
}

// A file that the reader gave up on.
Verdict unreadable(const pdf::SourcePtr& source, Verdict verdict, const base::Error& error) {
  if (error.code == base::Code::io) return unreadable_input(verdict, error);
  const auto mentioned = mentions_byte_range(*source);
  if (!mentioned) return make_error_verdict(verdict.input, mentioned.error());
  verdict.checks.push_back({"pdf.structure", CheckStatus::fail, error.message});
  if (*mentioned) {
    SignatureVerdict signature;
    signature.indication =
        error.code == base::Code::limit_exceeded ? Indication::indeterminate : Indication::total_failed;
    signature.sub_indication = error.code == base::Code::limit_exceeded ? SubIndication::sig_constraints_failure
                                                                        : SubIndication::format_failure;
    signature.checks.push_back({"pdf.structure", CheckStatus::fail, error.message});
    verdict.signatures.push_back(std::move(signature));
  }
  conclude_from_signatures(verdict);
  verdict.summary =
      *mentioned ? "holds a signature that cannot be read: " + error.message : "no signature found: " + error.message;
  return verdict;
}

// Signature fields that hold something which is no signature dictionary with a /ByteRange: never skipped.
base::Result<std::vector<Work>> find_hollow_fields(const pdf::Document& document, const std::vector<Work>& works) {
  std::vector<Work> hollow;
  const auto form = pdf::read_form(document);
  if (!form) {
    if (works.empty() && form.error().code == base::Code::io) return base::fail(form.error());
    return hollow;
  }
  std::set<std::string_view> names;
  std::set<pdf::Ref> refs;
  for (const Work& work : works) {
    if (!work.signature.field.empty()) names.insert(work.signature.field);
    if (!work.signature.ref.is_none()) refs.insert(work.signature.ref);
  }
  for (const pdf::Field& field : form->fields) {
    if (!field.is_signature() || field.is_empty()) continue;
    const pdf::Ref* ref = field.value.as_reference();
    if (names.contains(field.name) || (ref != nullptr && refs.contains(*ref))) continue;
    const auto value = document.resolve(field.value);
    if (value && value->is_null()) continue;  // undefined and freed objects are null (ISO 32000-1, 7.3.10)
    hollow.push_back(broken_signature(field.name, "pdf.byte-range", "the signature has no /ByteRange"));
  }
  return hollow;
}

base::Result<std::vector<Work>> find_works(const pdf::Document& document, const pdf::Sweep* sweep,
                                           std::vector<pdf::Finding>& findings) {
  findings.clear();
  SEGELL_TRY(auto signatures, pdf::find_signatures(document, sweep, &findings));
  std::vector<Work> works;
  for (pdf::Signature& signature : signatures) works.emplace_back().signature = std::move(signature);
  return works;
}

bool inside(std::uint64_t size, const pdf::Signature& signature) {
  if (!signature.byte_range) return false;
  const auto& [start, first, second, rest] = *signature.byte_range;
  return start == 0 && first <= second && second <= size && rest <= size - second;
}

void plan_digests(DigestPlan& plan, std::uint64_t size, Work& work) {
  if (work.cms && inside(size, work.signature)) {
    const auto& [start, first, second, rest] = *work.signature.byte_range;
    if (const auto digest = digest_to_plan(work))
      work.digest = plan.add_ranges(*digest, {first, second - first}, second + rest);
  }
  if (!work.manifest) return;
  if (work.manifest->shown.length <= size) {
    work.shown_sha256 = plan.add_prefix(Digest::sha256, work.manifest->shown.length);
    work.shown_sha512 = plan.add_prefix(Digest::sha512, work.manifest->shown.length);
  }
  if (work.manifest->base.length <= size)
    work.base_sha256 = plan.add_prefix(Digest::sha256, work.manifest->base.length);
}

void read_store(Case& file) {
  const auto store = pdf::read_security_store(file.document, file.document.latest());
  if (!store || !store->present) return;
  for (const auto& item : store->certificates)
    if (auto certificate = file.certificates.get(item.octets)) file.own_certificates.push_back(*std::move(certificate));
  const auto add = [&](base::Result<RevocationDataPtr> data, std::uint64_t end) {
    if (data)
      file.own_evidence.push_back({.data = *std::move(data), .embedded = true, .end = end});
    else
      file.not_checked("revocation-data", "in the document: " + data.error().message);
  };
  for (const auto& item : store->crls) add(read_crl(item.octets), item.end);
  for (const auto& item : store->ocsp_responses) {
    const auto basic = basic_ocsp_of(item.octets);
    add(read_ocsp(basic ? base::BytesView(*basic) : base::BytesView(item.octets)), item.end);
  }
}

void find_changes(Case& file, const std::vector<Work>& works) {
  pdf::RevisionIndex from = file.document.latest();
  for (const Work& work : works) {
    if (!work.signature.document_timestamp && !work.signature.usage_rights)
      file.first_signature = std::min(file.first_signature.value_or(work.signature.revision), work.signature.revision);
    if (work.signature.covers) from = std::min(from, *work.signature.covers);
    if (work.manifest && work.signature.revision > 0) {
      // the act's own chain of revisions begins at what was shown
      const auto& revisions = file.document.revisions();
      const auto shown = std::ranges::find_if(
          revisions, [&](const pdf::Revision& one) { return work.manifest->shown.length <= one.end; });
      if (shown != revisions.end())
        from = std::min<pdf::RevisionIndex>(from, static_cast<std::size_t>(shown - revisions.begin()));
    }
  }
  if (from == file.document.latest()) return;
  auto changes = pdf::changes_after(file.document, from);
  file.changes_known = changes.has_value();
  if (changes) file.changes = *std::move(changes);
}

void judge_all(Case& file, std::vector<Work>& works, const DigestPlan& plan) {
  for (Work& work : works) judge_cms(file, work, plan);
  // what a later timestamp proves, the judgement of an earlier one rests on
  for (std::size_t i = works.size(); i-- > 0;)
    if (works[i].signature.document_timestamp) judge_document_timestamp(file, works[i], i, plan);
  for (Work& work : works)
    if (!work.signature.document_timestamp) judge_times(file, work);
  judge_order(file, works);
  find_changes(file, works);
  note_hidden_content(file);
  for (std::size_t i = 0; i < works.size(); ++i) {
    Work& work = works[i];
    judge_changes(file, work);
    if (!work.signature.document_timestamp) {
      judge_trust(file, work);
      judge_act(file, works, i, plan);
    }
    work.verdict.level = level_of(file, work);
    work.verdict.claimed_time = parse_pdf_date(work.signature.claimed_time);
    conclude(file, work);
  }
  const bool signed_too = std::ranges::any_of(works, [](const Work& work) { return !work.signature.usage_rights; });
  for (Work& work : works) {
    // ISO 32000-1, 12.8.2.3: what a viewer may do, granted by its maker. It is judged where it is broken or all there
    // is.
    if (signed_too && work.signature.usage_rights && work.verdict.integrity == Integrity::intact &&
        work.facts.format_holds) {
      file.not_checked("usage-rights", "/UR3 grants rights to a viewer and says nothing about the document");
      continue;
    }
    work.verdict.index = static_cast<int>(file.verdict.signatures.size());
    work.verdict.field = work.signature.field;
    file.verdict.signatures.push_back(std::move(work.verdict));
  }
}

void note_findings(Case& file, const pdf::Sweep& sweep, const std::vector<pdf::Finding>& of_objects) {
  const auto note = [&](const pdf::Finding& finding) {
    const bool anomaly = finding.weight == pdf::Weight::anomaly;
    file.structure_sound = file.structure_sound && !anomaly;
    file.verdict.checks.push_back(
        {std::string(finding.id), anomaly ? CheckStatus::fail : CheckStatus::warn, finding.words});
  };
  for (const pdf::Finding& finding : file.document.findings()) note(finding);
  for (const pdf::Finding& finding : sweep.findings()) note(finding);
  for (const pdf::Finding& finding : of_objects) note(finding);
  file.structure_sound = file.structure_sound && !file.document.has_anomaly();
  if (file.document.repaired())
    file.verdict.checks.push_back(
        {"pdf.repaired", CheckStatus::fail, "the file is damaged and had to be repaired to be read"});
}

std::vector<pdf::Range> objects_of(const std::vector<Work>& works) {
  std::vector<pdf::Range> out;
  for (const Work& work : works) out.push_back(work.signature.object);
  std::ranges::sort(out, {}, &pdf::Range::offset);
  return out;
}

base::Result<std::vector<Work>> find_and_hash(Case& file, const pdf::SourcePtr& source, DigestPlan& plan,
                                              pdf::Sweep& sweep, std::vector<pdf::Finding>& findings) {
  SEGELL_TRY(auto works, find_works(file.document, nullptr, findings));
  const auto prepare = [&] {
    for (Work& work : works) {
      read_parts(file, work);
      plan_digests(plan, source->size(), work);
    }
  };
  prepare();
  SEGELL_CHECK(plan.run(*source, [&](base::BytesView piece) { sweep.feed(piece); }));
  if (sweep.byte_range_offsets(objects_of(works)).empty()) return works;
  // rare and hostile: signatures that no object leads to; the file is read once more for them
  SEGELL_TRY(works, find_works(file.document, &sweep, findings));
  plan = DigestPlan(source->size());
  prepare();
  SEGELL_CHECK(plan.run(*source, [](base::BytesView) {}));
  return works;
}

base::Result<void> judge_document(Case& file, const pdf::SourcePtr& source) {
  pdf::Sweep sweep(file.document);
  DigestPlan plan(source->size());
  read_store(file);
  std::vector<pdf::Finding> findings;
  SEGELL_TRY(auto works, find_and_hash(file, source, plan, sweep, findings));
  note_findings(file, sweep, findings);
  SEGELL_TRY(auto hollow, find_hollow_fields(file.document, works));
  for (const Work& work : works) file.signed_end = std::max(file.signed_end, work.signature.covered_end());
  for (Work& work : works) judge_structure(file, work);
  for (Work& work : hollow) works.push_back(std::move(work));
  if (works.empty() && file.document.locked())
    file.not_checked("pdf.encryption", "the document is encrypted; no signature is visible without its password");
  judge_all(file, works, plan);
  return base::ok();
}

void read_disclosures(Case& file) {
  for (const base::Bytes& bytes : file.options.disclosures) {
    auto disclosure = parse_disclosure(bytes);
    if (disclosure)
      file.disclosures.push_back(*std::move(disclosure));
    else
      file.verdict.checks.push_back({"act.disclosure", CheckStatus::fail, disclosure.error().message});
  }
}

void finish(Case& file) {
  Verdict& verdict = file.verdict;
  conclude_from_signatures(verdict);
  verdict.summary = summarise(verdict);
  if (verdict.signatures.empty() && file.document.locked())
    verdict.summary = "no signature found; the document is encrypted with a password";
}

}  // namespace

Verifier::Verifier(TrustMaterial trust) : m_state(std::make_unique<State>(std::move(trust))) {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

std::string Verifier::path_fault(const base::Certificate& certificate, std::span<const base::Certificate> others,
                                 base::Instant at) const {
  const Path path = m_state->paths.build(certificate, others, at);
  if (path.chain != SignatureFacts::Chain::found)
    return path.detail.empty() ? "no path leads to a trust anchor" : path.detail;
  for (const base::Certificate& one : path.certificates)
    if (at < one.not_before() || at > one.not_after()) return "not valid at this time: " + one.subject();
  return usage_fault(path.certificates, false);
}

void Verifier::forget() const {
  m_state->certificates.forget();
  m_state->paths.forget();
}

Inquiry Verifier::begin(std::string_view name, const VerifyOptions& options) const {
  Inquiry inquiry{.options = options,
                  .certificates = m_state->certificates,
                  .paths = m_state->paths,
                  .evidence = m_state->evidence};
  inquiry.own_certificates = options.certificates;
  inquiry.verdict.input = name;
  inquiry.verdict.trust_sha256 = m_state->trust_sha256;
  inquiry.verdict.policy_sha256 = policy_fingerprint(options.policy);
  inquiry.verdict.suite_sha256 = suite_of(options).sha256();
  inquiry.verdict.suite_name = suite_of(options).name();
  for (const std::string& why : m_state->unused)
    inquiry.not_checked("revocation-data", "of the trust material: " + why);
  return inquiry;
}

Verdict Verifier::verify(const pdf::SourcePtr& file, std::string_view name, const VerifyOptions& options) const {
  const auto format = tell_format(*file);
  if (!format) return unreadable_input(begin(name, options).verdict, format.error());
  Inquiry inquiry = begin(name, options);
  if (*format == Format::cms) return judge_cms_file(inquiry, *file);
  Verdict verdict = *format == Format::zip ? judge_container(inquiry, file) : verify_pdf(file, name, options);
  if (options.content)
    verdict.checks.push_back({"input.content", CheckStatus::warn,
                              "the content given was not looked at: this file holds what its signatures are over"});
  return verdict;
}

Verdict Verifier::verify_pdf(const pdf::SourcePtr& file, std::string_view name, const VerifyOptions& options) const {
  return judge(file, name, options, false).verdict;
}

ValidationGaps Verifier::find_gaps(const pdf::SourcePtr& file, const VerifyOptions& options) const {
  const auto format = tell_format(*file);
  if (!format || *format == Format::pdf) return judge(file, {}, options, true);
  Inquiry inquiry = begin({}, options);
  inquiry.fresh_evidence = true;
  Verdict verdict = *format == Format::cms ? judge_cms_file(inquiry, *file) : judge_container(inquiry, file);
  return {.verdict = std::move(verdict),
          .unanswered = std::move(inquiry.gaps),
          .certificates = std::move(inquiry.path_certificates),
          .pathless = std::move(inquiry.pathless)};
}

ValidationGaps Verifier::judge(const pdf::SourcePtr& file, std::string_view name, const VerifyOptions& options,
                               bool fresh_evidence) const {
  Inquiry inquiry = begin(name, options);
  inquiry.fresh_evidence = fresh_evidence;
  auto document = pdf::Document::open(file);
  if (!document) return {.verdict = unreadable(file, std::move(inquiry.verdict), document.error())};
  Case one{std::move(inquiry), *document};
  read_disclosures(one);
  const Verdict empty = one.verdict;
  if (const auto judged = judge_document(one, file); !judged)
    return {.verdict = unreadable(file, empty, judged.error())};
  finish(one);
  return {.verdict = std::move(one.verdict),
          .unanswered = std::move(one.gaps),
          .certificates = std::move(one.path_certificates),
          .pathless = std::move(one.pathless)};
}

}  // namespace segell::signer::ades
