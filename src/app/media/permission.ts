import { catchError, EMPTY, from, fromEvent, map, type Observable, startWith, switchMap } from 'rxjs';

import { noted } from '../log/note';
import type { InputKind } from './media';

/**
 * The permission for a microphone or camera. Starts with the current state and follows it. Completes without emitting
 * where the browser doesn't report it: the Permissions API covers microphone and camera in some browsers only.
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
        catchError(noted('media', 'permission', EMPTY)),
      );
