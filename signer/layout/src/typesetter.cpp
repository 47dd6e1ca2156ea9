#include "layout/typesetter.h"

#include "layout/slip_page.h"
#include "typesetter_state.h"

namespace segell::layout {

base::Result<Typesetter> Typesetter::load(const std::filesystem::path& font_folder) {
  SEGELL_TRY(Fonts fonts, Fonts::load(font_folder));
  return Typesetter(std::make_unique<State>(std::move(fonts)));
}

Typesetter::Typesetter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Typesetter::~Typesetter() = default;
Typesetter::Typesetter(Typesetter&&) noexcept = default;
Typesetter& Typesetter::operator=(Typesetter&&) noexcept = default;

base::Result<Paper> Typesetter::lay_out_paper(const templates::Tree& tree, const PaperSetting& setting) const {
  const std::lock_guard lock(m_state->mutex);
  return draw_paper(m_state->fonts, tree, setting);
}

base::Result<base::Bytes> Typesetter::lay_out_statement(const Statement& statement) const {
  const std::lock_guard lock(m_state->mutex);
  return draw_statement(m_state->fonts, statement);
}

base::Result<base::Bytes> Typesetter::lay_out_slip(const SlipPage& page) const {
  const std::lock_guard lock(m_state->mutex);
  return draw_slip(m_state->fonts, page);
}

}  // namespace segell::layout
