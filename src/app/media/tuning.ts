import { concatMap, from, fromEvent, map, merge, mergeMap, type Observable } from 'rxjs';

import { treatmentsOf, wanted } from './constraints';
import type { InputKind, PictureSize, Treatment, Tuning } from './media';

export interface TreatmentChange {
  readonly what: Treatment;
  readonly value: boolean | null;
}

/** A wish of the moment. */
export type TuningChange = TreatmentChange | { readonly what: 'picture'; readonly value: PictureSize };

/**
 * How a change has ended.
 *
 * - `done`: the device does as wished
 * - `refused`: it can't, and is as it was; `change` says how that is, `wish` what was wanted
 * - `followed`: the system has changed it by itself
 */
export interface TuningOutcome {
  readonly kind: 'done' | 'refused' | 'followed';
  readonly change: TuningChange;
  readonly wish?: TuningChange;
}

/** Sides of the picture, px: a camera that has nothing in these bounds says so, whichever way it is held. */
const bounds: Readonly<Record<PictureSize, ConstrainULongRange>> = {
  // The best it has.
  high: {},
  medium: { min: 270, max: 960 },
  low: { max: 480 },
};

/** Those treatments of a track that can be turned on as well as off, and whether each is on. */
export const treatments = (
  kind: InputKind,
  track: MediaStreamTrack,
): readonly { readonly treatment: Treatment; readonly on: boolean }[] => {
  const capabilities = track.getCapabilities?.() as Partial<Record<string, unknown>> | undefined;
  const settings = track.getSettings() as Partial<Record<string, unknown>>;
  return treatmentsOf[kind].flatMap((treatment) => {
    const can = capabilities?.[treatment];
    const isOffered = Array.isArray(can) && can.includes(true) && can.includes(false);
    return isOffered ? [{ treatment, on: settings[treatment] === true }] : [];
  });
};

/** How a wish has ended for which the device was opened anew. */
export const tunedAnew = (
  kind: InputKind,
  track: MediaStreamTrack,
  { what, value }: TreatmentChange,
): TuningOutcome => {
  const on = treatments(kind, track).find(({ treatment }) => treatment === what)?.on ?? null;
  return { kind: on === value ? 'done' : 'refused', change: { what, value: on } };
};

/**
 * Keeps an open track as the person wants it, by `applyConstraints` (Media Capture and Streams, section 4.3.5), so that it
 * remains the same track. Tells of each change, also of those the system makes (`configurationchange`). Never ends.
 *
 * @param asked what was wanted when the device was asked for
 * @param now what is wanted at present
 * @param changes$ what is wanted anew
 */
export const followTuning = (
  kind: InputKind,
  track: MediaStreamTrack,
  asked: Tuning,
  now: () => Tuning,
  changes$: Observable<TuningChange>,
): Observable<TuningOutcome> => {
  let { picture } = asked;

  const isOurs = ({ what }: TuningChange): boolean =>
    what === 'picture' ? kind === 'camera' : treatmentsOf[kind].includes(what);

  const differing = (): readonly { readonly treatment: Treatment; readonly on: boolean }[] =>
    treatments(kind, track).filter(({ treatment, on }) => (now()[treatment] ?? on) !== on);

  const isOn = (what: Treatment): boolean | null =>
    treatments(kind, track).find(({ treatment }) => treatment === what)?.on ?? null;

  const apply = async (change: TuningChange): Promise<readonly TuningOutcome[]> => {
    const { what, value } = change;
    if (!isOurs(change) || value === (what === 'picture' ? picture : isOn(what))) return [];
    const wishes = wanted(kind, { ...now(), [what]: value });
    const within = (side: 'width' | 'height') => ({
      ...(wishes[side] as object),
      ...(what === 'picture' ? bounds[value] : {}),
    });
    const required: MediaTrackConstraints =
      what === 'picture'
        ? { width: within('width'), height: within('height') }
        : { [what]: { exact: value } };
    try {
      await track.applyConstraints({ ...wishes, ...required });
    } catch {
      const before = what === 'picture' ? { what, value: picture } : { what, value: isOn(what) };
      return [{ kind: 'refused', change: before, wish: change }];
    }
    if (change.what === 'picture') picture = change.value;
    return [{ kind: 'done', change }];
  };

  /** A device need not begin as it was asked for, and wishes may have changed while it was opening. */
  const begin = async (): Promise<readonly TuningOutcome[]> => {
    if (differing().length > 0) await track.applyConstraints(wanted(kind, now())).catch(() => undefined);
    return apply({ what: 'picture', value: now().picture });
  };

  return merge(
    merge(from([begin]), changes$.pipe(map((change) => () => apply(change)))).pipe(concatMap((act) => act())),
    fromEvent(track, 'configurationchange').pipe(
      map(() =>
        differing().map(({ treatment, on }): TuningOutcome => ({
          kind: 'followed',
          change: { what: treatment, value: on },
        })),
      ),
    ),
  ).pipe(mergeMap((outcomes) => outcomes));
};
