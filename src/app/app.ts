import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';

import { RingingDoor } from './pages/people/ringing-door';
import { UpdatePrompt } from './pwa/update-prompt';
import { RouteProgress } from './ui/route-progress';
import { Theme } from './ui/theme/theme';

/** The frame around every page. */
@Component({
  selector: 'parley-root',
  imports: [RingingDoor, RouteProgress, RouterOutlet, UpdatePrompt],
  template: `
    <parley-route-progress />
    <parley-ringing-door />
    <router-outlet />
    <parley-update-prompt />
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  constructor() {
    // Applies the theme setting from here on.
    inject(Theme);
  }
}
