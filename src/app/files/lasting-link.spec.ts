import { BehaviorSubject, of, Subject } from 'rxjs';

import type { Peer } from '../wire/peers';
import { goodbyes$ } from './goodbyes';
import { lastingLink$ } from './lasting-link';
import { controlPair, type FakeControl, FakePeers, setOpen } from '../testing/fake-peers';

const peer = (link: string, open = true) => ({ link, session: 'ann', open$: of(open) }) as Peer;

describe('the link that a transfer uses', () => {
  beforeEach(() => {
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date(0));
  });
  afterEach(() => jasmine.clock().uninstall());

  const watch = () => {
    const peers = new BehaviorSubject<readonly Peer[]>([peer('1')]);
    const left = new Subject<string>();
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
    left.next('ben');
    expect(told).toEqual(['1']);
    peers.next([]);
    left.next('ann');
    expect(told).toEqual(['1', null, 'left']);
  });
});

describe('goodbyes', () => {
  it('are heard once for each member, also by a listener that the message ends', () => {
    const peers = new FakePeers();
    const [here, there] = controlPair();
    const [hereToo, thereToo] = controlPair();
    setOpen([here, there, hereToo, thereToo], true);
    const told: string[] = [];
    // The link hears it first, and takes the peer away.
    here.messages({ bye: () => ({}) }).subscribe(() => peers.simulatePeers(['ben', 'Ben', hereToo]));
    peers.simulatePeers(['ann', 'Ann', here], ['ben', 'Ben', hereToo]);
    goodbyes$(peers.peers$).subscribe((session) => told.push(session));
    peers.simulatePeers(['ann', 'Anna', here], ['ben', 'Ben', hereToo]);
    const bye = (end: FakeControl) => end.receive(JSON.stringify({ type: 'bye' }));
    bye(here);
    expect(told).toEqual(['ann']);
    bye(hereToo);
    expect(told).toEqual(['ann', 'ben']);
  });

  it('are not heard from a link that ended without one', async () => {
    const peers = new FakePeers();
    const [here, there] = controlPair();
    setOpen([here, there], true);
    const told: string[] = [];
    peers.simulatePeers(['ann', 'Ann', here]);
    goodbyes$(peers.peers$).subscribe((session) => told.push(session));
    peers.simulatePeers();
    await new Promise((done) => setTimeout(done));
    here.receive(JSON.stringify({ type: 'bye' }));
    expect(told).toEqual([]);
  });
});
