import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../src/api/failure';
import { LoginWatch } from '../src/ui/login_watch';

const page = { busy: false, heard: [] as string[] };

function watched(): LoginWatch {
  page.busy = false;
  page.heard = [];
  return new LoginWatch({
    idleSeconds: () => 60,
    isBusy: () => page.busy,
    began: () => (page.busy = true),
    failed: () => void page.heard.push('failed'),
    rested: () => (page.busy = false),
    over: () => void page.heard.push('over'),
  });
}

describe('a page behind a login', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', { addEventListener: () => {} });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('does one thing at a time, and of the choices made meanwhile the last', async () => {
    const watch = watched();
    const done: string[] = [];
    let finish = (): void => {};
    watch.attempt(() => new Promise((resolve) => (finish = resolve)));
    watch.attempt(async () => void done.push('pressed twice'));
    watch.follow(async () => void done.push('first choice'));
    watch.follow(async () => void done.push('second choice'));
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toEqual(['second choice']);
    expect(page.busy).toBe(false);
  });

  it('goes dark when the login is gone, or did nothing for as long as it may', async () => {
    const watch = watched();
    watch.attempt(() => Promise.reject(failureOf(401, { code: 'auth.no-session' })));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.heard).toEqual(['over']);
    watch.attempt(() => Promise.reject(failureOf(409, { code: 'request.over' })));
    await vi.advanceTimersByTimeAsync(0);
    expect(page.heard).toEqual(['over', 'failed']);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(page.heard).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.heard).toEqual(['over', 'failed', 'over']);
  });
});
