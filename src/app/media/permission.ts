import { catchError, EMPTY, from, fromEvent, map, type Observable, startWith, switchMap } from 'rxjs';

import type { InputKind } from './media';

/**
 * Whether the person allows a microphone or camera; starts with the present state and follows it. Completes without a
 * word where the browser does not tell (the Permissions API knows microphone and camera in some browsers only).
 */
export const permission = (permissions: Permissions | null, kind: InputKind): Observable<PermissionState> =>
  permissions === null
    ? EMPTY
    : from(permissions.query({ name: kind })).pipe(
        switchMap((status) =>
          fromEvent(status, 'change').pipe(
            startWith(null),
            map(() => status.state),
          ),
        ),
        catchError(() => EMPTY),
      );
