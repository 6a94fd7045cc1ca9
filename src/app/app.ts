import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';

import { UpdatePrompt } from './pwa/update-prompt';
import { Theme } from './ui/theme/theme';

/** The frame around every page. */
@Component({
  selector: 'parley-root',
  imports: [RouterOutlet, UpdatePrompt],
  template: `
    <router-outlet />
    <parley-update-prompt />
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  constructor() {
    // Follows its setting from here on.
    inject(Theme);
  }
}
