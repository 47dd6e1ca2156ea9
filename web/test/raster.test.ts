import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kInkWidthDots, type Line } from '../src/ink/geometry';
import { draw } from '../src/ink/raster';
import { pack } from '../src/ink/packing';

const loop: Line = Array.from({ length: 60 }, (_, index) => ({ x: 0.1 + index / 80, y: 0.18 + 0.12 * Math.sin(index / 5) }));
const stroke: Line = [{ x: 0.2, y: 0.3 }, { x: 0.7, y: 0.31 }];

const isInk = (picture: ReturnType<typeof draw>, x: number, y: number): boolean =>
  ((picture.rows[y * ((picture.width + 7) >> 3) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;

describe('the picture of a signature', () => {
  it('is 80 mm by 30 mm at 600 dots an inch', () => {
    const picture = draw([loop]);
    expect([picture.width, picture.height, picture.rows.length]).toEqual([1890, 709, 237 * 709]);
  });

  it('does not tell in which order or direction the lines were drawn', () => {
    const one = draw([loop, stroke]);
    const other = draw([[...stroke].reverse(), [...loop].reverse()]);
    expect(Buffer.from(other.rows).equals(Buffer.from(one.rows))).toBe(true);
  });

  it('does not tell where the pen paused', () => {
    const paused = loop.flatMap((place, index) => (index % 7 === 0 ? [place, place, place, place] : [place]));
    expect(Buffer.from(draw([paused]).rows).equals(Buffer.from(draw([loop]).rows))).toBe(true);
  });

  it('is the same whether a straight line came as two samples or as many', () => {
    const few: Line = [{ x: 160 / 1890, y: 80 / 1890 }, { x: 1760 / 1890, y: 480 / 1890 }];
    const many: Line = Array.from({ length: 101 }, (_, step) => ({ x: (160 + 16 * step) / 1890, y: (80 + 4 * step) / 1890 }));
    expect(Buffer.from(draw([many]).rows).equals(Buffer.from(draw([few]).rows))).toBe(true);
  });

  it('has a line of one width', () => {
    const picture = draw([[{ x: 0.1, y: 378.5 / 1890 }, { x: 0.9, y: 378.5 / 1890 }]]);
    const widths = new Set<number>();
    for (let x = 250; x < 1600; x += 1) {
      let ink = 0;
      for (let y = 0; y < picture.height; y += 1) {
        ink += isInk(picture, x, y) ? 1 : 0;
      }
      widths.add(ink);
    }
    expect([...widths]).toEqual([kInkWidthDots]);
  });

  it('shows a dot for a touch, and nothing where nothing was drawn', () => {
    const picture = draw([[{ x: 0.5, y: 0.2 }]]);
    expect(isInk(picture, 945, 378)).toBe(true);
    expect(isInk(picture, 945 + kInkWidthDots, 378)).toBe(false);
  });

  it('cuts lines that leave the paper, and keeps the padding of each row empty', () => {
    const picture = draw([[{ x: -0.2, y: -0.1 }, { x: 1.3, y: 0.5 }]]);
    for (let y = 0; y < picture.height; y += 1) {
      expect((picture.rows[y * 237 + 236] ?? 0) & 0x3f).toBe(0);
    }
  });

  it('travels as zlib data of its rows', async () => {
    const picture = draw([loop]);
    const packed = await pack(picture);
    expect([packed.width, packed.height]).toEqual([1890, 709]);
    expect(inflateSync(Buffer.from(packed.bits, 'base64')).equals(Buffer.from(picture.rows))).toBe(true);
  });
});
