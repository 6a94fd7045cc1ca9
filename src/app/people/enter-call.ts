import type { Router } from '@angular/router';

/** Opens a call under a name that the person has already given, without asking anything. */
export const enterCall = (
  router: Router,
  code: string,
  intent: 'new' | 'join',
  name: string,
): Promise<boolean> => router.navigate(['/call'], { fragment: code, state: { intent, join: name } });
