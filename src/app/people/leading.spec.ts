import { BehaviorSubject, firstValueFrom, type Observable, type Subscription } from 'rxjs';

import { leading$ } from './leading';

describe('leading$', () => {
  let what: string;
  let pages: { said: boolean[]; holds: Subscription }[];

  const page = (idle$?: Observable<boolean>) => {
    const said: boolean[] = [];
    const holds = leading$(what, idle$).subscribe((leads) => said.push(leads));
    pages.push({ said, holds });
    return { said, holds };
  };
  const until = async (is: () => boolean | Promise<boolean>) => {
    while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const asked = async (count: number) =>
    until(async () => {
      const { held, pending } = await navigator.locks.query();
      return [...held!, ...pending!].filter(({ name }) => name === what).length === count;
    });

  beforeEach(() => {
    what = `spec ${crypto.randomUUID()}`;
    pages = [];
  });
  afterEach(() => pages.forEach(({ holds }) => holds.unsubscribe()));

  it('is for the first, and for the second when the first lets go', async () => {
    const first = page();
    await until(() => first.said.length > 0);
    const second = page();
    await until(() => second.said.length > 0);
    expect([first.said, second.said]).toEqual([[true], [false]]);
    first.holds.unsubscribe();
    await until(() => second.said.length > 1);
    expect([first.said, second.said]).toEqual([[true], [false, true]]);
  });

  it('is not for one that gave up waiting', async () => {
    const first = page();
    await until(() => first.said.length > 0);
    const second = page();
    await asked(2);
    second.holds.unsubscribe();
    await asked(1);
    first.holds.unsubscribe();
    await asked(0);
    expect(second.said.includes(true)).toBe(false);
  });

  it('stays with a page that nobody is at until another asks for it', async () => {
    const idle = new BehaviorSubject(false);
    const first = page(idle);
    await until(() => first.said.length > 0);
    idle.next(true);
    await asked(1);
    expect(first.said).toEqual([true]);
    const second = page();
    await until(() => second.said.at(-1) === true);
    expect(first.said).toEqual([true, false]);
    idle.next(false);
    await asked(2);
    second.holds.unsubscribe();
    await until(() => first.said.length > 2);
    expect(first.said).toEqual([true, false, true]);
  });

  it('goes to whoever waits when nobody is at the page any more', async () => {
    const idle = new BehaviorSubject(false);
    const first = page(idle);
    await until(() => first.said.length > 0);
    const second = page();
    await asked(2);
    idle.next(true);
    await until(() => second.said.at(-1) === true);
    expect(first.said).toEqual([true, false]);
  });

  it('is not asked for by a page that nobody is at', async () => {
    const first = page(new BehaviorSubject(true));
    const second = page();
    await until(() => second.said.length > 0);
    expect([first.said, second.said]).toEqual([[], [true]]);
  });

  it('is everybody’s where there are no locks', async () => {
    spyOnProperty(navigator, 'locks').and.returnValue(undefined as unknown as LockManager);
    expect(await firstValueFrom(leading$(what))).toBe(true);
    expect(await firstValueFrom(leading$(what))).toBe(true);
  });
});
