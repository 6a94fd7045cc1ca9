import type { Signal } from '@angular/core';

import type { InputState } from '../../../media/media';
import type { FileWatch } from '../files/file-watch';
import type { SmallScene } from '../small-window/picture-in-picture';
import type { Crowd } from '../stage/crowd';
import type { RoomActivity } from './loaded-activity';
import type { OwnGestures } from './own-gestures';
import type { RoomInputs } from './room-inputs';
import type { RoomMembers } from './room-members';
import type { RoomRecording } from './room-recording';
import type { RoomScreens } from './room-screens';
import type { RoomState, RoomStatus } from './room-status';
import type { Talking } from './talking';

/** The room, as its parts show and control it. */
export interface RoomScene {
  readonly state: Signal<RoomState>;
  readonly status: Signal<RoomStatus>;
  readonly code: Signal<string>;
  readonly microphone: Signal<InputState>;
  readonly camera: Signal<InputState>;
  /** False while the room is only rendered out of sight: it then listens to nothing and does nothing. */
  readonly seen: Signal<boolean>;
  readonly inputs: RoomInputs;
  readonly talking: Talking;
  readonly activity: RoomActivity;
  readonly members: RoomMembers;
  readonly screens: RoomScreens;
  readonly recording: RoomRecording;
  readonly gestures: OwnGestures;
  readonly files: FileWatch;
  readonly small: SmallScene;
  /** The layout of three or more members; null without it. */
  readonly crowd: () => Crowd | null;
}
