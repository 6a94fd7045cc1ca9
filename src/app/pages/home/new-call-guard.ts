import { inject } from '@angular/core';
import { CanActivateFn, RedirectCommand, Router } from '@angular/router';

import { newCode } from '../../call/code';

/** `/?new`, the address of the installed app's shortcut, starts a call like the button on the start page. */
export const newCallGuard: CanActivateFn = (route) => {
  if (!route.queryParamMap.has('new')) return true;
  const call = inject(Router).createUrlTree(['/call'], { fragment: newCode() });
  return new RedirectCommand(call, { replaceUrl: true, state: { intent: 'new' } });
};
