#include "report_file.h"

#include "output_file.h"
#include "printable.h"

#include "base/json.h"
#include "signer/pdf/document.h"

#include <filesystem>

namespace segell::cli {
namespace {

/// The report with one more revision: the seal.
base::Result<void> put_seal(base::Bytes& octets, const ReportSeal& seal) {
  base::Bytes revision;
  {
    SEGELL_TRY(const auto document, signer::pdf::Document::open_strict(signer::pdf::borrow_source(octets)));
    signer::ades::SealRequest request;
    request.claimed_time = seal.time;
    SEGELL_TRY(auto sealed, seal.sealer.seal(document, std::move(request), signer::ades::TimeDemand::none, nullptr));
    revision = std::move(sealed.bytes);
  }
  base::append(octets, revision);
  return base::ok();
}

}  // namespace

base::Result<ReportFile> ReportFile::of(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension();
  if (ending == ".pdf") return ReportFile{path, Form::pdf};
  if (ending == ".html") return ReportFile{path, Form::html};
  if (ending == ".json") return ReportFile{path, Form::json};
  return base::fail(base::Code::invalid_argument, "cli.report",
                    "what report to write cannot be told from the name " + printable(path),
                    "end it in .pdf, .html or .json");
}

base::Result<void> ReportFile::write(const std::vector<signer::ades::Verdict>& verdicts, const ReportFacts& facts,
                                     Language language, const ReportSeal* seal) const {
  base::Bytes octets;
  const auto add = [&](std::string_view text) { base::append(octets, base::as_bytes(text)); };
  switch (form) {
    case Form::pdf:
      octets = write_pdf(make_report(verdicts, facts, language));
      if (seal != nullptr) SEGELL_CHECK(put_seal(octets, *seal));
      break;
    case Form::html:
      add(write_html(make_report(verdicts, facts, language)));
      break;
    case Form::json:
      for (const auto& verdict : verdicts) add(base::write_json(to_json(verdict, SEGELL_VERSION)) + '\n');
      break;
  }
  SEGELL_TRY(OutputFile file, OutputFile::create(path));
  SEGELL_CHECK(file.write(octets));
  return file.commit();
}

}  // namespace segell::cli
