import { firstValueFrom } from 'rxjs';

import type { FileMessage } from './file-messages';
import type { Offering } from './offering';
import { fileOf, isSame, MIB, TransferEnd, waitUntil } from '../testing/transfer-end';
import { LoopbackLink } from '../testing/loopback-link';

/** A file whose reads are counted, by block. */
const countedFile = (length: number) => {
  const given = fileOf(length);
  const reads: number[] = [];
  const slice = given.file.slice.bind(given.file);
  spyOn(given.file, 'slice').and.callFake((start = 0, end) => {
    reads[start / MIB] = (reads[start / MIB] ?? 0) + 1;
    return slice(start, end);
  });
  return { given, reads };
};

describe('a file offered to several members', () => {
  let giver: TransferEnd;
  let takers: readonly TransferEnd[];
  let links: LoopbackLink[];

  const sessionOf = (index: number) => `taker${index}0000000000`;
  const connect = async (index: number) => {
    const link = await LoopbackLink.open('giver00000000000', sessionOf(index));
    links[index] = link;
    giver.peers.next(links.filter(Boolean).map(({ near }) => near));
    takers[index]!.peers.next([link.far]);
  };
  const disconnect = (index: number) => {
    links[index]!.close();
    giver.peers.next(giver.peers.value.filter((peer) => peer !== links[index]!.near));
    takers[index]!.peers.next([]);
  };
  const accept = async (index: number, file = 0) => {
    const taker = takers[index]!;
    await taker.transfers.accept((await taker.is('offered', file)).key);
  };
  const offerings = () => firstValueFrom(giver.transfers.offerings$);
  const only = async (): Promise<Offering> => {
    const all = await offerings();
    expect(all.length).toBe(1);
    return all[0]!;
  };
  const phases = async () => (await only()).transfers.map(({ state }) => state.phase);

  beforeEach(async () => {
    [giver, takers, links] = [new TransferEnd(), [0, 1, 2].map(() => new TransferEnd()), []];
    for (const index of takers.keys()) await connect(index);
  });
  afterEach(() => {
    giver.close();
    for (const taker of takers) taker.close();
    for (const link of links) link.close();
  });

  it('is one offering, read once by the deliveries that run together, and arrives unchanged', async () => {
    const { given, reads } = countedFile(12 * MIB + 5);
    expect(giver.transfers.offer([given], giver.peers.value)).toBe(1);
    await Promise.all([0, 1, 2].map((index) => accept(index)));
    for (const taker of takers) {
      const { state } = await taker.is('done');
      expect(await isSame(state.file, given.file)).toBeTrue();
    }
    for (const index of [0, 1, 2]) await giver.is('done', index);
    expect(await phases()).toEqual(['done', 'done', 'done']);
    expect(reads).toEqual(Array<number>(13).fill(1));
    // Each delivery has an id of its own on the wire.
    expect(new Set((await only()).transfers.map(({ id }) => id)).size).toBe(3);
  });

  it('is not offered to a member who joins later', async () => {
    disconnect(2);
    giver.transfers.offer([fileOf(10)], giver.peers.value);
    await connect(2);
    await takers[0]!.is('offered');
    await takers[1]!.is('offered');
    expect(takers[2]!.heard).toEqual([]);
    expect((await only()).transfers.length).toBe(2);
  });

  it('has a state for each member: declined, cancelled, left, done', async () => {
    giver.transfers.offer([fileOf(10)], giver.peers.value);
    takers[0]!.transfers.decline((await takers[0]!.is('offered')).key);
    await giver.is('ended', 0);
    expect(await phases()).toEqual(['ended', 'offered', 'offered']);
    giver.transfers.cancel((await only()).transfers[1]!.key);
    expect((await takers[1]!.is('ended')).state.reason).toBe('cancelledThere');
    giver.transfers.forget((await only()).key);
    expect(await phases()).toEqual(['ended', 'ended', 'offered']);
    await accept(2);
    await giver.is('done', 2);
    giver.transfers.forget((await only()).key);
    expect(await offerings()).toEqual([]);
  });

  it('can be cancelled for all', async () => {
    giver.transfers.offer([fileOf(30 * MIB)], giver.peers.value);
    await accept(0);
    await giver.has(MIB);
    giver.transfers.cancel((await only()).key);
    for (const taker of takers) expect((await taker.is('ended')).state.reason).toBe('cancelledThere');
    await waitUntil(() => takers[0]!.discarded === 1);
  });

  it('is sent to the others while one resumes, and no block is digested again', async () => {
    const digest = spyOn(crypto.subtle, 'digest').and.callThrough();
    const { given } = countedFile(24 * MIB);
    giver.transfers.offer([given], giver.peers.value);
    await Promise.all([0, 1].map((index) => accept(index)));
    await takers[0]!.has(2 * MIB);
    disconnect(0);
    await giver.is('paused', 0);
    await takers[1]!.is('done');
    await connect(0);
    const { state } = await takers[0]!.is('done');
    expect(await isSame(state.file, given.file)).toBeTrue();
    const blocks = digest.calls.all().filter(({ args: [, data] }) => data.byteLength === MIB);
    // The giver and each of the two receivers digest each block once.
    expect(blocks.length).toBe(3 * 24);
  });

  it('does not wait for a member who is slow with three files', async () => {
    takers[0]!.places.open.and.resolveTo({
      write: () => new Promise<void>(() => undefined),
      finish: () => Promise.resolve(null),
      discard: () => Promise.resolve(),
    });
    const files = ['a', 'b', 'c', 'd'].map((name) => fileOf(2 * MIB, name));
    giver.transfers.offer(files, giver.peers.value);
    for (const index of files.keys()) await accept(0, index);
    await giver.is('running', 6);
    // The fourth file waits for its turn with this member, and only there.
    await giver.is('waiting', 9);
    await Promise.all(files.map((_, index) => accept(1, index)));
    for (const index of files.keys()) await takers[1]!.is('done', index);
    expect((await giver.is('waiting', 9)).session).toBe(sessionOf(0));
  });

  it('ends at once for a member who says goodbye, on both sides', async () => {
    giver.transfers.offer([fileOf(30 * MIB)], giver.peers.value);
    await accept(0);
    await giver.has(MIB);
    links[0]!.far.send({ type: 'bye' });
    links[1]!.near.send({ type: 'bye' });
    expect((await giver.is('ended', 0)).state.reason).toBe('left');
    expect((await takers[1]!.is('ended')).state.reason).toBe('left');
    expect(await phases()).toEqual(['ended', 'offered', 'offered']);
  });

  it('is offered to all of them or to none', async () => {
    const sent = (index: number) =>
      takers[index]!.heard.filter((message: FileMessage) => message.type === 'file-offer').length;
    const many = Array.from({ length: 200 }, (_, index) => fileOf(1, String(index)));
    expect(giver.transfers.offer(many, [links[0]!.near])).toBe(200);
    expect(giver.transfers.offer(many, giver.peers.value)).toBe(56);
    await waitUntil(() => sent(0) === 256 && sent(1) === 56);
    expect(giver.transfers.offer(many, giver.peers.value)).toBe(0);
    expect(giver.transfers.offer(many, [])).toBe(0);
  });
});
