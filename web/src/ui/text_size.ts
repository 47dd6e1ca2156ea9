/** How large the person wants to read. Pages of a document follow with the same factor. */
export type TextSize = 'normal' | 'large' | 'largest';

export const kTextSizes: readonly TextSize[] = ['normal', 'large', 'largest'];

export const kPageZoom: Record<TextSize, number> = { normal: 1, large: 1.5, largest: 2.25 };

/** What the three buttons show. */
export const kTextSizeSigns: Record<TextSize, string> = { normal: 'A', large: 'A+', largest: 'A++' };
