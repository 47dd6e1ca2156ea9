/** All that a reading view is made of (signer/layout/templates, reading_view). */
const kElements = new Set(['ARTICLE', 'SECTION', 'DIV', 'H1', 'H2', 'H3', 'P', 'UL', 'LI', 'DL', 'DT', 'DD']);
const kAttribute = /^(?:class|lang|dir|data-[a-z]+)$/;

/**
 * The text of a paper as an element of this page. The service escapes every word of it; here nothing but plain structure passes all
 * the same. Null for anything else. Its headings step down: the screen has one of its own. `decided`: by the name of a choice's place on
 * the paper the words that stand there, so that the text says what the paper says, whoever filled it in.
 */
export function readingView(html: string, decided: ReadonlyMap<string, string>): HTMLElement | null {
  const article = new DOMParser().parseFromString(html, 'text/html').querySelector('article');
  if (article === null) {
    return null;
  }
  const all = [article, ...article.querySelectorAll('*')];
  const plain = all.every(
    (element) => kElements.has(element.tagName) && element.getAttributeNames().every((name) => kAttribute.test(name)),
  );
  if (!plain) {
    return null;
  }
  for (const heading of article.querySelectorAll('h1, h2, h3')) {
    const lower = document.createElement(`h${Number(heading.tagName.slice(1)) + 1}`);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  for (const item of article.querySelectorAll<HTMLElement>('.item[data-field]')) {
    const words = decided.get(item.dataset['field'] ?? '');
    const place = item.querySelector('.decision');
    if (words !== undefined && place !== null) {
      place.textContent = words;
      place.classList.add('made');
    }
  }
  return document.importNode(article, true);
}
