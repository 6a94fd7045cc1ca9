import {
  BehaviorSubject,
  combineLatest,
  concatMap,
  distinctUntilChanged,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  Observable,
  Subject,
  tap,
} from 'rxjs';

import type { Candidate } from './description';
import { candidateOf, withoutCandidates } from './local-description';
import { type Refusal, refusalOf } from './refusal';
import { withoutStrayPayloads } from './stray-payloads';

/** After so many refused offers this side makes no more of them, but for restarts: the browser would ask for ever. */
const MOST_REFUSED = 3;

/** An offer or its answer; both carry the offer's id, so that late and double ones are known as such. */
export interface NegotiatedDescription {
  readonly type: 'description';
  readonly kind: 'offer' | 'answer';
  /** Of the offer, at most 32 characters. */
  readonly id: string;
  /** Without candidates. */
  readonly sdp: string;
}

/** Candidates of the description that the sender sent last. */
export interface NegotiatedCandidates {
  readonly type: 'candidates';
  readonly candidates: readonly Candidate[];
}

/** The polite side wants an ICE restart, which the impolite side offers. */
export interface RestartRequest {
  readonly type: 'restart';
}

/** The sender's browser can't use an offer of the other side, which takes it back. */
export interface OfferRefused {
  readonly type: 'refused';
  /** Of the offer. */
  readonly id: string;
}

export type NegotiationMessage = NegotiatedDescription | NegotiatedCandidates | RestartRequest | OfferRefused;

/** A description that could not be used, here or by the other side. */
export interface RefusedDescription {
  readonly refusal: Refusal;
  /** It was to restart ICE. */
  readonly restart: boolean;
}

/** An offer of this side that waits for its answer. */
export type PendingOffer = Omit<NegotiatedDescription, 'type' | 'kind'>;

/** How a message is sent. Never waits, and may lose it: whoever restarts does so again. */
export type Send = (message: NegotiationMessage) => void;

/**
 * Perfect negotiation (WebRTC, section 10.7) for all that comes after the first offer and answer. Knows no transport:
 * it is given what came in and told how to send. One thing is done at a time, in the order of coming, so that no
 * state has to be remembered across an await.
 *
 * When both sides offer at once the polite one takes its offer back (JSEP rollback, RFC 8829, section 4.1.10.2) and
 * answers; the impolite one ignores what it is offered. The browser asks again for whatever came to nothing
 * (`negotiationneeded`).
 */
export class Negotiation {
  private readonly work$ = new Subject<() => Promise<void>>();
  private readonly pending = new BehaviorSubject<PendingOffer | null>(null);
  /** Offers made and taken up so far, by id: the same may come twice, by two ways. */
  private answered: NegotiatedDescription | null = null;
  private readonly seen = new Set<string>();
  private made = 0;
  /** Of the ICE generation whose candidates are told: that of an offer or answer sent by way of this. */
  private ufrag: string | null = null;
  private wanted = false;
  /** A restart is offered and not answered. */
  private restarting = false;
  /** The browser was asked for a restart: the next offer is one. */
  private restartIsNext = false;
  /** Id of the last offer that restarts ICE. */
  private restartOffer: string | null = null;
  private readonly restarted = new Subject<void>();
  private readonly refused = new Subject<RefusedDescription>();
  /** Offers in a row that came to nothing. */
  private refusedOffers = 0;

  /** The offer of this side that waits for its answer. */
  readonly pending$ = this.pending.asObservable();
  /** Emits when an ICE restart is answered: when the last one offered got its answer, or when one was taken up. */
  readonly restarted$ = this.restarted.asObservable();
  /** Emits when a description can't be used: one of the other side's, or an offer of this side's that it says it can't use. */
  readonly refused$ = this.refused.asObservable();

  /**
   * @param name begins the ids of this side's offers; must differ from the other side's
   */
  constructor(
    private readonly connection: RTCPeerConnection,
    private readonly polite: boolean,
    private readonly name: string,
    private readonly send: Send,
  ) {}

  /**
   * Negotiates while subscribed; emits nothing. Subscribe once the first offer and answer are set.
   *
   * @param canSend$ whether messages get through; what the browser asks for meanwhile waits
   */
  run(canSend$: Observable<boolean>): Observable<never> {
    const needed$ = fromEvent(this.connection, 'negotiationneeded').pipe(tap(() => (this.wanted = true)));
    // An offer made while nothing could be sent is not lost.
    const resend$ = canSend$.pipe(
      distinctUntilChanged(),
      filter((can) => can && this.pending.value !== null),
      tap(() => this.send({ type: 'description', kind: 'offer', ...this.pending.value! })),
    );
    const offer$ = combineLatest([canSend$.pipe(distinctUntilChanged()), merge(needed$, [null])]).pipe(
      filter(([can]) => can && this.wanted),
      tap(() => this.work$.next(() => this.offer())),
    );
    const trickle$ = fromEvent<RTCPeerConnectionIceEvent>(this.connection, 'icecandidate').pipe(
      map(({ candidate }) => candidate),
      filter((candidate): candidate is RTCIceCandidate => candidate !== null && candidate.candidate !== ''),
      filter(({ usernameFragment }) => this.ufrag !== null && usernameFragment === this.ufrag),
      tap((candidate) => this.send({ type: 'candidates', candidates: [candidateOf(candidate)] })),
    );
    const work$ = this.work$.pipe(
      // What can't be applied is left out, and made good by the next restart; a closed connection has nothing to negotiate.
      concatMap((work) => work().catch(() => undefined)),
    );
    return merge(work$, resend$, offer$, trickle$).pipe(ignoreElements());
  }

  /**
   * Takes in a message.
   *
   * @param reply how an answer goes back; the usual way when left out
   */
  receive(message: NegotiationMessage, reply: Send = this.send): void {
    if (message.type === 'candidates') {
      this.work$.next(() => this.addCandidates(message.candidates));
    } else if (message.type === 'restart') {
      // A restart that is offered already is the one that is asked for.
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
   * New ICE credentials and candidates (RFC 8445, section 9), offered at once by the impolite side, which the polite side
   * asks for it. So two restarts never collide: a browser that takes back the offer of one mixes the credentials of both.
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
      // An offer that waits for its answer is replaced: its candidates may be of a network that is gone.
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
    // Not stable: the browser asks again once it is.
    if (this.connection.signalingState !== 'stable') return;
    if (this.refusedOffers >= MOST_REFUSED && !this.restartIsNext) return;
    await this.connection.setLocalDescription();
    this.tell();
  }

  private tell(): void {
    const { localDescription } = this.connection;
    if (localDescription?.type !== 'offer') return;
    const offer = { id: `${this.name}${this.made++}`, sdp: withoutCandidates(localDescription.sdp) };
    this.ufrag = ufragIn(offer.sdp);
    if (this.restartIsNext) this.restartOffer = offer.id;
    this.restartIsNext = false;
    this.pending.next(offer);
    this.send({ type: 'description', kind: 'offer', ...offer });
  }

  private async takeUp(offer: NegotiatedDescription, reply: Send): Promise<void> {
    if (this.answered?.id === offer.id) {
      // It came by the other way too: so may the answer.
      reply(this.answered);
      return;
    }
    const collides = this.connection.signalingState !== 'stable';
    if (this.seen.has(offer.id) || (collides && !this.polite)) return;
    this.seen.add(offer.id);
    const restarts = ufragIn(offer.sdp) !== ufragIn(this.connection.currentRemoteDescription?.sdp ?? '');
    try {
      await this.connection.setRemoteDescription({ type: 'offer', sdp: withoutStrayPayloads(offer.sdp) });
      this.pending.next(null);
      await this.connection.setLocalDescription();
    } catch (error) {
      if (this.connection.signalingState === 'closed') throw error;
      // The own offer that gave way may be gone all the same.
      if (this.connection.signalingState === 'stable') this.pending.next(null);
      reply({ type: 'refused', id: offer.id });
      this.refused.next({ refusal: refusalOf(offer.sdp), restart: restarts });
      return;
    }
    const sdp = withoutCandidates(this.connection.localDescription!.sdp);
    this.ufrag = ufragIn(sdp);
    this.answered = { type: 'description', kind: 'answer', id: offer.id, sdp };
    reply(this.answered);
    if (restarts) this.restarted.next();
  }

  private async conclude(answer: NegotiatedDescription): Promise<void> {
    if (this.connection.signalingState !== 'have-local-offer' || this.pending.value?.id !== answer.id) return;
    try {
      await this.connection.setRemoteDescription({ type: 'answer', sdp: withoutStrayPayloads(answer.sdp) });
    } catch {
      await this.takeBack(answer.id, refusalOf(answer.sdp));
      return;
    }
    this.pending.next(null);
    this.refusedOffers = 0;
    if (answer.id !== this.restartOffer) return;
    this.restarting = false;
    this.restarted.next();
  }

  /** An offer that came to nothing: taken back, so that others can be made. One that restarts ICE is left: the link ends. */
  private async takeBack(id: string, refusal: Refusal): Promise<void> {
    if (this.connection.signalingState !== 'have-local-offer' || this.pending.value?.id !== id) return;
    const restart = id === this.restartOffer;
    this.pending.next(null);
    this.refusedOffers++;
    if (!restart) await this.connection.setLocalDescription({ type: 'rollback' });
    this.refused.next({ refusal, restart });
  }

  private async addCandidates(candidates: readonly Candidate[]): Promise<void> {
    // Those of an offer that was ignored or replaced don't fit, and are not missed.
    for (const candidate of candidates) {
      await this.connection.addIceCandidate(candidate).catch(() => undefined);
    }
  }
}

/** The first ICE username fragment in a description; with `max-bundle` there is one for all (RFC 8839, section 5.4). */
export function ufragIn(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}
