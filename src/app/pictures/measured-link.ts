import {
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  scan,
  startWith,
  switchMap,
} from 'rxjs';

import type { LinkMedia } from '../rtc/link-media';
import type { LinkStatistics } from '../rtc/link-statistics';
import type { MediaSections } from '../rtc/media-sections';
import type { Outlet } from '../rtc/outlets';
import { said } from '../wire/control-channel';
import type { Peer } from '../wire/peers';
import { changeEncoding } from './encoding';
import { pictureMessages } from './picture-messages';
import type { ShownSize } from './picture-size';
import { nextSending, type SendingState, STARTING } from './sending-level';
import type { SendingLink } from './sending-plan';

/** A peer as far as sending to them needs it. */
export type Receiver = Pick<Peer, 'link' | 'open$' | 'messages' | 'media' | 'figures$' | 'heard$'>;

/** A link, and the senders of its pictures. */
export interface MeasuredLink extends SendingLink {
  readonly camera: RTCRtpSender;
  readonly screenSenders: readonly RTCRtpSender[];
  /** The camera's sender, if it can send the frames of another link's encoder. */
  readonly outlet: Outlet | null;
  /** When its last figures were taken, by `elapsed`, in ms. */
  readonly at: number;
}

/** What is known of the path to a peer. */
interface Path {
  readonly sending: SendingState;
  /** The estimate of its capacity, smoothed, in bit/s; null where there is none. */
  readonly available: number | null;
  readonly encoding: LinkStatistics['encoding'];
  readonly at: number;
}

const UNMEASURED: Path = {
  sending: STARTING,
  available: null,
  encoding: { share: null, limited: false },
  at: 0,
};
/** How much of a change of the estimate counts each second: a drop more than a rise, which is often a probe. */
const FALLING = 0.5;
const RISING = 0.2;

/** A link once its channel opens: again with each second's figures, and each change of what the peer shows or of who is heard. */
export const measuredLink = (receiver: Receiver): Observable<MeasuredLink> =>
  receiver.open$.pipe(
    distinctUntilChanged(),
    filter((open) => open),
    switchMap(() => {
      const { sections } = receiver.media;
      return sections ? merge(measured(receiver, sections), prioritized(receiver.media, sections)) : EMPTY;
    }),
  );

const measured = (receiver: Receiver, { video }: MediaSections): Observable<MeasuredLink> => {
  const { link, media, figures$, heard$ } = receiver;
  const path$ = media.connected$.pipe(
    // An outage says nothing about the capacity of the path: keep the level until there are figures again.
    switchMap((connected) => (connected ? figures$ : [])),
    scan((path, figures) => nextPath(path, figures, media.reportsPackets('video')), UNMEASURED),
    // Emits every second even when nothing changes: no event reports that the camera has changed its resolution.
    startWith(UNMEASURED),
  );
  const view$ = said(receiver, pictureMessages, 'view').pipe(startWith(null));
  return combineLatest([path$, view$, heard$, media.sent$]).pipe(
    map(([{ sending, available, encoding, at }, view, heard]) => {
      const screenSenders = media.addedPictures();
      return {
        link,
        shown: view,
        hidden: view?.hidden ?? false,
        heard,
        level: sending.level,
        available,
        screens: screenSenders.length,
        source: sizeOf(media.picture),
        encoding: encoding.share,
        limited: encoding.limited,
        camera: video.sender,
        screenSenders,
        outlet: media.outlet,
        at,
      };
    }),
  );
};

/** @param reported whether the peer reports on packets; otherwise the estimate means nothing, and the path is judged by loss */
function nextPath(path: Path, { at, available, encoding, sent }: LinkStatistics, reported: boolean): Path {
  const estimate = reported ? available : null;
  return {
    sending: nextSending(path.sending, {
      sends: sent.video?.active ?? true,
      available: estimate,
      loss: sent.video?.loss ?? null,
    }),
    available: smoothed(path.available, estimate),
    encoding,
    at,
  };
}

function smoothed(before: number | null, now: number | null): number | null {
  if (before === null || now === null) return now;
  return before + (now < before ? FALLING : RISING) * (now - before);
}

function sizeOf(track: MediaStreamTrack | null): ShownSize | null {
  const { width, height } = track?.getSettings() ?? {};
  return width && height ? { width, height } : null;
}

/** Gives sound precedence over pictures, each time the link connects. Emits nothing. */
const prioritized = ({ connected$ }: LinkMedia, { audio }: MediaSections): Observable<never> =>
  connected$.pipe(
    exhaustMap(async (connected) => {
      if (connected) await changeEncoding(audio.sender, { priority: 'high', networkPriority: 'high' });
    }),
    ignoreElements(),
  );
