import { firstValueFrom, timeout } from 'rxjs';

import { type FileMessage, fileMessages } from './file-messages';
import { LoopbackLink } from '../testing/loopback-link';
import { said } from '../wire/control-channel';
import { WINDOW } from './file-channel';
import { MOST_OPEN } from './ledger';
import type { Place } from './transfer';
import { fileOf, isSame, MIB, TransferEnd, waitUntil } from '../testing/transfer-end';
import { within } from '../testing/within';

describe('files between two members', () => {
  let giver: TransferEnd;
  let taker: TransferEnd;
  let links: LoopbackLink[];

  const connect = async () => {
    const link = await LoopbackLink.open();
    links.push(link);
    giver.peers.next([link.near]);
    taker.peers.next([link.far]);
    return link;
  };
  const disconnect = (link: LoopbackLink) => {
    link.close();
    giver.peers.next([]);
    taker.peers.next([]);
  };
  const offer = (...files: ReturnType<typeof fileOf>[]) => giver.transfers.offer(files, giver.peers.value);
  const accept = async (index = 0) => taker.transfers.accept((await taker.is('offered', index)).key);

  beforeEach(() => {
    [giver, taker, links] = [new TransferEnd(), new TransferEnd(), []];
  });
  afterEach(() => {
    giver.close();
    taker.close();
    for (const link of links) link.close();
  });

  for (const length of [0, 1, 3 * MIB, 5 * MIB + 12_345]) {
    it(`arrive unchanged: ${length} bytes`, async () => {
      await connect();
      const given = fileOf(length);
      offer(given);
      await accept();
      const { state } = await taker.is('done');
      expect(await isSame(state.file, given.file)).toBeTrue();
      await giver.is('done');
    });
  }

  it('are offered with their metadata, cleaned', async () => {
    await connect();
    offer({ file: new File(['abc'], '../a\u202Etxt.exe', { type: 'text/html' }), path: 'x/../y' });
    const { file: facts, name, direction } = await taker.is('offered');
    expect(facts).toEqual({ name: '__atxt.exe', size: 3, media: '', path: ['x', 'y'] });
    expect([name, direction]).toEqual(['First', 'in']);
  });

  it('can be declined', async () => {
    await connect();
    offer(fileOf(10));
    taker.transfers.decline((await taker.is('offered')).key);
    expect((await giver.is('ended')).state.reason).toBe('declined');
    expect((await taker.is('ended')).state.reason).toBe('declined');
  });

  for (const who of ['giver', 'taker'] as const) {
    it(`can be cancelled by the ${who}, and nothing remains`, async () => {
      await connect();
      offer(fileOf(30 * MIB));
      await accept();
      const [one, other] = who === 'giver' ? [giver, taker] : [taker, giver];
      await one.has(MIB);
      one.transfers.cancel((await one.is('running')).key);
      expect((await other.is('ended')).state.reason).toBe('cancelledThere');
      expect((await one.is('ended')).state.reason).toBe('cancelled');
      await waitUntil(() => taker.discarded === 1);
    });
  }

  it('transfer several at once', async () => {
    await connect();
    const given = [
      fileOf(2 * MIB, 'a'),
      fileOf(MIB + 1, 'b'),
      fileOf(7, 'c'),
      fileOf(3 * MIB, 'd'),
      fileOf(0, 'e'),
    ];
    offer(...given);
    await taker.is('offered', 4);
    await Promise.all(given.map((_, index) => accept(index)));
    for (const [index, { file }] of given.entries()) {
      expect(await isSame((await taker.is('done', index)).state.file, file)).toBeTrue();
    }
  });

  it('resume at the same byte when the link is replaced', async () => {
    const link = await connect();
    const given = fileOf(24 * MIB + 5);
    offer(given);
    await accept();
    await taker.has(2 * MIB);
    disconnect(link);
    await Promise.all([taker.is('paused'), giver.is('paused')]);
    await connect();
    const { state } = await taker.is('done');
    expect(await isSame(state.file, given.file)).toBeTrue();
    await giver.is('done');
    const offsets = giver.heard.flatMap((message) =>
      message.type === 'file-accept' ? [message.offset] : [],
    );
    expect(offsets.length).toBe(2);
    expect(offsets[0]).toBe(0);
    expect(offsets[1]).toBeGreaterThanOrEqual(2 * MIB);
  });

  it('resume when only their channel closed', async () => {
    const opened: RTCDataChannel[] = [];
    const link = await connect();
    link.farConnection.addEventListener('datachannel', ({ channel }) => opened.push(channel));
    const given = fileOf(20 * MIB);
    offer(given);
    await accept();
    await taker.has(MIB);
    opened[0]!.close();
    expect(await isSame((await taker.is('done')).state.file, given.file)).toBeTrue();
    expect(opened.length).toBe(2);
  });

  it('are offered again when the link broke before the answer', async () => {
    const link = await connect();
    offer(fileOf(10));
    await taker.is('offered');
    disconnect(link);
    // The offer is answered while the answer can't be sent.
    taker.transfers.decline((await taker.is('offered')).key);
    await connect();
    expect((await giver.is('ended')).state.reason).toBe('declined');
  });

  it('wait for a disk that is slower than the link', async () => {
    let write: () => void = () => undefined;
    let writes = 0;
    taker.places.open.and.resolveTo({
      write: () => new Promise<void>((resolve) => (writes++, (write = resolve))),
      finish: () => Promise.resolve(null),
      discard: () => Promise.resolve(),
    });
    const link = await connect();
    let arrived = 0;
    link.farConnection.addEventListener('datachannel', ({ channel }) =>
      channel.addEventListener(
        'message',
        ({ data }: MessageEvent<ArrayBuffer>) => (arrived += data.byteLength || 0),
      ),
    );
    offer(fileOf(40 * MIB));
    await accept();
    // Nothing is written: the sender stops at the window and stays there.
    await waitUntil(() => arrived === WINDOW);
    await new Promise((done) => setTimeout(done, 300));
    expect(arrived).toBe(WINDOW);
    expect(writes).toBe(1);
    const writing = setInterval(() => write());
    await taker.is('done');
    clearInterval(writing);
    expect(arrived).toBeGreaterThanOrEqual(40 * MIB);
  });

  it('never buffer more in the channel than allowed', async () => {
    let most = 0;
    const link = await connect();
    const create = link.nearConnection.createDataChannel.bind(link.nearConnection);
    spyOn(link.nearConnection, 'createDataChannel').and.callFake((label, options) => {
      const channel = create(label, options);
      const send = channel.send.bind(channel) as (data: string | ArrayBufferView<ArrayBuffer>) => void;
      channel.send = (data: unknown) => {
        send(data as string);
        most = Math.max(most, channel.bufferedAmount);
      };
      return channel;
    });
    offer(fileOf(24 * MIB));
    await accept();
    await taker.is('done');
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(4 * MIB + 2 * 256 * 1024);
  });

  it('end when the disk accepts no more', async () => {
    const sink = taker.sink();
    taker.places.open.and.resolveTo({ ...sink, write: () => Promise.reject(new Error('full')) });
    await connect();
    offer(fileOf(4 * MIB));
    await accept();
    expect((await taker.is('ended')).state.reason).toBe('unwritable');
    expect((await giver.is('ended')).state.reason).toBe('cancelledThere');
    await waitUntil(() => taker.discarded === 1);
  });

  it('do not start when the person cancels choosing a place', async () => {
    taker.places.open.and.resolveTo(null);
    await connect();
    offer(fileOf(10));
    await accept();
    expect((await taker.is('offered')).state.phase).toBe('offered');
    expect(giver.heard).toEqual([]);
  });

  it('report where they would go', async () => {
    taker.places.placeFor.and.callFake((size): Place => (size > 5 ? 'none' : 'private'));
    await connect();
    offer(fileOf(5), fileOf(6));
    expect([(await taker.is('offered', 0)).place, (await taker.is('offered', 1)).place]).toEqual([
      'private',
      'none',
    ]);
  });

  describe('with a member who breaks the rules', () => {
    const id = '0000000000000000';
    const size = 2 * MIB;
    let link: LoopbackLink;

    /** Offers `size` bytes by hand, and opens the channel once the offer is accepted. */
    const opened = async (offset = 0): Promise<RTCDataChannel> => {
      link = await LoopbackLink.open();
      links.push(link);
      taker.peers.next([link.far]);
      const accepted = firstValueFrom(
        said(link.near, fileMessages, 'file-accept').pipe(timeout(within(5_000))),
      );
      link.near.send<FileMessage>({ type: 'file-offer', id, name: 'a', size, media: '', path: '' });
      await accept();
      await accepted;
      const channel = link.nearConnection.createDataChannel(`file/${id}/${offset}`);
      channel.binaryType = 'arraybuffer';
      return channel;
    };
    const isOpen = (channel: RTCDataChannel) =>
      new Promise<void>((resolve) => channel.addEventListener('open', () => resolve()));
    const ended = async () => (await taker.is('ended')).state.reason;

    it('rejects data that was changed on the way', async () => {
      const channel = await opened();
      await isOpen(channel);
      const verdict = firstValueFrom(link.near.messages(fileMessages).pipe(timeout(within(5_000))));
      for (let at = 0; at < size; at += 65_536) channel.send(new Uint8Array(65_536));
      channel.send('0'.repeat(64));
      expect(await ended()).toBe('tampered');
      expect(await verdict).toEqual({ type: 'file-done', id, ok: false });
      await waitUntil(() => taker.discarded === 1);
    });

    it('accepts no more bytes than offered', async () => {
      const channel = await opened();
      await isOpen(channel);
      for (let at = 0; at <= size; at += 65_536) channel.send(new Uint8Array(65_536));
      expect(await ended()).toBe('misbehaved');
    });

    for (const [what, message] of [
      ['an end before the end', '0'.repeat(64)],
      ['words', 'hello'],
      ['an empty message', new Uint8Array(0)],
      ['a message too large', new Uint8Array(256 * 1024 + 1)],
    ] as const) {
      it(`rejects ${what}`, async () => {
        const channel = await opened();
        await isOpen(channel);
        // If the browser itself refuses to send the message, the receiver need not refuse it.
        try {
          channel.send(message as string);
        } catch {
          link.near.send<FileMessage>({ type: 'file-cancel', id });
        }
        expect(['misbehaved', 'cancelledThere']).toContain(await ended());
      });
    }

    it('accepts no channel that it has not requested', async () => {
      const channel = await opened(5);
      const closed = new Promise((resolve) => channel.addEventListener('close', resolve));
      await closed;
      expect((await taker.is('waiting')).state.bytes).toBe(0);
    });

    it('limits the number of open offers', async () => {
      link = await LoopbackLink.open();
      links.push(link);
      taker.peers.next([link.far]);
      for (let number = 0; number < 2 * MOST_OPEN; number++) {
        const id = String(number).padStart(16, '0');
        link.near.send<FileMessage>({ type: 'file-offer', id, name: 'a', size, media: '', path: '' });
      }
      // The control channel limits how many messages it passes at once.
      await waitUntil(() => taker.heard.length > 1.5 * MOST_OPEN);
      expect((await firstValueFrom(taker.transfers.transfers$)).length).toBe(MOST_OPEN);
    });

    it('limits the number of finished transfers', async () => {
      link = await LoopbackLink.open();
      links.push(link);
      taker.peers.next([link.far]);
      for (let number = 0; number < 600; number++) {
        const id = String(number).padStart(16, '0');
        taker.transfers.hear({
          peer: link.far,
          message: { type: 'file-offer', id, name: 'a', size, media: '', path: '' },
        });
        taker.transfers.hear({ peer: link.far, message: { type: 'file-cancel', id } });
      }
      expect((await firstValueFrom(taker.transfers.transfers$)).length).toBeLessThanOrEqual(257);
    });
  });

  it('rejects impossible progress', async () => {
    const link = await connect();
    link.farConnection.addEventListener('datachannel', ({ channel }) => {
      channel.onmessage = null;
      channel.send(String(2 ** 40));
    });
    offer(fileOf(10 * MIB));
    const { id } = await giver.is('offered');
    taker.peers.next([]);
    link.far.send<FileMessage>({ type: 'file-accept', id, offset: 0 });
    expect((await giver.is('ended')).state.reason).toBe('misbehaved');
  });
});
