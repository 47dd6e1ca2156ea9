#include "containers/zip_map.h"
#include "support/mutations.h"
#include "trust/drill.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <random>

// One octet of a CAdES signature or of a container changed at random, of every level: it does not pass any more, unless
// what was changed is listed here by name, with what makes it harmless.

namespace {

using namespace segell;
using namespace segell::tests;

struct Subject {
  std::string name;
  base::Bytes octets;
  pdf::SourcePtr content;
  bool is_container = false;
};

base::Bytes bytes_of(std::string_view text) { return base::to_bytes(base::as_bytes(text)); }

Level level_of(const Verdict& verdict) {
  const auto signature = std::ranges::find_if(
      verdict.signatures, [](const auto& one) { return one.type != SignatureType::document_timestamp; });
  return signature == verdict.signatures.end() ? Level::none : signature->level;
}

/// How another writer packs the same files.
enum class Packing { plain, into_a_pipe, wide };

// Deflated, with extra fields and comments; into a pipe with sizes behind each file, eight octets each; or with the
// ZIP64 form of everything.
base::Bytes repacked(const base::Bytes& container, Packing packing) {
  constexpr std::string_view kScript =
      "import sys,zipfile\n"
      "class Pipe:\n"
      "  def __init__(s,f): s.write=f.write;s.flush=f.flush\n"
      "how=sys.argv[3];f=open(sys.argv[2],'wb')\n"
      "a=zipfile.ZipFile(sys.argv[1]);b=zipfile.ZipFile(Pipe(f) if how=='pipe' else f,'w')\n"
      "if how=='wide': zipfile.ZIP64_LIMIT=64\n"
      "for i in a.infolist():\n"
      "  o=zipfile.ZipInfo(i.filename,(2026,11,20,12,0,0));o.external_attr=0o100644<<16\n"
      "  own=i.filename!='mimetype'\n"
      "  if own:\n"
      "    o.compress_type=8;o.extra=b'UT\\x05\\x00\\x01\\x00\\x00\\x00\\x00';o.comment=b'of a writer'\n"
      "  h=b.open(o,'w',force_zip64=own and how!='plain');h.write(a.read(i));h.close()\n"
      "b.comment=b'mimetype=application/vnd.etsi.asic-e+zip'\n"
      "b.close();f.close()\n";
  const std::string how = packing == Packing::plain ? "plain" : packing == Packing::wide ? "wide" : "pipe";
  Samples files;
  const auto in = files.write(container, "in"), out = files.path("repacked");
  REQUIRE(run({kPython, "-c", std::string(kScript), in.string(), out.string(), how}).exit_code == 0);
  return base::to_bytes(read_file(out));
}

class Mutations {
 public:
  Mutations() : m_content(bytes_of("Informe de mostra\n")) {
    for (const ContentPlace place : {ContentPlace::detached, ContentPlace::enveloping}) {
      const std::string name = place == ContentPlace::detached ? "detached " : "enveloping ";
      const auto content = place == ContentPlace::detached ? pdf::borrow_source(m_content) : nullptr;
      add(name + "B-B", m_drill.seal_cades(m_content, place), content);
      const auto stamped = m_drill.seal_cades(m_content, place, TimeDemand::required);
      add(name + "B-T", stamped, content);
      add(name + "B-LT", m_drill.extend_cades(stamped, content, LongTermLevel::b_lt).value(), content);
      add(name + "B-LTA", m_drill.extend_cades(stamped, content).value(), content);
    }
    for (const ContainerKind kind : {ContainerKind::asic_s, ContainerKind::asic_e}) {
      const std::string name = kind == ContainerKind::asic_s ? "ASiC-S " : "ASiC-E ";
      add(name + "B-B", m_drill.seal_container(kind));
      const auto stamped = m_drill.seal_container(kind, TimeDemand::required);
      add(name + "B-T", stamped);
      add(name + "B-LT", m_drill.extend_container(stamped, LongTermLevel::b_lt).value());
      const auto lasting = m_drill.extend_container(stamped).value();
      add(name + "B-LTA", lasting);
      add(name + "B-LTA, deflated", repacked(lasting, Packing::plain));
      add(name + "B-LTA, streamed", repacked(lasting, Packing::into_a_pipe));
      add(name + "B-LTA, ZIP64", repacked(lasting, Packing::wide));
    }
  }

  [[nodiscard]] const std::vector<Subject>& subjects() const { return m_subjects; }
  [[nodiscard]] Verdict judge(const Subject& subject, base::BytesView octets) {
    return m_drill.verify_cades(octets, subject.content, "2026-11-20");
  }

 private:
  void add(std::string name, base::Bytes octets, pdf::SourcePtr content) {
    m_subjects.push_back({std::move(name), std::move(octets), std::move(content), false});
  }
  void add(std::string name, base::Bytes container) {
    m_subjects.push_back({std::move(name), std::move(container), nullptr, true});
  }

  Drill m_drill;
  base::Bytes m_content;
  std::vector<Subject> m_subjects;
};

/// A subject with the map of its octets: changes one, and says why a change that passes is nobody's harm.
class Target {
 public:
  Target(Mutations& mutations, const Subject& subject)
      : m_mutations(mutations), m_subject(subject), m_whole(mutations.judge(subject, subject.octets)) {
    if (subject.is_container)
      m_archive.emplace(subject.octets);
    else
      map_message(m_message, subject.octets, 0, subject.octets.size(), "");
  }

  [[nodiscard]] const Verdict& whole() const { return m_whole; }

  /// What an octet belongs to, and what it was: for the message of a failure.
  [[nodiscard]] std::string describe(std::size_t at) const {
    const OctetRun* run = map().at(at);
    const std::string what = run == nullptr ? "(not mapped)" : run->what + " +" + std::to_string(at - run->begin);
    return what + ", was " + std::to_string(std::to_integer<int>(m_subject.octets[at]));
  }

  /// One octet at random. In an archive mostly with a check sum that fits again, or in both headers alike: what
  /// whoever forges one does too.
  template <class Random>
  std::pair<std::size_t, base::Bytes> change(Random& random) const {
    base::Bytes out = m_subject.octets;
    const std::size_t at = random() % out.size();
    out[at] ^= static_cast<std::byte>(random() % 3 == 0 ? 1 + random() % 255 : 1U << random() % 8U);
    if (m_archive && random() % 8 != 0) fit(out, at);
    return {at, std::move(out)};
  }

  /// Why a change that passes says the same as before, or what it takes away; empty: it must not pass.
  [[nodiscard]] std::string excuse(const base::Bytes& mutant, std::size_t at, const Verdict& verdict) {
    if (verdict.signatures.size() != m_whole.signatures.size()) return {};
    const OctetRun* run = map().at(at);
    if (run == nullptr) return {};
    const std::string what = run->what.substr(run->what.starts_with("timestamp: ") ? 11 : 0);
    const bool lower = level_of(verdict) < level_of(m_whole);
    constexpr std::byte kLists{0xA1};  // crls (RFC 5652 5.1), among which no list is found then
    if (what == "certificates" && at == run->begin && mutant[at] == kLists && !lower)
      return "certificates said to be revocation lists, at hand elsewhere too";
    if (what == "certificate" || what == "certificates" || what == "evidence") {
      if (lower) return what == "evidence" ? "evidence that holds no more, and a lower level" : "";
      return is_spare(*run) ? what + " that nothing needs" : std::string();
    }
    if (what.starts_with("unsigned attribute") || what == "revocation data")
      return lower ? "an unsigned attribute or evidence that is not known any more, and a lower level" : "";
    if (lower) return {};
    const int was = std::to_integer<int>(m_subject.octets[at]), is = std::to_integer<int>(mutant[at]);
    if (what == "version") return is == 1 || (is >= 3 && is <= 5) ? "another version of a message that there is" : "";
    if (what == "name of the signer's certificate") return excuse_of_name(was, is);
    return excuse_in_archive(mutant, at, what, verdict);
  }

 private:
  [[nodiscard]] const OctetMap& map() const { return m_archive ? m_archive->octets() : m_message; }

  void fit(base::Bytes& octets, std::size_t at) const {
    const ZipPart* part = m_archive->part_at(at);
    if (part != nullptr && part->stored) ZipMap::fit_check_sum(octets, *part);
    octets[m_archive->twin(at)] = octets[at];
  }

  // RFC 5280 7.1: capitals, white space and the kind of string make no other name. Which certificate it is the signed
  // attributes say.
  static std::string excuse_of_name(int was, int is) {
    constexpr int kUtf8 = 0x0C, kPrintable = 0x13, kSet = 0x31, kSequence = 0x30;
    if ((was ^ is) == 0x20 && std::isalpha(was) != 0) return "capitals in a name";
    if (std::isspace(was) != 0 && std::isspace(is) != 0) return "white space in a name";
    if ((was == kSet || was == kSequence) && is == (was & ~0x20)) return "the form of an element in a name";
    const auto is_string = [](int tag) { return tag == kUtf8 || tag == kPrintable || (tag > 0x13 && tag < 0x1F); };
    return is_string(was) && is_string(is) ? "another kind of string in a name" : "";
  }

  // The verdict is the same without it.
  bool is_spare(const OctetRun& run) {
    const auto known = m_spare.find(run.begin);
    if (known != m_spare.end()) return known->second;
    base::Bytes without = m_subject.octets;
    std::fill(without.begin() + static_cast<std::ptrdiff_t>(run.begin) + 4,
              without.begin() + static_cast<std::ptrdiff_t>(run.end), std::byte{0});
    if (m_archive) fit(without, run.begin + 4);
    const Verdict verdict = m_mutations.judge(m_subject, without);
    const bool spare = verdict.indication == Indication::total_passed && level_of(verdict) == level_of(m_whole);
    return m_spare[run.begin] = spare;
  }

  [[nodiscard]] std::string excuse_in_archive(const base::Bytes& mutant, std::size_t at, const std::string& what,
                                              const Verdict& verdict) const {
    if (!m_archive) return {};
    const auto tells = [&](std::string_view words) {
      return std::ranges::any_of(verdict.checks, [&](const Check& check) {
        return check.id == "container.unsigned" && check.detail.find(words) != std::string::npos;
      });
    };
    if (what.starts_with("version ") || what.starts_with("time ") || what.starts_with("attributes ") ||
        what == "extra fields")
      return what + ", which says nothing of its octets and name";
    if (what == "identifier of a ZIP64 field") return "a ZIP64 field that repeats its header, named otherwise";
    if (what == "flags of a file") return "how hard a file was packed, or that its plain name is UTF-8";
    if (what.starts_with("comment ")) return tells("has a comment") ? what + ", told" : "";
    const ZipPart* part = m_archive->part_at(at);
    if (what == "deflated file")
      return ZipMap::inflated(mutant, *part) == ZipMap::inflated(m_subject.octets, *part)
                 ? "the same octets, packed otherwise"
                 : "";
    if (part != nullptr && part->name == "mimetype")
      return tells("says of itself") ? "the type that the container says to be of, told" : "";
    if (what != "name of a file") return {};
    if (base::as_text(mutant).substr(map().at(at)->begin, 9) == "META-INF/")
      return "a name in META-INF that nothing refers to";
    return tells("the name of the file") ? "the name of the file in a simple container, told" : "";
  }

  Mutations& m_mutations;
  const Subject& m_subject;
  Verdict m_whole;
  OctetMap m_message;
  std::optional<ZipMap> m_archive;
  std::map<std::size_t, bool> m_spare;  // by where a certificate or a piece of evidence begins
};

}  // namespace

TEST_CASE("no octet of a signature outside of PDF changes unnoticed") {
  Mutations mutations;
  std::vector<Target> targets;
  for (const Subject& subject : mutations.subjects()) {
    const Verdict& verdict = targets.emplace_back(mutations, subject).whole();
    REQUIRE_MESSAGE(verdict.indication == Indication::total_passed, subject.name << ": " << verdict.summary);
    REQUIRE_MESSAGE(subject.name.find(to_string(level_of(verdict))) != std::string::npos, subject.name);
  }
  check_mutations(
      {.rounds = 4'000, .seed = 20261127},
      [&](std::size_t round, std::mt19937& random) {
        const std::size_t which = round % targets.size();
        auto [at, octets] = targets[which].change(random);
        return Mutant{which, at, std::move(octets),
                      mutations.subjects()[which].name + ": " + targets[which].describe(at)};
      },
      [&](const Mutant& mutant) { return mutations.judge(mutations.subjects()[mutant.which], mutant.octets); },
      [&](const Mutant& mutant, const Verdict& verdict) {
        return targets[mutant.which].excuse(mutant.octets, mutant.at, verdict);
      });
}
