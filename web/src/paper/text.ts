/** A run of text as pdf.js reports it: what it says, where its line stands on the page, how high its letters are. */
export interface Run {
  readonly str: string;
  readonly transform: readonly number[];
  readonly height: number;
  readonly hasEOL: boolean;
}

/** Lines further apart than this many heights of their letters belong to different paragraphs. */
const kParagraphGap = 1.75;

/** The paragraphs of a page in the order of the document: lines that follow closely, in letters of one size, are one. */
export function paragraphsOf(runs: readonly Run[]): string[] {
  const paragraphs: string[] = [];
  let line = '';
  let here: { y: number; height: number } | null = null;
  let above: { y: number; height: number } | null = null;
  const endLine = (): void => {
    const text = line.trim();
    if (text !== '' && here !== null) {
      const goesOn =
        above !== null &&
        Math.abs(above.height - here.height) < 0.5 &&
        above.y > here.y &&
        above.y - here.y < kParagraphGap * here.height;
      paragraphs.push(goesOn ? `${paragraphs.pop()} ${text}` : text);
      above = here;
    }
    line = '';
    here = null;
  };
  for (const run of runs) {
    const y = run.transform[5] ?? 0;
    if (here !== null && run.str.trim() !== '' && Math.abs(y - (here as { y: number }).y) > run.height / 2) {
      endLine();
    }
    if (here === null && run.str.trim() !== '') {
      here = { y, height: run.height };
    }
    line += run.str;
    if (run.hasEOL) {
      endLine();
    }
  }
  endLine();
  return paragraphs;
}
