import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { Call } from '../../../call/call';
import { I18n } from '../../../i18n/i18n';
import { FakeCall, fakeMember, fakeStatistics } from '../../../testing/fake-call';
import { memberView, type MemberView } from '../stage/member-view';
import { StatisticsPanel } from './statistics-panel';

@Component({
  imports: [StatisticsPanel],
  template: `<section style="width: 280px"><parley-statistics-panel [others]="others()" /></section>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Room {
  readonly others = signal<readonly MemberView[]>([]);
}

describe('the statistics of several links', () => {
  const names = [
    'Ada',
    'Ben',
    'Cem',
    'Dee',
    'Eve',
    'Fay with a name that is much too long for one line',
    'Ada',
  ];
  const views = names.map((name, index) =>
    memberView(
      fakeMember({ session: `${index}`, name, status: index === 1 ? 'reconnecting' : 'connected' }),
      '',
    ),
  );
  const rate = (bitRate: number) => ({ ...fakeStatistics().sent.audio!, bitRate });
  const open = async (others = views) => {
    const call = new FakeCall();
    TestBed.configureTestingModule({ providers: [{ provide: Call, useValue: call }] });
    await TestBed.inject(I18n).use('en');
    for (const index of names.keys()) {
      const sent = { audio: rate(30_000), video: index === 0 ? rate(500_000) : null };
      const received = index === 6 ? { audio: null, video: null } : { audio: rate(20_000), video: null };
      call.simulateStatistics(`${index}`, fakeStatistics({ sent, received, roundTripTime: 10 * index }));
    }
    const fixture = TestBed.createComponent(Room);
    fixture.componentInstance.others.set(others);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const settle = () => fixture.whenStable();
    const rows = () => [...element.querySelectorAll<HTMLElement>('li > button')];
    const words = (one: Element | null | undefined) => one?.textContent?.replace(/\s+/g, ' ').trim();
    return { fixture, element, rows, words, settle };
  };

  it('are a line each, with their state and rates, and a sum', async () => {
    const { element, rows, words } = await open();
    expect(rows().length).toBe(7);
    expect(words(rows()[0])).toBe('Ada Direct, through NAT 0 ms Sent 530 kbit/s Received 20 kbit/s');
    expect(words(rows()[1])).toContain('Ben Reconnecting 10 ms');
    expect(words(rows()[6])).toContain('Received –');
    expect(words(element.querySelector('[data-total=sent]'))).toBe('710 kbit/s');
    expect(words(element.querySelector('[data-total=received]'))).toBe('120 kbit/s');
    expect(element.querySelector('parley-member-statistics')).toBeNull();
  });

  it('show all figures of one member at a time', async () => {
    const { fixture, element, rows, settle } = await open();
    const shown = () =>
      [...element.querySelectorAll('parley-member-statistics')].map((one) => one.getAttribute('aria-label'));
    rows()[1]!.click();
    await settle();
    expect(shown()).toEqual(['Ben']);
    rows()[2]!.click();
    await settle();
    expect(shown()).toEqual(['Cem']);
    expect(rows().map((row) => row.getAttribute('aria-expanded'))).toEqual(
      names.map((_, index) => `${index === 2}`),
    );
    fixture.componentInstance.others.set(views.filter(({ name }) => name !== 'Cem'));
    await settle();
    expect(shown()).toEqual([]);
    expect(rows().length).toBe(6);
  });

  it('fit a phone', async () => {
    const { element, rows } = await open();
    for (const row of rows()) {
      expect(row.offsetHeight).toBeGreaterThanOrEqual(44);
      expect(row.getBoundingClientRect().right).toBeLessThanOrEqual(
        element.querySelector('section')!.getBoundingClientRect().right,
      );
    }
    const { violations } = await axe.run(element);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });

  it('are those of the one link in a call of two, all at once', async () => {
    const { element, rows } = await open(views.slice(0, 1));
    expect(rows()).toEqual([]);
    expect(element.querySelector('parley-member-statistics h3')?.textContent?.trim()).toBe('Ada');
  });
});
