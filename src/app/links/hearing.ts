import { filter, type Observable, shareReplay, switchMap, take } from 'rxjs';

import { connectionState$ } from '../rtc/connection-state';
import { heard$, receivedBy } from '../wire/vital-signs';
import type { LinkEnd } from './link-end';

/** Whether the peer is heard. Starts once the connection is up for the first time: until then silence means nothing. */
export const hearing$ = ({
  connection,
  control,
}: Pick<LinkEnd, 'connection' | 'control'>): Observable<boolean> =>
  connectionState$(connection).pipe(
    filter((state) => state === 'connected'),
    take(1),
    switchMap(() => heard$(control.arrived$, () => receivedBy(connection))),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
