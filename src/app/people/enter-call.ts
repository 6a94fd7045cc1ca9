import type { Router } from '@angular/router';

import type { CameraOnEntering } from './people';

/** Opens a call under a name that the person has already given, without asking anything. */
export const enterCall = (
  router: Router,
  code: string,
  intent: 'new' | 'join',
  name: string,
  camera: CameraOnEntering = 'asRemembered',
): Promise<boolean> =>
  router.navigate(['/call'], {
    fragment: code,
    state: { intent, join: name, ...(camera === 'off' && { camera }) },
  });
