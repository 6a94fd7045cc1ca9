import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, convertToParamMap, provideRouter } from '@angular/router';
import { BehaviorSubject, of } from 'rxjs';

import { Doctor } from '../../doctor/doctor';
import { UNEXAMINED, type Examination } from '../../doctor/examination';
import { serverUrl } from '../../doctor/server-url';
import { SIGN_IN_REASONS } from '../../firebase/sign-in-reason';
import { checkEn } from '../../i18n/check.en';
import { signInEn } from '../../i18n/sign-in.en';
import { I18n } from '../../i18n/i18n';
import { Figures } from '../call/statistics/figures';
import { Check } from './check';
import { CheckRows } from './check-rows';

const relay = {
  state: 'failed' as const,
  reason: 'error' as const,
  url: 'turn:203.0.113.9:3478',
  server: serverUrl('turn:203.0.113.9:3478'),
  time: null,
  code: 403,
  text: 'Forbidden IP 198.51.100.4',
  candidates: [],
};

const examined: Examination = {
  ...UNEXAMINED,
  browser: { state: 'well', reason: 'ready', missing: [] },
  codecs: { state: 'well', reason: 'all', audio: ['audio/opus'], video: ['video/VP8'] },
  camera: { state: 'failed', reason: 'denied', track: null, level: 0 },
  microphone: { state: 'failed', reason: 'missing', track: null, level: 0 },
  database: { state: 'well', reason: 'reachable', signIn: 512, roundTrip: 41, documents: null },
  servers: { state: 'failed', reason: 'listed', list: [relay] },
  udp: { state: 'well', reason: 'open' },
  nat: { state: 'well', reason: 'independent', mapped: ['203.0.113.77:50000', '2001:db8:1:2::3:4'] },
  ipv6: { state: 'note', reason: 'none' },
  relay: { state: 'note', reason: 'noAnswer', figures: null },
};

describe('Check', () => {
  let examination: BehaviorSubject<Examination>;

  const open = async (language: 'en' | 'zh' = 'en', found?: string) => {
    const queryParamMap = of(convertToParamMap(found === undefined ? {} : { found }));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: ActivatedRoute, useValue: { queryParamMap } },
        { provide: Doctor, useValue: { examination$: examination } },
      ],
    });
    await TestBed.inject(I18n).use(language);
    const fixture = TestBed.createComponent(Check);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    return {
      fixture,
      page,
      verdict: () => page.querySelector('[role=status]')!,
      row: (check: string) => page.querySelector<HTMLElement>(`[data-check="${check}"]`)!,
      press: async (name: string) => {
        const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
        button!.click();
        await fixture.whenStable();
      },
    };
  };

  beforeEach(() => (examination = new BehaviorSubject(UNEXAMINED)));
  afterEach(() => localStorage.removeItem('parley.language'));

  for (const reason of SIGN_IN_REASONS) {
    it(`says why sign-in was refused and what to do: ${reason}`, async () => {
      const { fixture, verdict, row } = await open();
      const database = { ...UNEXAMINED.database, state: 'failed' as const, reason };
      examination.next({ ...examined, database });
      await fixture.whenStable();
      const [what, todo] = [`${signInEn[`${reason}.what`]}.`, signInEn[`${reason}.todo`]];
      expect(row('database').textContent).toContain(what);
      expect(row('database').textContent).toContain(todo);
      const sentences = [...verdict().children].map((one) => one.textContent);
      expect(sentences.slice(0, 3)).toEqual([checkEn['verdict.sign-in'], what, todo]);
    });
  }

  it('says that it is checking, its progress, and the verdict', async () => {
    const { fixture, page, verdict } = await open();
    expect(verdict().getAttribute('aria-label')).toBe('Result');
    expect(verdict().textContent?.trim()).toBe('Checking…');
    expect(page.querySelector('progress')?.value).toBe(0);
    examination.next(examined);
    await fixture.whenStable();
    expect([...verdict().children].map((one) => one.textContent)).toEqual([
      'The relay doesn’t respond. Tell the site’s operator.',
      'Until that’s fixed you can call most people, but not everyone.',
      'Your camera doesn’t work. Others won’t see you.',
      'Your microphone doesn’t work. Others won’t hear you.',
    ]);
    expect(page.querySelector('progress')).toBeNull();
  });

  it('says what each check found and what to do', async () => {
    examination.next(examined);
    const { row } = await open();
    expect(row('database').textContent).toContain('Responds in 41 ms. Sign-in took 512 ms.');
    expect(row('camera').dataset['state']).toBe('failed');
    expect(row('camera').textContent).toContain('Allow it with the icon next to the address bar');
    expect(row(relay.url).textContent).toContain('TURN over UDP');
    expect(row(relay.url).textContent).toContain('It can’t be used: 403 Forbidden IP 198.51.100.4');
  });

  it('says what the call that led here had found, and ignores unknown reasons', async () => {
    const led = await open('en', 'relayRefused');
    expect(led.page.querySelector('.from')?.textContent).toBe(checkEn['from.relayRefused']);
    TestBed.resetTestingModule();
    const mistaken = await open('en', '<b>');
    expect(mistaken.page.querySelector('.from')).toBeNull();
  });

  it('shows the level of the microphone', async () => {
    const track = new MediaStream() as unknown as MediaStreamTrack;
    examination.next({
      ...examined,
      microphone: { state: 'well', reason: 'heard', track, level: 0.4 },
    });
    const { page } = await open();
    expect(page.querySelector('[role=meter]')?.getAttribute('aria-valuenow')).toBe('40');
  });

  it('creates a report without any complete address', async () => {
    examination.next(examined);
    const { page, press } = await open();
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    await press('Copy');
    const text = write.calls.mostRecent().args[0];
    expect(text).toBe(page.querySelector('pre')!.textContent);
    expect(text).toContain(
      '[doesn’t work] TURN over UDP, 203.0.x.x:3478: It can’t be used: 403 Forbidden IP 198.51.x.x',
    );
    expect(text).toContain('NAT: 203.0.x.x:50000, 2001:db8:x');
    expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+|113|::/);
    expect([...page.querySelectorAll('button')].map((one) => one.textContent?.trim())).toContain('Copied');
  });

  it('lets the person copy the report by hand if the browser refuses', async () => {
    examination.next(examined);
    const { page, press } = await open();
    spyOn(navigator.clipboard, 'writeText').and.rejectWith(new DOMException('no', 'NotAllowedError'));
    await press('Copy');
    expect(page.querySelector('details')?.open).toBeTrue();
    expect(page.textContent).toContain('Select the text and copy it yourself.');
  });

  it('asks whether the person heard the speaker', async () => {
    const { row, press, fixture } = await open();
    expect(row('speaker').dataset['state']).toBe('note');
    await press('Play a sound');
    while (!row('speaker').textContent?.includes('I don’t hear it')) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await fixture.whenStable();
    }
    await press('I don’t hear it');
    expect(row('speaker').dataset['state']).toBe('warning');
    expect(row('speaker').textContent).toContain('Turn up the volume');
    await press('I hear it');
    expect(row('speaker').dataset['state']).toBe('well');
  });

  it('runs again from the start', async () => {
    examination.next(examined);
    const { press, verdict } = await open();
    examination.next(UNEXAMINED);
    await press('Run again');
    expect(verdict().textContent).toContain('Checking…');
    expect(examination.observed).toBeTrue();
  });

  it('releases the examination with the page', async () => {
    const { fixture } = await open();
    fixture.destroy();
    expect(examination.observed).toBeFalse();
  });

  it('is in Chinese on request', async () => {
    examination.next(examined);
    const { verdict, page } = await open('zh');
    expect(verdict().getAttribute('aria-label')).toBe('结果');
    expect(page.querySelector('h1')?.textContent).toBe('检测');
    expect(page.textContent).not.toMatch(/Run again|It works/);
  });
});

describe('CheckRows', () => {
  const filled = (key: keyof typeof checkEn, values: Readonly<Record<string, string | number>> = {}) =>
    (checkEn[key] as string).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const rows = new CheckRows(filled as never, new Figures('en'), filled as never);

  /** One finding per check and reason that has a text. */
  const every = Object.keys(checkEn).flatMap((key) => {
    const [, check, reason] = /^found\.(\w+)\.(.+)$/.exec(key) ?? [];
    return check && check !== 'speaker' && reason !== 'unknown' ? [{ check, reason: reason! }] : [];
  });

  it('omit no value of a text', () => {
    for (const { check, reason } of every) {
      const finding =
        check === 'server' ? { ...relay, reason } : { ...(examined[check as never] as object), reason };
      const examination = (
        check === 'server'
          ? { ...examined, servers: { ...examined.servers, list: [finding] } }
          : { ...examined, [check]: finding }
      ) as Examination;
      const all = [...Object.values(rows.devices(examination)), ...rows.network(examination)];
      const row = all.find(({ id }) => id === (check === 'server' ? relay.url : check));
      if (check === 'servers') continue;
      expect(row?.found).withContext(`${check} ${reason}`).toBeTruthy();
      expect(`${row?.found} ${row?.todo}`).withContext(`${check} ${reason}`).not.toMatch(/[{}]/);
    }
    expect(every.length).toBeGreaterThan(30);
  });
});
