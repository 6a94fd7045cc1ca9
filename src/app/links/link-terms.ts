import type { Observable } from 'rxjs';

import type { MediaSections } from '../rtc/media-sections';
import type { CodecMismatch } from './link-status';
import type { Addressee } from './shown-tracks';

/** What an offerer and an answerer do differently. */
export interface LinkTerms {
  /** Exchanges the first descriptions through the link's document, and their candidates. Emits nothing of interest. */
  readonly exchange$: Observable<unknown>;
  /** What the role does through the link's document when ICE restarts. Emits nothing. */
  readonly restarts$: Observable<never>;
  /** Emits the sections that media is sent in. */
  readonly sections$: Observable<MediaSections>;
  /** Which member the media may reach; starts with the present one. */
  readonly addressee$: Observable<Addressee>;
  /** Emits the peer's session once it is known. */
  readonly peer$: Observable<string>;
  /** Emits, or replays, once each side can know the other's description: from then on a connection is expected. */
  readonly described$: Observable<unknown>;
  /** Emits, or replays, once the first offer and answer are set. */
  readonly exchanged$: Observable<unknown>;
  /** The mismatch that this side found; null while there is none. */
  readonly mismatch$: Observable<CodecMismatch | null>;
  /** Starts with null. */
  readonly provisionalName$: Observable<string | null>;
  /** Called once when the link has ended. */
  readonly ended: () => void;
}
