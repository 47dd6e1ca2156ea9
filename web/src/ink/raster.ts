import { kInkWidthDots, kSurface, type Line } from './geometry';

/** A picture of one bit a dot: rows packed most significant bit first, each padded to a whole octet; 1 is ink. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

/** Sub-dots a dot: places are rounded to this grid, so that all further arithmetic is on whole numbers. */
const kGrid = 16;

/**
 * The picture of some lines: a dot is ink when its centre lies no further than half the ink's width from a line.
 *
 * Being a union over segments, it cannot depend on the order of strokes, their direction, pauses or speed: only on the
 * places. Places are rounded to a sixteenth of a dot and distances compared as whole numbers where a product decides, so the
 * same places give the same octets on every machine. No grey dots: grey would hint at how the pen was held.
 */
export function draw(lines: readonly Line[], width: number = kSurface.widthDots, height: number = kSurface.heightDots): Picture {
  const stride = (width + 7) >> 3;
  const rows = new Uint8Array(stride * height);
  const radius = (kInkWidthDots * kGrid) / 2;
  const toGrid = (share: number): number => Math.round(share * width * kGrid);
  for (const line of lines) {
    line.forEach((place, index) => {
      const from = line[index - 1] ?? place;
      drawSegment(
        { rows, stride, width, height, radius },
        { ax: toGrid(from.x), ay: toGrid(from.y), bx: toGrid(place.x), by: toGrid(place.y) },
      );
    });
  }
  return { width, height, rows };
}

interface Sheet {
  rows: Uint8Array;
  stride: number;
  width: number;
  height: number;
  radius: number;
}

interface Segment {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

/** Sets every dot of the sheet whose centre is within the radius of the segment. */
function drawSegment(sheet: Sheet, { ax, ay, bx, by }: Segment): void {
  const { radius } = sheet;
  const firstRow = Math.max(0, Math.floor((Math.min(ay, by) - radius) / kGrid) - 1);
  const lastRow = Math.min(sheet.height - 1, Math.ceil((Math.max(ay, by) + radius) / kGrid));
  const firstDot = Math.max(0, Math.floor((Math.min(ax, bx) - radius) / kGrid) - 1);
  const lastDot = Math.min(sheet.width - 1, Math.ceil((Math.max(ax, bx) + radius) / kGrid));
  const dx = bx - ax;
  const dy = by - ay;
  const squaredLength = dx * dx + dy * dy;
  const squaredRadius = radius * radius;
  for (let row = firstRow; row <= lastRow; row += 1) {
    const py = row * kGrid + kGrid / 2 - ay;
    for (let dot = firstDot; dot <= lastDot; dot += 1) {
      const px = dot * kGrid + kGrid / 2 - ax;
      const along = px * dx + py * dy;
      const inside =
        along <= 0
          ? px * px + py * py <= squaredRadius
          : along >= squaredLength
            ? (px - dx) ** 2 + (py - dy) ** 2 <= squaredRadius
            : Math.abs(px * dy - py * dx) <= radius * Math.sqrt(squaredLength);
      if (inside) {
        const at = row * sheet.stride + (dot >> 3);
        sheet.rows[at] = (sheet.rows[at] ?? 0) | (0x80 >> (dot & 7));
      }
    }
  }
}
