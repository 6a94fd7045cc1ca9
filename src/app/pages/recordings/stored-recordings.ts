import { inject, InjectionToken } from '@angular/core';

import type { InterruptedRecording, KeptRecording } from '../../mixing/kept-recordings';
import { Parts } from '../../loading/parts';

/** Recordings on this device, as far as pages see them. */
export interface StoredRecordings {
  interruptedRecordings(): Promise<readonly InterruptedRecording[]>;
  resumeRecording(id: string): Promise<KeptRecording | null>;
}

/** Loads the code that reads recordings. */
export const STORED_RECORDINGS = new InjectionToken<() => Promise<StoredRecordings>>('Stored recordings', {
  providedIn: 'root',
  factory: () => {
    const parts = inject(Parts);
    return () => parts.load(() => import('../../mixing/kept-recordings'));
  },
});
