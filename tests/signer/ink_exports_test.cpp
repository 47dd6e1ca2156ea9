// What people and other programs read: XML, InkML, CSV, pictures. Python's parsers are the judges of form.
#include "support/child_process.h"
#include "support/ink_samples.h"

#include "signer/ink/exports.h"
#include "signer/ink/plots.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace segell;
using namespace segell::signer;

namespace {

ink::InkRecord record_of(const tests::InkChoices& choices = {}) {
  return ink::parse_record(base::as_bytes(base::write_json(tests::ink_record(choices)))).value();
}

/// What a Python program prints that finds `content` in the file argv[1].
std::string python(const std::string& program, const std::string& content) {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "content", content);
  const auto ran = tests::run({tests::kPython, "-c", program, folder / "content"});
  CAPTURE(ran.err);
  REQUIRE(ran.ok());
  return ran.out;
}

const ink::PlotWords kWords{.title = "Traç & <mida>", .horizontal = "mm", .vertical = "mm", .again = "Torna-hi"};

}  // namespace

TEST_CASE("the XML of the standard is well-formed, names the channels it holds, and invents nothing") {
  const auto record = record_of();
  const auto iso = ink::make_iso_record(record.series).value();
  const std::string xml = ink::write_iso_xml(iso, std::nullopt);
  CHECK(python(R"(
import sys, xml.etree.ElementTree as E
s='{http://standards.iso.org/iso-iec/19794/-7/ed-1/amd/1}'; c='{http://standards.iso.org/iso-iec/19794/-1/ed-2/amd/2}'
root=E.parse(sys.argv[1]).getroot(); r=root.find(s+'RepresentationList/'+s+'Representation')
points=r.findall(s+'SamplePointList/'+s+'SamplePoint'); one=points[1]
print(root.tag==s+'SignatureSignTimeSeries', root.find(s+'Version/'+c+'Major').text, r.find(s+'InclusionField').text)
print([d.tag.replace(s,'') for d in r.find(s+'ChannelDescriptionList')], len(points))
print(r.find(s+'ChannelDescriptionList/'+s+'XChannelDescription/'+s+'ScalingValue').text)
print(one.find(s+'PenTipCoord/'+c+'X').text, one.find(s+'PenTipCoord/'+c+'Y').text, one.find(s+'PenTipCoord/'+c+'Z'))
print(one.find(s+'DTChannel').text, one.find(s+'FChannel').text, one.find(s+'PenOrient/'+s+'TiltAlongY').text)
print(r.find(s+'CaptureDateAndTime'), r.find(s+'CaptureDevice/'+s+'DeviceTechnology').text)
)",
               xml) ==
        "True 2 C0D9\n"
        "['XChannelDescription', 'YChannelDescription', 'DTChannelDescription', 'FChannelDescription', "
        "'TXChannelDescription', 'TYChannelDescription', 'RChannelDescription'] 152\n"
        "65520\n"
        "1148 3153 None\n"
        "4 14745 -12\n"
        "None Unknown\n");
  const auto when = base::parse_rfc3339("2026-03-02T10:15:00Z").value();
  CHECK(ink::write_iso_xml(iso, when).find("<CaptureDateAndTime>2026-03-02T10:15:00Z<") != std::string::npos);
}

TEST_CASE("InkML holds a trace a line, hovering apart, and each channel in the unit that it names") {
  const std::string program = R"(
import sys, xml.etree.ElementTree as E
n='{http://www.w3.org/2003/InkML}'
root=E.parse(sys.argv[1]).getroot(); traces=root.findall(n+'trace')
channels=[(c.get('name'),c.get('units')) for c in root.iter(n+'channel')]
points=[p.split() for t in traces for p in t.text.split(',')]
print(channels); print([(t.get('type'),len(t.text.split(','))) for t in traces])
print(all(len(p)==len(channels) for p in points), points[1])
print(root.find(n+"annotation[@type='documentSha256']").text==64*'a')
)";
  CHECK(python(program, ink::write_inkml(record_of())) ==
        "[('X', 'mm'), ('Y', 'mm'), ('T', 'ms'), ('F', 'dev'), ('OTx', 'deg'), ('OTy', 'deg'), ('OR', 'deg')]\n"
        "[('penDown', 91), ('penUp', 20), ('penDown', 41)]\n"
        "True ['17.5286', '42.76', '4.167', '0.2249895846353392', '30', '-12', '319']\n"
        "True\n");
  CHECK(python(program, ink::write_inkml(record_of({.pressure = false, .angles = false})))
            .find("[('X', 'mm'), ('Y', 'mm'), ('T', 'ms')]\n") == 0);
}

TEST_CASE("CSV gives every recorded number back, digit for digit") {
  const auto record = record_of({.pressure = true, .angles = true});
  const std::string csv = ink::write_csv(record.series);
  CHECK(csv.find("\r\n") != std::string::npos);
  CHECK(python(R"(
import csv, sys
rows=list(csv.DictReader(open(sys.argv[1],newline=''),strict=True))
print(len(rows), {len(r) for r in rows}, rows[91]['line']=='', rows[91]['in_air'])
for r in rows: print(r['time_us'], repr(float(r['x_px'])), repr(float(r['y_px'])), repr(float(r['pressure'])))
)",
               csv) == [&] {
    std::string expected = "152 {14} True 1\n";
    for (const auto& sample : record.series.samples) {
      const auto number = [](double value) {
        const std::string text = base::write_json(base::Json(value));
        return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
      };
      expected += std::to_string(sample.microseconds) + ' ' + number(sample.x) + ' ' + number(sample.y) + ' ' +
                  number(*sample.pressure) + '\n';
    }
    return expected;
  }());
  const std::string bare = ink::write_csv(record_of({.pressure = false}).series);
  CHECK(bare.find(",,30,-12,") != std::string::npos);
}

TEST_CASE("pictures are well-formed, complete in themselves and free of scripts") {
  const auto record = record_of();
  for (const std::string& svg : {ink::plot_trace(record.series, kWords), ink::plot_speed(record.series, kWords),
                                 ink::plot_pressure(record.series, kWords), ink::write_replay(record.series, kWords)}) {
    CHECK(python("import sys, xml.etree.ElementTree as E; r=E.parse(sys.argv[1]).getroot(); print(r.tag, r[0].text)",
                 svg) == "{http://www.w3.org/2000/svg}svg Traç & <mida>\n");
    for (const char* outside : {"<script", "href", "url(", "@import", "nan", "inf"})
      CHECK(svg.find(outside) == std::string::npos);
  }
}

TEST_CASE("a replay takes as long as the hand took, and each animation keeps the order of time") {
  const auto record = record_of();
  CHECK(python(R"(
import sys, xml.etree.ElementTree as E
n='{http://www.w3.org/2000/svg}'; good=True; seen=0
for a in E.parse(sys.argv[1]).getroot().iter(n+'animate'):
  t=[float(x) for x in a.get('keyTimes').split(';')]; v=a.get('values').split(';'); seen+=1
  good&= len(t)==len(v) and t==sorted(t) and t[0]==0 and (a.get('calcMode')=='discrete' or t[-1]==1) and a.get('dur')=='0.629s'
print(good, seen)
)",
               ink::write_replay(record.series, kWords)) == "True 6\n");
}

TEST_CASE("a dot, a single sample and a mouse without pressure make pictures too") {
  auto series = record_of({.pressure = false, .angles = false}).series;
  series.samples.resize(1);
  for (const std::string& svg : {ink::plot_trace(series, kWords), ink::plot_speed(series, kWords),
                                 ink::plot_pressure(series, kWords), ink::write_replay(series, kWords)}) {
    python("import sys, xml.etree.ElementTree as E; E.parse(sys.argv[1])", svg);
    CHECK(svg.find("nan") == std::string::npos);
  }
  CHECK(ink::make_iso_record(series).value().points == 1);
}
