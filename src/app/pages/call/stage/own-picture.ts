import { computed, type Signal } from '@angular/core';

import { trackFacing } from '../../../media/facing';
import type { InputState } from '../../../media/media';

/** Whether the person wants this input on: a toggle shows as pressed while the device starts or the system mutes it. */
export const isOn = ({ status }: InputState): boolean =>
  status === 'on' || status === 'starting' || status === 'muted';

/** The person's own camera as a stream; the same object as long as the track is the same. */
export const ownStream = (camera: Signal<InputState>): Signal<MediaStream | null> => {
  const track = computed(() => {
    const state = camera();
    return state.status === 'on' ? state.track : null;
  });
  return computed(() => {
    const present = track();
    return present ? new MediaStream([present]) : null;
  });
};

/**
 * Whether to mirror one's own picture: people know themselves from mirrors. What a phone's back camera sees is not mirrored,
 * because people know it as it is.
 */
export const isMirrored = (stream: MediaStream | null): boolean =>
  stream?.getVideoTracks().every((track) => trackFacing(track) !== 'environment') ?? true;
