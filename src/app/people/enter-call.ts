import type { Router } from '@angular/router';

/** Goes into a call under a name that the person has given already: nothing is asked. */
export const enterCall = (
  router: Router,
  code: string,
  intent: 'new' | 'join',
  name: string,
): Promise<boolean> => router.navigate(['/call'], { fragment: code, state: { intent, join: name } });
