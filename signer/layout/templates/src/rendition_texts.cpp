#include "rendition_texts.h"

namespace segell::templates {
namespace {

class Collector {
 public:
  std::vector<PlacedText> out;

  void block(const BodyBlock& block, std::size_t index) {
    m_where = "body[" + std::to_string(index) + "]";
    m_only_if = block.only_if;
    std::visit([this](const auto& content) { add(content); }, block.content);
    m_only_if = {};
  }

  void item(const ItemText& text) {
    const std::string where = "items." + text.item;
    out.push_back({where + ".question", text.question, TextRole::sentence, {}, true});
    for (std::size_t i = 0; i < text.more.size(); ++i)
      out.push_back({where + ".more[" + std::to_string(i) + "]", text.more[i], TextRole::sentence, {}, true});
    out.push_back({where + ".consequence", text.consequence, TextRole::consequence, {}, true});
  }

 private:
  void add(const BodyBlock::Heading& heading) { put(".h", heading.text, TextRole::label); }
  void add(const BodyBlock::Lines& lines) {
    for (std::size_t i = 0; i < lines.lines.size(); ++i)
      put(".p[" + std::to_string(i) + "]", lines.lines[i], TextRole::sentence);
  }
  void add(const BodyBlock::List& list) {
    for (std::size_t i = 0; i < list.entries.size(); ++i)
      put(".list[" + std::to_string(i) + "]", list.entries[i], TextRole::sentence);
  }
  void add(const BodyBlock::Rows& rows) {
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
      put(".rows[" + std::to_string(i) + "][0]", rows.rows[i].first, TextRole::label);
      put(".rows[" + std::to_string(i) + "][1]", rows.rows[i].second, TextRole::label);
    }
  }
  void add(const BodyBlock::Items&) {}
  void add(const BodyBlock::FirstLayer&) {}
  void add(const BodyBlock::Signatures&) {}

  void put(const std::string& tail, std::string_view text, TextRole role) {
    out.push_back({m_where + tail, text, role, m_only_if, false});
  }

  std::string m_where;
  std::string_view m_only_if;
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

}  // namespace

std::vector<PlacedText> texts_of(const Rendition& rendition) {
  Collector collector;
  collector.out.push_back({"title", rendition.title, TextRole::title, {}, false});
  for (std::size_t i = 0; i < rendition.body.size(); ++i) collector.block(rendition.body[i], i);
  for (const ItemText& item : rendition.items) collector.item(item);
  for (const auto& [name, text] : rendition.signers)
    collector.out.push_back({"signers." + name, text, TextRole::label, {}, false});
  for (const FirstLayerPart& part : first_layer_parts())
    collector.out.push_back(
        {"first_layer." + std::string(part.name), rendition.first_layer.*part.text, TextRole::first_layer, {}, false});
  return std::move(collector.out);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      end_word();
      ++i;
    } else if (const auto close = text.substr(i).starts_with("{{") ? text.find("}}", i) : std::string_view::npos;
               close != std::string_view::npos) {
      word += text.substr(i, close + 2 - i);
      i = close + 2;
    } else {
      word.push_back(text[i++]);
    }
  }
  end_word();
  return words;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    const auto sentence = text.substr(begin, end - begin);
    if (sentence.find_first_not_of(' ') != std::string_view::npos) out.push_back(sentence);
    begin = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '.' && text[i] != '!' && text[i] != '?') continue;
    if (i + 1 == text.size() || is_space(text[i + 1])) end_at(i + 1);
  }
  end_at(text.size());
  return out;
}

}  // namespace segell::templates
