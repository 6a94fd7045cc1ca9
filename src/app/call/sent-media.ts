import { distinctUntilChanged, map, type Observable } from 'rxjs';

import type { InputState } from '../media/media';

/** The track of a device while it is on, else null. */
export const trackOf = (input$: Observable<InputState>) =>
  input$.pipe(
    map((input) => (input.status === 'on' ? input.track : null)),
    distinctUntilChanged(),
  );

/** Whether a device is on. */
export const isOn = (input$: Observable<InputState>) =>
  input$.pipe(
    map(({ status }) => status === 'on'),
    distinctUntilChanged(),
  );
