import { Observable, race, timer } from 'rxjs';

import { isSignInReason } from '../firebase/sign-in-reason';
import type { PeopleReason } from './people';

/** What failed is tried again after this long, in ms. */
const AGAIN = 5_000;

/**
 * When something that failed is to be tried again: after a while, or when the person looks. A refused sign-in waits for the
 * person: each attempt counts towards the limit that refused it. So does a full lobby.
 *
 * @param look$ emits when the person looks
 */
export const triedAgain$ = (reason: PeopleReason, look$: Observable<unknown>): Observable<unknown> =>
  isSignInReason(reason) || reason === 'full' ? look$ : race(timer(AGAIN), look$);
