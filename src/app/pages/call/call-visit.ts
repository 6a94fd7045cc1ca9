import { ChangeDetectionStrategy, Component } from '@angular/core';

import { provideCall } from '../../call/provide-call';
import { provideLocalMedia } from '../../media/device-media';
import { CallPage } from './call-page';

/** Owns the call and the devices, so that going to another page leaves the call and closes them. */
@Component({
  selector: 'parley-call-visit',
  imports: [CallPage],
  template: `<parley-call-page />`,
  providers: [provideCall(), provideLocalMedia()],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallVisit {}
