import {
  BehaviorSubject,
  connect,
  combineLatest,
  distinctUntilChanged,
  ignoreElements,
  map,
  merge,
  Observable,
  share,
  shareReplay,
  startWith,
  Subject,
  Subscription,
  tap,
} from 'rxjs';

import { elapsed } from '../loading/clock';
import { Chat, type ChatArrival, type Writer } from './chat';
import { forgetChat, rememberedChat } from './chat-memory';
import type { GestureMessage } from './gesture-messages';
import { tellRecording, theirRecording } from './recording-messages';
import { tellHand, theirHand } from './hand';
import { keyed } from '../rx/keyed';
import { greeting } from '../wire/greeting';
import type { Peer, Peers } from '../wire/peers';
import { pageWatched$ } from '../pictures/page-watched';
import { PictureFlow } from '../pictures/picture-flow';
import { paced, theirReactions, type Reaction, type ReactionEmoji } from './reactions';
import { Recording } from '../mixing/recording';
import { ScreenSharing } from '../pictures/screen-sharing';
import { type OwnSound, Speakers } from '../speaking/speakers';
import { isSessionHeld, rememberedCall } from '../storage/tab-memory';

/** How long a raised hand counts as new, in ms. */
const FRESH = 2_000;

/** What another member does besides speaking. */
export interface MemberActivity {
  readonly session: string;
  readonly name: string;
  readonly typing: boolean;
  /** When the member raised their hand, by `elapsed`, in ms; null while it is down. */
  readonly hand: number | null;
  readonly recording: boolean;
}

/** The member who did something: an id that no other member has, and the name on their card, empty when there is none. */
interface Doer {
  readonly who: string;
  readonly name: string;
}

/** An act of another member as it happens. */
export type ActivityNews =
  | ({ readonly kind: 'messages' } & Doer & ChatArrival)
  | ({ readonly kind: 'hand' } & Doer)
  | ({ readonly kind: 'reaction'; readonly emoji: ReactionEmoji } & Doer);

/** Everything that members do in a call besides speaking: writing, raising hands, reacting. */
export class Activity {
  private readonly subscriptions = new Subscription();
  private readonly hand = new BehaviorSubject<number | null>(null);
  private readonly given = new Subject<ReactionEmoji>();
  private readonly told = new Subject<ActivityNews>();
  private readonly shown = new Subject<Reaction>();
  private readonly own$ = this.given.pipe(paced, share());
  /** The sessions whose hand is known to be up. */
  private readonly up = new Set<string>();
  private reactionCount = 0;

  readonly chat: Chat;
  readonly recording = new Recording();
  readonly screens: ScreenSharing;
  readonly flow: PictureFlow;
  readonly speakers: Speakers;
  /** When this member raised their hand, by `elapsed`, in ms; null while it is down. */
  readonly hand$ = this.hand.asObservable();
  /** The reactions of all members, this one included, as they arrive. */
  readonly reactions$ = this.shown.asObservable();
  /** What the other members do, as it happens. */
  readonly news$: Observable<ActivityNews>;
  /** The other members with a link. */
  readonly others$: Observable<readonly MemberActivity[]>;

  private constructor(
    peers: Peers,
    mediaDevices: MediaDevices | null,
    private writer: Writer,
    chat: Chat,
    ownSound: OwnSound | null,
  ) {
    this.chat = chat;
    this.speakers = new Speakers(peers, ownSound);
    this.screens = new ScreenSharing(peers, mediaDevices);
    this.flow = new PictureFlow(peers, this.recording.on$, pageWatched$(document));
    this.news$ = merge(
      this.told,
      chat.arrivals$.pipe(
        map((arrival): ActivityNews => ({
          kind: 'messages',
          who: arrival.messages[0]?.author ?? '',
          name: arrival.messages[0]?.name ?? '',
          ...arrival,
        })),
      ),
    );
    this.others$ = keyed(
      peers.peers$.pipe(
        tap((present) => chat.setPresent([...new Set(present.map(({ session }) => session))])),
      ),
      // A new link, or a new name, begins a new conversation.
      ({ link, name }) => `${link}/${name}`,
      (peer) => this.talk(peer),
    ).pipe(shareReplay({ bufferSize: 1, refCount: true }));
    // Started by the call: what is sent and received must not depend on what a page shows.
    const { flow, screens } = this;
    this.subscriptions.add(merge(this.others$, flow.pictures$, screens.own$, screens.theirs$).subscribe());
    this.subscriptions.add(
      this.own$.subscribe((emoji) => this.show({ session: this.writer.session, emoji })),
    );
    this.subscriptions.add(peers.self$.pipe(distinctUntilChanged()).subscribe((self) => this.sit(self)));
  }

  /** Creates the activity of a seated member, with the messages that they wrote before the page was reloaded. */
  static async of(
    peers: Peers,
    mediaDevices: MediaDevices | null,
    self: { readonly session: string; readonly name: string },
    ownSound: OwnSound | null = null,
  ): Promise<Activity> {
    const writer = { ...self, callId: rememberedCall(self.session) };
    const before = rememberedChat();
    const isOurs =
      before !== null &&
      before.callId === writer.callId &&
      // A copy of the tab is a different member.
      (before.session === self.session || !(await isSessionHeld(before.session)));
    return new Activity(peers, mediaDevices, writer, new Chat(writer, isOurs ? before : null), ownSound);
  }

  raiseHand(up: boolean): void {
    if (up !== (this.hand.value !== null)) this.hand.next(up ? elapsed() : null);
  }

  react(emoji: ReactionEmoji): void {
    this.given.next(emoji);
  }

  /** Ends everything and forgets the messages. */
  close(): void {
    this.recording.stop();
    this.subscriptions.unsubscribe();
    forgetChat();
  }

  private talk(peer: Peer): Observable<MemberActivity> {
    const { session, name } = peer;
    return greeting(peer).pipe(
      connect((hello$) => {
        const hand$ = theirHand(peer).pipe(
          tap((since) => this.tellHand(session, name, since)),
          startWith(null),
        );
        const recording$ = theirRecording(peer).pipe(startWith(false), distinctUntilChanged());
        const state$ = combineLatest({
          typing: this.chat.talk(peer, hello$),
          hand: hand$,
          recording: recording$,
        }).pipe(
          map((state): MemberActivity => ({ session, name, ...state })),
          startWith<MemberActivity>({ session, name, typing: false, hand: null, recording: false }),
        );
        const reactions$ = merge(
          theirReactions(peer).pipe(
            tap((emoji) => {
              this.show({ session, emoji });
              this.told.next({ kind: 'reaction', who: session, name, emoji });
            }),
          ),
          this.own$.pipe(tap((emoji) => peer.send<GestureMessage>({ type: 'reaction', emoji }))),
        ).pipe(ignoreElements());
        return merge(
          state$,
          reactions$,
          tellHand(peer, this.hand, hello$),
          tellRecording(peer, this.recording.on$, hello$),
        );
      }),
    );
  }

  /** A hand that was up before this member joined, or before the link was replaced, is no news. */
  private tellHand(session: string, name: string, since: number | null): void {
    const isNews = since !== null && !this.up.has(session) && elapsed() - since < FRESH;
    if (since === null) this.up.delete(session);
    else this.up.add(session);
    if (isNews) this.told.next({ kind: 'hand', who: session, name });
  }

  private sit(self: { readonly session: string; readonly name: string } | null): void {
    if (self === null) {
      this.hand.next(null);
      this.screens.stop();
      return forgetChat();
    }
    if (self.session === this.writer.session) return;
    this.writer = { ...self, callId: rememberedCall(self.session) };
    this.chat.sitDown(this.writer);
  }

  private show(reaction: Omit<Reaction, 'id'>): void {
    this.shown.next({ id: ++this.reactionCount, ...reaction });
  }
}
