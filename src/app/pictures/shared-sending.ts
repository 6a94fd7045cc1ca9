import {
  combineLatest,
  concatMap,
  distinctUntilChanged,
  filter,
  map,
  type Observable,
  scan,
  shareReplay,
} from 'rxjs';

import { note } from '../log/note';
import { keyed } from '../rx/keyed';
import type { Outlet } from '../rtc/outlets';
import { changeEncoding } from './encoding';
import { type MeasuredLink, measuredLink, type Receiver } from './measured-link';
import { type LinkPlan, nextPlan, NO_PLAN, type SendingPlan } from './sending-plan';
import { isEncoder, nextEncoders, NOTHING_SHARED } from './shared-encodings';
import type { Speaking } from './uplink-budget';

/**
 * Adapts the pictures of camera and screens on all links to what the paths carry, what the processor bears and what the
 * peers show. Decides once a second for each link, and whenever a peer shows something else or is heard again. Audio always
 * takes precedence. Emits the names of the links whose video is paused because there is room for audio only.
 *
 * While a peer isn't heard, only audio is sent. Lost video frames would be requested again when the path is back and
 * would delay the one whole frame that is needed then. Resumed video begins with a whole frame.
 *
 * @param receivers$ the peers, of all links
 * @param speaking$ who speaks; starts with the present value
 */
export const sharedSending = (
  receivers$: Observable<readonly Receiver[]>,
  speaking$: Observable<Speaking>,
  cores: number = navigator.hardwareConcurrency,
): Observable<ReadonlySet<string>> => {
  const links$ = keyed(receivers$, ({ link }) => link, measuredLink);
  const steps$ = combineLatest([links$, speaking$]).pipe(
    scan(
      ({ plan, shared }, [links, speaking]) => {
        const at = Math.max(0, ...links.map((link) => link.at));
        const next = nextPlan(plan, { links, speaking, cores, at });
        noteRungs(plan, next);
        const encoders = nextEncoders(
          shared,
          next,
          links.map(({ link, available, outlet }) => ({ link, available, shares: outlet !== null })),
        );
        const outlets = new Map(links.map(({ link, outlet }) => [link, outlet]));
        const steps = links.map((link) => {
          const encoder = outlets.get(encoders.get(link.link) ?? '') ?? null;
          const encodes = isEncoder(encoders, link.link);
          return [link.link, stepOf(link, next.links, { encoder, encodes })] as const;
        });
        return { plan: next, shared: encoders, steps: new Map(steps) };
      },
      { plan: NO_PLAN, shared: NOTHING_SHARED, steps: new Map<string, Step | null>() },
    ),
    map(({ steps }) => steps),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  return keyed(
    receivers$,
    ({ link }) => link,
    ({ link }) =>
      steps$.pipe(
        map((steps) => steps.get(link) ?? null),
        filter((step) => step !== null),
        distinctUntilChanged(isSame),
        // A sender accepts only one of two concurrent changes.
        concatMap(carryOut),
        distinctUntilChanged(),
        map((paused) => (paused ? link : null)),
      ),
  ).pipe(map((links) => new Set(links.filter((link) => link !== null))));
};

function noteRungs(last: SendingPlan, { uplink, processor, links }: SendingPlan): void {
  if (uplink.rung !== last.uplink.rung || processor.rung !== last.processor.rung)
    note('pictures', 'rung', { uplink: uplink.rung, processor: processor.rung, links: links.size });
}

/** Whether links share an encoder. */
interface Sharing {
  /** Whose frames the camera's sender sends; null for its own. */
  readonly encoder: Outlet | null;
  /** Whether others send its frames. */
  readonly encodes: boolean;
}

/** What to do on one link. */
interface Step extends LinkPlan, Sharing {
  readonly senders: Pick<MeasuredLink, 'camera' | 'screenSenders' | 'outlet' | 'at'>;
}

function stepOf(link: MeasuredLink, plans: ReadonlyMap<string, LinkPlan>, sharing: Sharing): Step | null {
  const plan = plans.get(link.link);
  return plan ? { ...plan, ...sharing, senders: link } : null;
}

/** Once a second a step is repeated, in case the browser refused it or has changed a sender. */
const isSame = (one: Step, other: Step): boolean =>
  one.senders.at === other.senders.at &&
  one.paused === other.paused &&
  one.encoder === other.encoder &&
  one.encodes === other.encodes &&
  one.senders.screenSenders.length === other.senders.screenSenders.length &&
  JSON.stringify([one.camera, one.screen]) === JSON.stringify([other.camera, other.screen]);

/** Resolves to whether video is paused. */
async function carryOut({ camera, screen, paused, senders, encoder, encodes }: Step): Promise<boolean> {
  const { outlet } = senders;
  const codec = encoder || encodes ? outlet?.codec : undefined;
  if (!encoder) outlet?.follow(null);
  const [encoding] = await Promise.all([
    changeEncoding(senders.camera, {
      ...camera,
      ...(outlet ? { codec } : {}),
      // Each frame of the other encoder needs a placeholder, so the rate of those has no limit.
      ...(encoder ? { maxFramerate: undefined } : {}),
    }),
    ...senders.screenSenders.map((sender) => changeEncoding(sender, screen)),
  ]);
  // Not before its encoder uses the codec of the frames: a browser may refuse that, or not know the parameter.
  if (encoder) outlet?.follow(encoding?.codec?.mimeType === codec?.mimeType ? encoder : null);
  return paused;
}
