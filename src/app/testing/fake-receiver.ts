import { BehaviorSubject, of, Subject } from 'rxjs';

import type { LinkMedia, SentSection } from '../rtc/link-media';
import type { LinkStatistics } from '../rtc/link-statistics';
import type { Outlet } from '../rtc/outlets';
import type { Receiver } from '../pictures/measured-link';
import type { View } from '../pictures/picture-messages';
import { FakeControl } from './fake-peers';
import { fakeStatistics } from './fake-call';

/** A sender that takes parameters, and counts how often. */
export class FakeSender {
  encoding: RTCRtpEncodingParameters = { scaleResolutionDownBy: 2 };
  /** All that was set, in order. */
  readonly set: RTCRtpEncodingParameters[] = [];

  constructor(public track: Pick<MediaStreamTrack, 'getSettings'> | null = null) {}

  getParameters(): unknown {
    return { encodings: [{ ...this.encoding }] };
  }

  setParameters({ encodings: [encoding] }: RTCRtpSendParameters): Promise<void> {
    this.encoding = encoding!;
    this.set.push(encoding!);
    return Promise.resolve();
  }
}

/** A peer with senders and figures controlled by a spec. */
export class FakeReceiver implements Receiver {
  readonly control = new FakeControl();
  readonly camera = new FakeSender({ getSettings: () => ({ width: 1280, height: 720 }) });
  readonly microphone = new FakeSender();
  readonly figures$ = new Subject<LinkStatistics>();
  readonly heard$ = new BehaviorSubject(true);
  readonly open$ = this.control.open$;
  readonly sent$ = new BehaviorSubject<readonly SentSection[]>([]);
  screens: readonly FakeSender[] = [];
  /** Whose frames it has to send; null for its own. */
  follows: Outlet | null = null;
  readonly outlet: Outlet = {
    codec: { mimeType: 'video/VP8', clockRate: 90_000 },
    picture: null,
    works: true,
    follow: (source) => (this.follows = source),
    sends$: (track$) => track$,
  };
  readonly media: LinkMedia = {
    connected$: of(true),
    sent$: this.sent$,
    sections: { audio: { sender: this.microphone }, video: { sender: this.camera } },
    reportsPackets: () => true,
    addedPictures: () => this.screens,
    picture: this.camera.track,
    outlet: null,
  } as unknown as LinkMedia;

  /** @param shares whether it can send the frames of another link's encoder */
  constructor(
    readonly link: string,
    shares = false,
  ) {
    if (shares) Object.assign(this.media, { outlet: this.outlet });
    this.control.open.next(true);
  }

  readonly messages: Receiver['messages'] = (codec) => this.control.messages(codec);

  simulateView(view: View): void {
    this.control.receive(JSON.stringify({ type: 'view', ...view }));
  }

  simulateFigures(figures: Partial<LinkStatistics>): void {
    this.figures$.next(fakeStatistics(figures));
  }

  simulateScreen(sender: FakeSender): void {
    this.screens = [sender];
    this.sent$.next([]);
  }
}
