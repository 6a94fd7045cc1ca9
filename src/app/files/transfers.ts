import {
  BehaviorSubject,
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  ReplaySubject,
  retry,
  Subject,
  Subscription,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { wallTime } from '../loading/clock';
import { randomId } from '../values/base32';
import type { Peer } from '../wire/peers';
import { BlockDigest } from './block-digest';
import { isFileChannel, labelOf } from './file-channel';
import type { FileMessage } from './file-messages';
import { cleanName, cleanPath } from './file-name';
import { sinkIn, type Places } from './file-places';
import { Reception } from './reception';
import { sendFile } from './send-file';
import type { Sink } from './sink';
import {
  isOver,
  transition,
  TransferError,
  type EndReason,
  type Transfer,
  type TransferEvent,
} from './transfer';
import { Turns } from './turns';

/** A file that the person gives, with the folders that contained it. */
export interface GivenFile {
  readonly file: File;
  /** Separated by `/`; empty for a single file. */
  readonly path: string;
}

/** What one member said about files. */
export interface Said {
  readonly peer: Peer;
  readonly message: FileMessage;
}

/** Maximum number of unfinished transfers with one member in one direction; further offers from that member are ignored. */
export const MOST_OPEN = 256;
/** Maximum number of finished transfers to remember for each member. */
const MOST_OVER = 256;
/** Number of files sent at the same time; sharing a link among more doesn't make it faster. */
const AT_ONCE = 3;
/** Time without a link after which the peer counts as having left, in ms. */
const PATIENCE = 60_000;
/** Delay before requesting a new channel when one closed while the link is up, in ms; and the maximum number of tries without progress. */
const AGAIN_AFTER = 1_000;
const TRIES = 5;

/** All files exchanged between this member and the others: offers, transfers, and their results. */
export class Transfers {
  private readonly all = new BehaviorSubject<readonly Transfer[]>([]);
  private readonly said = new Subject<Said>();
  private readonly running = new Map<string, Subscription>();
  private readonly accepted = new Map<string, ReplaySubject<Sink>>();
  private readonly takers = new Map<string, (channel: RTCDataChannel) => void>();
  private readonly turns = new Turns(AT_ONCE);
  private readonly channels: Subscription;

  /** In the order in which they were offered. */
  readonly transfers$: Observable<readonly Transfer[]> = this.all.asObservable();

  constructor(
    private readonly peers$: Observable<readonly Peer[]>,
    private readonly places: Places,
  ) {
    this.channels = peers$
      .pipe(
        switchMap((peers) =>
          merge(
            ...peers.map(({ session, channels$ }) =>
              channels$.pipe(map((channel) => ({ session, channel }))),
            ),
          ),
        ),
        filter(({ channel }) => isFileChannel(channel)),
      )
      .subscribe(({ session, channel }) => {
        const taker = this.takers.get(`${session} ${channel.label}`);
        if (taker) taker(channel);
        else channel.close();
      });
  }

  /** Offers files to members. Returns the number of offers made: each member can have up to `MOST_OPEN`. */
  offer(files: readonly GivenFile[], peers: readonly Peer[]): number {
    let made = 0;
    for (const { session, name } of peers) {
      const room = MOST_OPEN - this.openWith(session, 'out');
      for (const { file, path } of files.slice(0, room)) {
        const id = randomId();
        const facts = { name: file.name, size: file.size, media: file.type, path: cleanPath(path) };
        const key = keyOf('out', session, id);
        this.add({
          key,
          id,
          direction: 'out',
          session,
          name,
          file: facts,
          place: 'none',
          at: wallTime(),
          state: { phase: 'offered' },
        });
        this.running.set(key, this.outgoing(key, session, id, file).subscribe());
        made++;
      }
    }
    return made;
  }

  /** Handles a member's message. Messages must be passed in order. */
  hear(said: Said): void {
    const { peer, message } = said;
    const { id } = message;
    const given = this.get(keyOf('out', peer.session, id));
    const taken = this.get(keyOf('in', peer.session, id));
    switch (message.type) {
      case 'file-offer':
        return taken ? this.repeat(peer, taken) : this.note(peer, message);
      case 'file-accept':
        if (!given || isOver(given.state)) return peer.send<FileMessage>({ type: 'file-cancel', id });
        return this.said.next(said);
      case 'file-decline':
        return given ? this.apply(given.key, { type: 'ended', reason: 'declined' }) : undefined;
      case 'file-cancel':
        for (const one of [given, taken]) {
          if (one) this.apply(one.key, { type: 'ended', reason: 'cancelledThere' });
        }
        return;
      case 'file-done':
        if (!given) return;
        return this.apply(
          given.key,
          message.ok ? { type: 'finished', file: null } : { type: 'ended', reason: 'tampered' },
        );
    }
  }

  /** Accepts an offer. Must be called on a press, because the person may be asked where to put the file. */
  async accept(key: string): Promise<void> {
    const transfer = this.get(key);
    if (transfer?.state.phase !== 'offered' || transfer.direction !== 'in') return;
    await this.open(transfer, () => this.places.open(transfer.file, transfer.place));
  }

  /** Accepts several offers, into one folder that the person chooses where the browser can ask for one. */
  async acceptAll(keys: readonly string[]): Promise<void> {
    const transfers = keys
      .map((key) => this.get(key))
      .filter((transfer) => transfer?.direction === 'in' && transfer.state.phase === 'offered');
    const worthAFolder = transfers.some((one) => one!.file.path.length > 0 || one!.place === 'chosen');
    if (worthAFolder && this.places.canChooseFolder) {
      const folder = await this.places.chooseFolder();
      if (!folder) return;
      // One after the other, otherwise two files of the same name would both find it free.
      for (const transfer of transfers) await this.open(transfer!, () => sinkIn(folder, transfer!.file));
    } else {
      for (const { key } of transfers as Transfer[]) await this.accept(key);
    }
  }

  decline(key: string): void {
    const transfer = this.get(key);
    if (transfer?.direction === 'in' && transfer.state.phase === 'offered') this.end(key, 'declined');
  }

  /** Ends a transfer that is not over, in either direction. */
  cancel(key: string): void {
    this.end(key, 'cancelled');
  }

  /** Removes a finished transfer from the list. */
  forget(key: string): void {
    const transfer = this.get(key);
    if (transfer && isOver(transfer.state)) this.all.next(this.all.value.filter((one) => one.key !== key));
  }

  close(): void {
    for (const { key } of this.all.value) this.end(key, 'cancelled');
    this.channels.unsubscribe();
    this.places.close();
    this.all.complete();
  }

  private outgoing(key: string, session: string, id: string, file: File): Observable<never> {
    const { name, size, type: media } = file;
    const outgoing = { id, file, digest: new BlockDigest() };
    return this.link$(key, session).pipe(
      switchMap((peer) => {
        // Repeat the offer after a break too: the answer may have been lost with the link.
        const path = this.get(key)?.file.path.join('/') ?? '';
        const offer$ = defer(() => {
          peer.send<FileMessage>({ type: 'file-offer', id, name, size, media: media.slice(0, 255), path });
          return EMPTY;
        });
        const sending$ = this.said.pipe(
          filter((said) => said.peer.link === peer.link && said.message.id === id),
          switchMap(({ message }) => {
            if (message.type !== 'file-accept' || message.offset > size) return EMPTY;
            const { offset } = message;
            this.apply(key, { type: 'accepted', offset });
            const channel$ = defer(() => {
              this.apply(key, { type: 'started', offset });
              return sendFile(peer, outgoing, offset);
            });
            return this.turns.take(channel$).pipe(
              tap((bytes) => this.apply(key, { type: 'progressed', bytes })),
              catchError((error: unknown) => this.trouble(key, error)),
            );
          }),
        );
        return merge(sending$, offer$);
      }),
      ignoreElements(),
    );
  }

  private incoming(key: string, session: string, id: string, size: number): Observable<never> {
    const accepted = new ReplaySubject<Sink>(1);
    this.accepted.set(key, accepted);
    let reception: Reception | null = null;
    let sink: Sink | null = null;
    let complete = false;
    const attempt = (peer: Peer, into: Reception) =>
      defer(() => {
        const { offset } = into;
        this.apply(key, { type: 'accepted', offset });
        const ask$ = defer(() => {
          peer.send<FileMessage>({ type: 'file-accept', id, offset });
          return EMPTY;
        });
        return merge(this.channel$(session, labelOf(id, offset)), ask$).pipe(
          take(1),
          switchMap((channel) => {
            this.apply(key, { type: 'started', offset });
            return into.take(channel);
          }),
        );
      }).pipe(
        tap({
          next: (bytes) => this.apply(key, { type: 'progressed', bytes }),
          error: () => this.apply(key, { type: 'interrupted' }),
        }),
        retry({
          count: TRIES,
          resetOnSuccess: true,
          delay: (error: unknown) => (isInterruption(error) ? timer(AGAIN_AFTER) : throwError(() => error)),
        }),
        tap({
          complete: () => {
            complete = true;
            void this.finish(key, sink!);
          },
        }),
        catchError((error: unknown) => this.trouble(key, error, 'misbehaved')),
      );
    return this.link$(key, session).pipe(
      switchMap((peer) =>
        accepted.pipe(
          switchMap((given) => {
            sink = given;
            reception ??= new Reception(size, given);
            return complete ? EMPTY : attempt(peer, reception);
          }),
        ),
      ),
      ignoreElements(),
      finalize(() => {
        this.accepted.delete(key);
        if (!complete) void reception?.discard();
      }),
    );
  }

  /** The link to a member whenever it is up. A break interrupts the transfer, and ends it when it lasts too long. */
  private link$(key: string, session: string): Observable<Peer> {
    return this.peers$.pipe(
      map((peers) => peers.find((peer) => peer.session === session)),
      distinctUntilChanged((a, b) => a?.link === b?.link),
      switchMap((peer) => (peer ? peer.open$.pipe(map((open) => (open ? peer : null))) : of(null))),
      distinctUntilChanged((a, b) => a?.link === b?.link),
      switchMap((peer) => {
        if (peer) return of(peer);
        this.apply(key, { type: 'interrupted' });
        return timer(PATIENCE).pipe(
          tap(() => this.end(key, 'left')),
          switchMap(() => EMPTY),
        );
      }),
    );
  }

  /** The channel with this label, once the peer opens it. */
  private channel$(session: string, label: string): Observable<RTCDataChannel> {
    return new Observable((subscriber) => {
      const taken = `${session} ${label}`;
      this.takers.set(taken, (channel) => subscriber.next(channel));
      return () => this.takers.delete(taken);
    });
  }

  private note({ session, name }: Peer, { id, name: given, size, media, path }: Offer): void {
    if (this.openWith(session, 'in') >= MOST_OPEN) return;
    const key = keyOf('in', session, id);
    const file = { name: cleanName(given), size, media: cleanMedia(media), path: cleanPath(path) };
    const place = this.places.placeFor(size);
    const [at, state] = [wallTime(), { phase: 'offered' } as const];
    this.add({ key, id, direction: 'in', session, name, file, place, at, state });
    this.running.set(key, this.incoming(key, session, id, size).subscribe());
  }

  /** Repeats the final message of a finished transfer, for a peer that offers it again because the message was lost. */
  private repeat(peer: Peer, { id, state }: Transfer): void {
    if (state.phase === 'done') return peer.send<FileMessage>({ type: 'file-done', id, ok: true });
    if (state.phase !== 'ended') return;
    switch (state.reason) {
      case 'declined':
        return peer.send<FileMessage>({ type: 'file-decline', id });
      case 'tampered':
        return peer.send<FileMessage>({ type: 'file-done', id, ok: false });
      default:
        return peer.send<FileMessage>({ type: 'file-cancel', id });
    }
  }

  private async open({ key }: Transfer, sink: () => Promise<Sink | null>): Promise<void> {
    try {
      const opened = await sink();
      if (!opened) return;
      const accepted = this.accepted.get(key);
      if (accepted) accepted.next(opened);
      else await opened.discard();
    } catch {
      this.end(key, 'unwritable');
    }
  }

  private async finish(key: string, sink: Sink): Promise<void> {
    try {
      const file = await sink.finish();
      this.apply(key, { type: 'finished', file });
    } catch {
      await sink.discard().catch(() => undefined);
      this.apply(key, { type: 'ended', reason: 'unwritable' });
    }
    this.tell(key);
  }

  private trouble(key: string, error: unknown, exhausted: EndReason | null = null): Observable<never> {
    const reason = error instanceof TransferError ? error.reason : 'misbehaved';
    if (reason !== 'interrupted') this.end(key, reason);
    else if (exhausted) this.end(key, exhausted);
    else this.apply(key, { type: 'interrupted' });
    return EMPTY;
  }

  /** Ends a transfer from this side, and tells the peer. */
  private end(key: string, reason: EndReason): void {
    const transfer = this.get(key);
    if (!transfer || isOver(transfer.state)) return;
    this.apply(key, { type: 'ended', reason });
    this.tell(key);
  }

  private tell(key: string): void {
    const transfer = this.get(key);
    if (!transfer) return;
    this.peers$
      .pipe(
        take(1),
        map((peers) => peers.find(({ session }) => session === transfer.session)),
      )
      .subscribe((peer) => peer && this.repeat(peer, transfer));
  }

  private apply(key: string, event: TransferEvent): void {
    const before = this.get(key);
    if (!before) return;
    const state = transition(before.state, event, before.file.size);
    if (state === before.state) return;
    const after = { ...before, state };
    this.all.next(this.all.value.map((one) => (one === before ? after : one)));
    if (isOver(state)) {
      this.running.get(key)?.unsubscribe();
      this.running.delete(key);
    }
  }

  private add(transfer: Transfer): void {
    const over = this.all.value.filter(({ session, state }) => session === transfer.session && isOver(state));
    const tooMany = new Set(over.slice(0, Math.max(0, over.length - MOST_OVER)));
    this.all.next([...this.all.value.filter((one) => !tooMany.has(one)), transfer]);
  }

  private get(key: string): Transfer | undefined {
    return this.all.value.find((one) => one.key === key);
  }

  private openWith(session: string, direction: 'in' | 'out'): number {
    return this.all.value.filter(
      (one) => one.session === session && one.direction === direction && !isOver(one.state),
    ).length;
  }
}

type Offer = Extract<FileMessage, { type: 'file-offer' }>;

const keyOf = (direction: 'in' | 'out', session: string, id: string) => `${direction}-${session}-${id}`;

/** A MIME type, or an empty string. A type that a browser would run when showing the file is removed. */
const cleanMedia = (media: string) =>
  /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/i.test(media) && !/html|xml|svg|script/i.test(media) ? media : '';

const isInterruption = (error: unknown) => error instanceof TransferError && error.reason === 'interrupted';
