#include "report.h"

#include "base/markup.h"

namespace segell::cli {
namespace {

using Kind = ReportBlock::Kind;

constexpr std::string_view kStyle =
    "body{font:1rem/1.5 'Noto Sans',sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;"
    "overflow-wrap:anywhere}h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem;border-top:1px solid #767676;"
    "padding-top:1rem}h3{font-size:1.05rem}.outcome{font-weight:700;font-size:1.15rem}dl{display:grid;"
    "grid-template-columns:minmax(8rem,16rem) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{font-weight:700}dd{margin:0}"
    "@media(max-width:40rem){dl{display:block}dd{margin-bottom:.5rem}}";

std::string_view list_around(Kind kind) {
  return kind == Kind::fact ? "dl" : kind == Kind::item ? "ul" : std::string_view();
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + base::escape_markup(text) + "</" + std::string(name) + ">\n";
}

std::string block(const ReportBlock& block) {
  switch (block.kind) {
    case Kind::title:
      return element("h1", block.text);
    case Kind::heading:
      return element("h2", block.text);
    case Kind::subheading:
      return element("h3", block.text);
    case Kind::outcome:
      return "<p class=\"outcome\">" + base::escape_markup(block.text) + "</p>\n";
    case Kind::paragraph:
      return element("p", block.text);
    case Kind::fact:
      return element("dt", block.label) + element("dd", block.text);
    case Kind::item:
      return "<li>" +
             (block.label.empty() ? std::string() : "<strong>" + base::escape_markup(block.label) + "</strong> ") +
             base::escape_markup(block.text) + "</li>\n";
  }
  return {};
}

}  // namespace

std::string write_html(const Report& report) {
  const Phrase tag{"ca", "es", "en"};
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(tag.in(report.language)) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                    "'unsafe-inline'\">\n" +
                    element("title", report.title) + "<style>" + std::string(kStyle) +
                    "</style>\n</head>\n<body>\n<main>\n";
  std::string_view open;
  for (const ReportBlock& one : report.blocks) {
    const std::string_view list = list_around(one.kind);
    if (list != open) {
      if (!open.empty()) out += "</" + std::string(open) + ">\n";
      if (!list.empty()) out += "<" + std::string(list) + ">\n";
      open = list;
    }
    out += block(one);
  }
  if (!open.empty()) out += "</" + std::string(open) + ">\n";
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace segell::cli
