import { catchError, defer, EMPTY, exhaustMap, map, type Observable, of, tap, throwError, timer } from 'rxjs';

import { noteError } from '../../log/note';
import type { Detector } from './barcode-detector';

/** Pause between two looks at the picture, in ms. */
const EVERY = 200;
/** Number of looks in a row that may fail: a picture may not be ready, or the system's reader may be starting. */
const FAILURES = 10;

/** The texts of the codes in the picture, look after look. Errors when the browser keeps failing to read. */
export const scanned$ = (detector: Detector, video: HTMLVideoElement): Observable<readonly string[]> =>
  defer(() => {
    let failures = 0;
    return timer(0, EVERY).pipe(
      exhaustMap(() => {
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return EMPTY;
        return defer(() => detector.detect(video)).pipe(
          tap(() => (failures = 0)),
          map((codes) => codes.map(({ rawValue }) => rawValue)),
          catchError((error: unknown) => {
            noteError('pages', 'scan', error);
            return ++failures < FAILURES ? of([]) : throwError(() => error);
          }),
        );
      }),
    );
  });
