import { inject, InjectionToken } from '@angular/core';

import { noted } from '../log/note';
import { CONNECT } from '../firebase/firebase';
import type { Place } from './code';
import { codeKeys } from './code-keys';

/** Longest wait for an answer, in ms, so that this never keeps a person from a page. */
const PATIENCE = 3_000;

/** Whether a call or lobby with this code exists now. Costs one read. Never rejects: false when the database does not answer. */
export type FindPlace = (place: Place, code: string) => Promise<boolean>;

/** Finds out what a bare code is for: the code itself doesn't say. */
export const FIND_PLACE = new InjectionToken<FindPlace>('find the place of a code', {
  providedIn: 'root',
  factory: () => {
    const connect = inject(CONNECT);
    const look: FindPlace = async (place, code) => {
      const [documents, { id }] = await Promise.all([connect(), codeKeys(code, place)]);
      const fields = await documents.get(place === 'call' ? `calls/${id}` : `lobbies/${id}`);
      const expiresAt = fields?.['expiresAt'];
      return expiresAt instanceof Date && expiresAt.getTime() > documents.now();
    };
    return (place, code) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), PATIENCE);
        void look(place, code)
          .catch(noted('signaling', 'find-place', false))
          .then((found) => {
            clearTimeout(timer);
            resolve(found);
          });
      });
  },
});
