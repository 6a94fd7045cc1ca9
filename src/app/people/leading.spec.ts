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

  it('goes to the first page, and to the second when the first releases it', async () => {
    const first = page();
    await until(() => first.said.length > 0);
    const second = page();
    await until(() => second.said.length > 0);
    expect([first.said, second.said]).toEqual([[true], [false]]);
    first.holds.unsubscribe();
    await until(() => second.said.length > 1);
    expect([first.said, second.said]).toEqual([[true], [false, true]]);
  });

  it('does not go to a page that stopped waiting', async () => {
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

  it('stays with an idle page until another one asks for it', async () => {
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

  it('goes to a waiting page when the leading one becomes idle', async () => {
    const idle = new BehaviorSubject(false);
    const first = page(idle);
    await until(() => first.said.length > 0);
    const second = page();
    await asked(2);
    idle.next(true);
    await until(() => second.said.at(-1) === true);
    expect(first.said).toEqual([true, false]);
  });

  it('is not requested by an idle page', async () => {
    const first = page(new BehaviorSubject(true));
    const second = page();
    await until(() => second.said.length > 0);
    expect([first.said, second.said]).toEqual([[], [true]]);
  });

  it('goes to every page without lock support', async () => {
    spyOnProperty(navigator, 'locks').and.returnValue(undefined as unknown as LockManager);
    expect(await firstValueFrom(leading$(what))).toBe(true);
    expect(await firstValueFrom(leading$(what))).toBe(true);
  });
});
