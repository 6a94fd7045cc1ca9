import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { CallControls } from './call-controls';
import { Stage } from '../stage/stage';
import type { MemberView } from '../stage/member-view';

const placeholder: MemberView = {
  session: '',
  name: '–',
  label: '',
  own: false,
  stream: null,
  microphone: true,
  camera: true,
  pictured: false,
  status: 'connecting',
  hand: false,
  paused: 'none',
  quality: null,
  mismatch: null,
  obstacle: null,
};

/**
 * The largest parts of a room, rendered out of sight and without sound. Rendering them again takes a third of the time, which
 * matters between the press of Join and the picture.
 */
@Component({
  selector: 'parley-room-ahead',
  imports: [CallControls, Stage],
  template: `
    <parley-stage [others]="others()" [own]="own" />
    <parley-call-controls [microphone]="true" [camera]="true" [screen]="false" [panel]="null" />
  `,
  styles: `
    :host {
      position: fixed;
      inset: 0;
      display: grid;
      grid-template-rows: 1fr auto;
      contain: strict;
      visibility: hidden;
    }
  `,
  host: { inert: '', 'aria-hidden': 'true' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RoomAhead {
  /** Number of members inside. */
  readonly memberCount = input.required<number>();

  protected readonly own = { ...placeholder, session: 'own', own: true };
  protected readonly others = computed(() =>
    Array.from({ length: this.memberCount() }, (_, index): MemberView => ({
      ...placeholder,
      session: String(index),
    })),
  );
}
