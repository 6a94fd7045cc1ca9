import { map, merge, type Observable, startWith } from 'rxjs';

import { codecsIn, codecsOf, haveCommon, type MediaKind } from '../rtc/codecs';
import { type Control, said } from '../wire/control-channel';
import { linkMessages } from './link-messages';
import type { CodecMismatch } from './link-status';

/** Compares the codecs in the peer's description with those of this browser. */
export function mismatchIn(sdp: string): CodecMismatch | null {
  const kinds: readonly MediaKind[] = ['video', 'audio'];
  const lists = kinds.map((kind) => ({ kind, ours: codecsOf(kind), theirs: codecsIn(sdp, kind) }));
  return lists.find(({ ours, theirs }) => theirs.length > 0 && !haveCommon(ours, theirs)) ?? null;
}

/**
 * The codec mismatch of a link, which the answerer finds and tells the offerer; starts with null.
 *
 * @param own$ what this side has found
 */
export const mismatch$ = (
  control: Control,
  own$: Observable<CodecMismatch | null>,
): Observable<CodecMismatch | null> =>
  merge(
    own$,
    said(control, linkMessages, 'codecs').pipe(
      map(({ kind, codecs }): CodecMismatch => ({ kind, ours: codecsOf(kind), theirs: codecs })),
    ),
  ).pipe(startWith<CodecMismatch | null>(null));
