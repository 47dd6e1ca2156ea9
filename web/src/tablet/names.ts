/** How values are named in the tablet's store: by Segell's own ids, never by anything known outside. */
export const kTablet = 'tablet';
export const kEnrolling = 'enrolling';
export const kCounter = 'counter';
/** The person who has the tablet. */
export const kTurn = 'turn';
export const kVisits = 'visit/';
export const kActs = 'act/';

export const visitName = (visit: string): string => `${kVisits}${visit}`;
export const fetchName = (visit: string): string => `fetch/${visit}`;
export const actName = (nonce: string): string => `${kActs}${nonce}`;
export const keyName = (visit: string, person: number): string => `key/${visit}/${person}`;

/** What only the key of one person opens. */
export class Own {
  readonly start: string;

  constructor(visit: string, person: number) {
    this.start = `own/${visit}/${person}/`;
  }

  get turn(): string {
    return `${this.start}turn`;
  }

  request(index: number): string {
    return `${this.start}${index}/request`;
  }

  paper(index: number): string {
    return `${this.start}${index}/paper`;
  }

  reading(index: number): string {
    return `${this.start}${index}/reading`;
  }

  progress(index: number): string {
    return `${this.start}${index}/progress`;
  }

  outcome(index: number): string {
    return `${this.start}${index}/outcome`;
  }

  /** All of one document. */
  all(index: number): string[] {
    return [this.request(index), this.paper(index), this.reading(index), this.progress(index), this.outcome(index)];
  }
}
