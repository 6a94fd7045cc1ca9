import { map, Observable, scan } from 'rxjs';

import type { OperationCount } from '../firebase/documents';
import type { SignalingCost } from './call-statistics';

export const NO_OPERATIONS: OperationCount = { writes: 0, reads: 0, deletes: 0 };

/** Operations from now on: the connection to Firestore outlives a call. */
export const spent = (operations$: Observable<OperationCount>): Observable<SignalingCost> =>
  operations$.pipe(
    scan(({ before }, now) => ({ before: before ?? now, now }), { before: null, now: NO_OPERATIONS } as {
      before: OperationCount | null;
      now: OperationCount;
    }),
    map(({ before, now }) => ({
      writes: now.writes - before!.writes,
      reads: now.reads - before!.reads,
      deletes: now.deletes - before!.deletes,
    })),
  );
