import { Failure } from '../api/failure';
import { digest } from '../crypto/digests';
import { fillIn } from '../paper/fill_in';
import { PackageClient, type Desk } from './api';
import { fetchName } from './names';
import type { PackageRequest, VisitPackage } from './package';
import type { Shelf } from './shelf';

/** How many papers come at the same time. */
const kTogether = 4;
/** What must stay free on the tablet besides the papers: answers, pictures, the page itself. */
const kSpare = 32 * 1024 * 1024;

/** Fetches a visit with all its papers and keeps it, whole or not at all. Trying again gets the same package. */
export async function fetchVisit(desk: Desk, shelf: Shelf, visit: string): Promise<void> {
  const carried = await desk.fetchPackage(visit, await shelf.onceKey(fetchName(visit)));
  await demandSpace(carried);
  const client = new PackageClient(carried.capability);
  const papers = new Map<string, { paper: ArrayBuffer; reading: string | null }>();
  const waiting = [...carried.requests];
  const one = async (): Promise<void> => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const paper = await client.paper(request.id);
      await demandGood(paper, request);
      papers.set(request.id, { paper, reading: request.reading === true ? await client.readingView(request.id) : null });
    }
  };
  await Promise.all(Array.from({ length: kTogether }, one));
  await shelf.add(carried, papers);
}

/** What arrived must be what the package announces, and take answers: there is nobody to ask when the person reads it. */
async function demandGood(octets: ArrayBuffer, { paper, frozen, items }: PackageRequest): Promise<void> {
  const announced = paper ?? frozen;
  const { sha256, length } = await digest(octets);
  if (announced?.sha256 !== sha256 || announced.length !== length) {
    throw new Failure('digest');
  }
  if (paper !== undefined) {
    const any = new Map(items.map(({ id, choices }) => [id, choices[0] ?? '']));
    await fillIn(octets, paper.fillIn, any).catch(() => {
      throw new Failure('unreadable');
    });
  }
}

async function demandSpace({ requests }: VisitPackage): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  const needed = requests.reduce((sum, { paper, frozen }) => sum + (paper?.length ?? frozen?.length ?? 0), kSpare);
  if (quota !== undefined && usage !== undefined && quota - usage < needed) {
    throw new Failure('storage', { code: 'tablet.full' });
  }
}
