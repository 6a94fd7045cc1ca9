import { Subject } from 'rxjs';

import type { PeopleReason } from './people';
import { whenToRetry$ } from './when-to-retry';

describe('whenToRetry$', () => {
  let look: Subject<void>;
  let attempts: number;

  const failed = (reason: PeopleReason) => {
    attempts = 0;
    look = new Subject();
    return whenToRetry$(reason, look).subscribe(() => attempts++);
  };

  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  for (const reason of ['offline', 'unavailable', 'quota'] as const) {
    it(`retries after five seconds for ${reason}`, () => {
      const subscription = failed(reason);
      jasmine.clock().tick(5_000);
      expect(attempts).toBe(1);
      subscription.unsubscribe();
    });
  }

  for (const reason of ['sign-in-busy', 'sign-in-off', 'account', 'full'] as const) {
    it(`retries only when the person looks for ${reason}`, () => {
      const subscription = failed(reason);
      jasmine.clock().tick(3_600_000);
      expect(attempts).toBe(0);
      look.next();
      expect(attempts).toBe(1);
      subscription.unsubscribe();
    });
  }
});
