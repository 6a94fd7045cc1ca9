import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { CallControls } from './call-controls';
import { Stage } from './stage';
import type { TileView } from './tile-view';

const somebody: TileView = {
  session: '',
  name: '–',
  label: '',
  own: false,
  stream: null,
  microphone: true,
  camera: true,
  status: 'connecting',
  hand: false,
  paused: false,
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
  readonly people = input.required<number>();

  protected readonly own = { ...somebody, session: 'own', own: true };
  protected readonly others = computed(() =>
    Array.from({ length: this.people() }, (_, index): TileView => ({ ...somebody, session: String(index) })),
  );
}
