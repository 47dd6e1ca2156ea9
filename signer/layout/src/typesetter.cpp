#include "layout/typesetter.h"

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

base::Result<base::Bytes> Typesetter::lay_out_choices_page(const ChoicesPage& page) const {
  const std::lock_guard lock(m_state->mutex);
  return draw_choices(m_state->fonts, page);
}

base::Result<base::Bytes> Typesetter::lay_out_statement(const Statement& statement) const {
  const std::lock_guard lock(m_state->mutex);
  return draw_statement(m_state->fonts, statement);
}

}  // namespace segell::layout
