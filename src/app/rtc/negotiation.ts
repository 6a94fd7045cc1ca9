import {
  BehaviorSubject,
  combineLatest,
  concatMap,
  distinctUntilChanged,
  filter,
  fromEvent,
  ignoreElements,
  merge,
  Observable,
  Subject,
  tap,
} from 'rxjs';

import { noteError, noted } from '../log/note';
import type { Candidate } from './description';
import type { LinkRole } from './link-role';
import { usernameFragmentOf, withoutCandidates } from './local-description';
import { type Refusal, refusalOf } from './refusal';
import { withoutStrayPayloads } from './stray-payloads';

/** Number of consecutive refused offers after which this side makes only restart offers: the browser would ask again forever. */
const MOST_REFUSED = 3;

/** An offer or its answer. Both carry the offer's id, so that late and duplicate ones are recognized. */
export interface NegotiatedDescription {
  readonly type: 'description';
  readonly kind: 'offer' | 'answer';
  /** Id of the offer, at most 32 characters. */
  readonly id: string;
  /** Without candidates. */
  readonly sdp: string;
}

/** Candidates of the description that the sender sent last. */
export interface NegotiatedCandidates {
  readonly type: 'candidates';
  readonly candidates: readonly Candidate[];
}

/** The polite peer asks the impolite peer to offer an ICE restart. */
export interface RestartRequest {
  readonly type: 'restart';
}

/** The sender's browser can't use the receiver's offer; the receiver rolls it back. */
export interface OfferRefused {
  readonly type: 'refused';
  /** Id of the offer. */
  readonly id: string;
}

export type NegotiationMessage = NegotiatedDescription | NegotiatedCandidates | RestartRequest | OfferRefused;

/** A description that this side or the peer could not use. */
export interface RefusedDescription {
  readonly refusal: Refusal;
  /** Whether it was to restart ICE. */
  readonly restart: boolean;
}

/** An offer of this side that awaits its answer. */
export type PendingOffer = Omit<NegotiatedDescription, 'type' | 'kind'>;

/** Sends a message. Never waits and may lose the message: a restart repeats what was lost. */
export type Send = (message: NegotiationMessage) => void;

/**
 * Perfect negotiation (WebRTC, section 10.7) for everything after the first offer and answer. It knows no transport: it
 * receives messages through `receive` and sends through a function. Operations run one at a time, in order of arrival, so
 * no state has to survive an await. It applies the peer's candidates, but doesn't send its own: `sent$` says when they may
 * follow.
 *
 * When both sides offer at once, the polite peer, which is the answerer, rolls back its offer (JSEP, RFC 8829, section
 * 4.1.10.2) and answers; the impolite peer ignores the other offer. The browser asks again for changes that were dropped
 * (`negotiationneeded`).
 */
export class Negotiation {
  private readonly work$ = new Subject<() => Promise<void>>();
  private readonly pending = new BehaviorSubject<PendingOffer | null>(null);
  /** The last answer, and the ids of the offers accepted so far: the same offer can arrive twice, over two transports. */
  private answered: NegotiatedDescription | null = null;
  private readonly seen = new Set<string>();
  private made = 0;
  private wanted = false;
  /** A restart has been offered and not answered. */
  private restarting = false;
  /** The browser was asked for a restart: the next offer restarts ICE. */
  private restartIsNext = false;
  /** Id of the last offer that restarts ICE. */
  private restartOffer: string | null = null;
  private readonly sent = new Subject<string | null>();
  private readonly restarted = new Subject<void>();
  private readonly refused = new Subject<RefusedDescription>();
  /** Consecutive offers that were refused. */
  private refusedOffers = 0;

  /** The offer of this side that awaits its answer. */
  readonly pending$ = this.pending.asObservable();
  /** Emits after each offer and answer sent from here: the ICE username fragment that its candidates belong to. */
  readonly sent$ = this.sent.asObservable();
  /**
   * Emits when an ICE restart is answered: the last restart offer got its answer, or a restart offer of the peer was
   * answered.
   */
  readonly restarted$ = this.restarted.asObservable();
  /** Emits when a description can't be used: one from the peer, or an offer of this side that the peer refused. */
  readonly refused$ = this.refused.asObservable();

  /** @param name prefix of the ids of this side's offers; must differ from the peer's */
  constructor(
    private readonly connection: RTCPeerConnection,
    private readonly role: LinkRole,
    private readonly name: string,
    private readonly send: Send,
  ) {}

  private get polite(): boolean {
    return this.role === 'answerer';
  }

  /**
   * Negotiates while subscribed; emits nothing. Subscribe once the first offer and answer are set.
   *
   * @param canSend$ whether messages can be sent; until then, negotiation that the browser requests is deferred
   */
  run(canSend$: Observable<boolean>): Observable<never> {
    const needed$ = fromEvent(this.connection, 'negotiationneeded').pipe(tap(() => (this.wanted = true)));
    // Resends an offer that was made while nothing could be sent.
    const resend$ = canSend$.pipe(
      distinctUntilChanged(),
      filter((can) => can && this.pending.value !== null),
      tap(() => this.send({ type: 'description', kind: 'offer', ...this.pending.value! })),
    );
    const offer$ = combineLatest([canSend$.pipe(distinctUntilChanged()), merge(needed$, [null])]).pipe(
      filter(([can]) => can && this.wanted),
      tap(() => this.work$.next(() => this.offer())),
    );
    const work$ = this.work$.pipe(
      // Ignore what can't be applied: the next restart makes up for it, and a closed connection has nothing to negotiate.
      concatMap((work) => work().catch(noted('rtc', 'negotiation'))),
    );
    return merge(work$, resend$, offer$).pipe(ignoreElements());
  }

  /**
   * Handles a message from the peer.
   *
   * @param reply sends the answer or refusal; defaults to `send`
   */
  receive(message: NegotiationMessage, reply: Send = this.send): void {
    if (message.type === 'candidates') {
      this.work$.next(() => this.addCandidates(message.candidates));
    } else if (message.type === 'restart') {
      // A restart already on offer serves the request.
      if (!this.polite && !this.restarting) this.restart();
    } else if (message.type === 'refused') {
      this.work$.next(() => this.takeBack(message.id, 'description'));
    } else if (message.kind === 'offer') {
      this.work$.next(() => this.takeUp(message, reply));
    } else {
      this.work$.next(() => this.conclude(message));
    }
  }

  /**
   * New ICE credentials and candidates (RFC 8445, section 9). The impolite peer offers them at once; the polite peer asks
   * the impolite peer to. So two restarts never collide: a browser that rolls back one of the offers mixes the
   * credentials of both.
   */
  restart(): void {
    if (this.polite) {
      this.send({ type: 'restart' });
      return;
    }
    this.restarting = true;
    this.work$.next(async () => {
      this.connection.restartIce();
      this.restartIsNext = true;
      // Replace an offer that awaits its answer: its candidates may belong to a network that has been left.
      if (this.connection.signalingState === 'have-local-offer') {
        await this.connection.setLocalDescription(await this.connection.createOffer({ iceRestart: true }));
        this.tell();
      } else {
        await this.offer();
      }
    });
  }

  private async offer(): Promise<void> {
    this.wanted = false;
    // When not stable, the browser asks again once it is.
    if (this.connection.signalingState !== 'stable') return;
    if (this.refusedOffers >= MOST_REFUSED && !this.restartIsNext) return;
    await this.connection.setLocalDescription();
    this.tell();
  }

  private tell(): void {
    const { localDescription } = this.connection;
    if (localDescription?.type !== 'offer') return;
    const offer = { id: `${this.name}${this.made++}`, sdp: withoutCandidates(localDescription.sdp) };
    if (this.restartIsNext) this.restartOffer = offer.id;
    this.restartIsNext = false;
    this.pending.next(offer);
    this.send({ type: 'description', kind: 'offer', ...offer });
    this.sent.next(usernameFragmentOf(offer.sdp));
  }

  private async takeUp(offer: NegotiatedDescription, reply: Send): Promise<void> {
    if (this.answered?.id === offer.id) {
      // The offer arrived over the other transport too, so send the answer over it as well.
      reply(this.answered);
      return;
    }
    const collides = this.connection.signalingState !== 'stable';
    if (this.seen.has(offer.id) || (collides && !this.polite)) return;
    this.seen.add(offer.id);
    const before = this.connection.currentRemoteDescription?.sdp ?? '';
    const restarts = usernameFragmentOf(offer.sdp) !== usernameFragmentOf(before);
    try {
      await this.connection.setRemoteDescription({ type: 'offer', sdp: withoutStrayPayloads(offer.sdp) });
      this.pending.next(null);
      await this.connection.setLocalDescription();
    } catch (error) {
      if (this.connection.signalingState === 'closed') throw error;
      // Our own offer may have been rolled back before the failure.
      if (this.connection.signalingState === 'stable') this.pending.next(null);
      reply({ type: 'refused', id: offer.id });
      this.refused.next({ refusal: refusalOf(offer.sdp), restart: restarts });
      return;
    }
    const sdp = withoutCandidates(this.connection.localDescription!.sdp);
    this.answered = { type: 'description', kind: 'answer', id: offer.id, sdp };
    reply(this.answered);
    this.sent.next(usernameFragmentOf(sdp));
    if (restarts) this.restarted.next();
  }

  private async conclude(answer: NegotiatedDescription): Promise<void> {
    if (this.connection.signalingState !== 'have-local-offer' || this.pending.value?.id !== answer.id) return;
    try {
      await this.connection.setRemoteDescription({ type: 'answer', sdp: withoutStrayPayloads(answer.sdp) });
    } catch (error) {
      noteError('rtc', 'rollback', error);
      await this.takeBack(answer.id, refusalOf(answer.sdp));
      return;
    }
    this.pending.next(null);
    this.refusedOffers = 0;
    if (answer.id !== this.restartOffer) return;
    this.restarting = false;
    this.restarted.next();
  }

  /**
   * Rolls back an offer that failed, so that new ones can be made. An offer that restarts ICE is not rolled back: the
   * link ends.
   */
  private async takeBack(id: string, refusal: Refusal): Promise<void> {
    if (this.connection.signalingState !== 'have-local-offer' || this.pending.value?.id !== id) return;
    const restart = id === this.restartOffer;
    this.pending.next(null);
    this.refusedOffers++;
    if (!restart) await this.connection.setLocalDescription({ type: 'rollback' });
    this.refused.next({ refusal, restart });
  }

  private async addCandidates(candidates: readonly Candidate[]): Promise<void> {
    // Candidates of an ignored or replaced offer don't fit and aren't needed.
    for (const candidate of candidates) {
      await this.connection.addIceCandidate(candidate).catch(noted('rtc', 'candidate'));
    }
  }
}
