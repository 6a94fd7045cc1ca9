import { BehaviorSubject, of } from 'rxjs';

import type { Peer } from '../wire/peers';
import { lastingLink$ } from './lasting-link';

const peer = (link: string, open = true) => ({ link, session: 'ann', open$: of(open) }) as Peer;

describe('the link that a transfer uses', () => {
  beforeEach(() => {
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date(0));
  });
  afterEach(() => jasmine.clock().uninstall());

  const watch = () => {
    const peers = new BehaviorSubject<readonly Peer[]>([peer('1')]);
    const left = new BehaviorSubject<ReadonlySet<string>>(new Set());
    const told: (string | null)[] = [];
    lastingLink$(peers, left, 'ann').subscribe({
      next: (link) => told.push(link?.link ?? null),
      complete: () => told.push('left'),
    });
    return { peers, left, told };
  };

  it('is replaced by another one to the same member', () => {
    const { peers, told } = watch();
    peers.next([]);
    jasmine.clock().tick(59_000);
    peers.next([peer('2', false)]);
    jasmine.clock().tick(900);
    peers.next([peer('3')]);
    jasmine.clock().tick(120_000);
    expect(told).toEqual(['1', null, '3']);
  });

  it('ends after a minute without a link', () => {
    const { peers, told } = watch();
    peers.next([]);
    jasmine.clock().tick(59_999);
    expect(told).toEqual(['1', null]);
    jasmine.clock().tick(1);
    expect(told).toEqual(['1', null, 'left']);
  });

  it('ends at once when the member says that they leave, and not when another does', () => {
    const { peers, left, told } = watch();
    left.next(new Set(['ben']));
    expect(told).toEqual(['1']);
    peers.next([]);
    left.next(new Set(['ben', 'ann']));
    expect(told).toEqual(['1', null, 'left']);
  });
});
