// Prints numbers.txt: doubles by their bits with the text that this ECMAScript engine gives them (RFC 8785 section 3.2.2.3 takes over
// ECMAScript's Number::toString). Same seed, same file.   node make_numbers.mjs > numbers.txt
const view = new DataView(new ArrayBuffer(8));
const fromBits = bits => { view.setBigUint64(0, bits); return view.getFloat64(0); };
const toBits = value => { view.setFloat64(0, value); return view.getBigUint64(0); };

// xorshift64*, seed 20261122
let state = 20261122n;
const random = () => {
  state ^= state >> 12n; state = BigInt.asUintN(64, state ^ (state << 25n)); state ^= state >> 27n;
  return BigInt.asUintN(64, state * 2685821657736338717n);
};

const all = new Set();
const add = value => { if (Number.isFinite(value)) all.add(toBits(value)); };
for (let i = 0; i < 2000; ++i) add(fromBits(random()));                                  // any bit pattern
for (let i = 0; i < 600; ++i) add(Number(random() >> 11n) / 10 ** Number(random() % 30n)); // around the change of notation
for (let i = 0; i < 200; ++i) add(fromBits(random() >> 12n));                            // subnormal
for (let e = -30; e <= 30; ++e) for (const d of [1, 1.5, 9.999999999999999, -7]) add(d * 10 ** e);
for (let e = -1074; e <= 1023; e += 7) { add(2 ** e); add(2 ** e * (1 + Number.EPSILON)); add(2 ** e * (1 - Number.EPSILON / 2)); }
for (const bits of all) console.log(bits.toString(16).padStart(16, '0'), JSON.stringify(fromBits(bits)));
