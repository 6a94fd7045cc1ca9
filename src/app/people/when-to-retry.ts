import { Observable, race, timer } from 'rxjs';

import { isSignInReason } from '../firebase/sign-in-reason';
import type { PeopleReason } from './people';

/** Retry delay, in ms. */
const AGAIN = 5_000;

/**
 * Emits when a failed operation should be retried: after a delay, or when the person looks. A refused sign-in waits for the
 * person, because each attempt counts towards the limit that refused it. So does a full lobby.
 *
 * @param look$ emits when the person looks
 */
export const whenToRetry$ = (reason: PeopleReason, look$: Observable<unknown>): Observable<unknown> =>
  isSignInReason(reason) || reason === 'full' ? look$ : race(timer(AGAIN), look$);
