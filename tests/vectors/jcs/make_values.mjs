// Prints values.txt: "<JSON text> TAB <its canonical form>", random values and the canonical form that the npm package canonicalize gives them.
// Run where that package is installed:   npm install canonicalize@5.1.0 && node make_values.mjs > values.txt
import canonicalize from 'canonicalize';

let state = 8785n;
const below = n => {
  state ^= state >> 12n; state = BigInt.asUintN(64, state ^ (state << 25n)); state ^= state >> 27n;
  return Number(BigInt.asUintN(64, state * 2685821657736338717n) >> 33n) % n;
};
// Where the order by UTF-16 differs from the order of octets or code points, and where escapes begin and end.
const characters = ['a', 'b', 'A', '1', '"', '\\', '/', '\u0000', '\b', '\f', '\n', '\r', '\t', '\u001f', ' ', '\u007f', '\u0080', 'ö', '€', '\u2028',
  '\ud7ff', '\ue000', '\ufb33', '\ufffd', '\uffff', '\u{10000}', '😀', '\u{10ffff}'];
const text = () => Array.from({length: below(5)}, () => characters[below(characters.length)]).join('');
const number = () => [0, -0, below(1e6), -below(1e6), below(1e9) / 1e5, below(1e9) * 1e15, below(1e9) / 1e12][below(7)];
const value = depth => {
  const kind = below(depth > 3 ? 4 : 6);
  if (kind === 0) return [null, true, false][below(3)];
  if (kind === 1) return number();
  if (kind < 4) return text();
  if (kind === 4) return Array.from({length: below(5)}, () => value(depth + 1));
  return Object.fromEntries(Array.from({length: below(7)}, () => [text(), value(depth + 1)]));
};
for (let i = 0; i < 300; ++i) {
  const made = Object.fromEntries(Array.from({length: 1 + below(6)}, () => [text(), value(1)]));
  console.log(JSON.stringify(made) + '\t' + canonicalize(made));
}
