#include "templates/frame.h"
#include "templates/template.h"

#include <stdexcept>
#include <string>

extern "C" {
extern const char segell_templates_frame_begin[];
extern const char segell_templates_frame_end[];
extern const char segell_templates_data_consent_begin[];
extern const char segell_templates_data_consent_end[];
extern const char segell_templates_work_plan_begin[];
extern const char segell_templates_work_plan_end[];
extern const char segell_templates_minor_activity_begin[];
extern const char segell_templates_minor_activity_end[];
}

namespace segell::templates {
namespace {

std::string_view text_of(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

Template require(std::string_view file) {
  auto parsed = parse_template(file);
  if (!parsed) throw std::logic_error("an embedded template: " + parsed.error().message);
  return *std::move(parsed);
}

}  // namespace

const std::vector<Template>& embedded_templates() {
  static const std::vector<Template> kTemplates{
      require(text_of(segell_templates_data_consent_begin, segell_templates_data_consent_end)),
      require(text_of(segell_templates_work_plan_begin, segell_templates_work_plan_end)),
      require(text_of(segell_templates_minor_activity_begin, segell_templates_minor_activity_end))};
  return kTemplates;
}

const Frame& Frame::embedded() {
  static const Frame kFrame = [] {
    auto parsed = parse(text_of(segell_templates_frame_begin, segell_templates_frame_end));
    if (!parsed) throw std::logic_error("the embedded frame: " + parsed.error().message);
    return *std::move(parsed);
  }();
  return kFrame;
}

}  // namespace segell::templates
