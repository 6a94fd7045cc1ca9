import type { InputKind } from '../media/media';

/** A permission of a camera or microphone. */
export class FakePermissionStatus extends EventTarget {
  constructor(
    readonly kind: InputKind,
    private readonly read: () => PermissionState,
  ) {
    super();
  }

  get state(): PermissionState {
    return this.read();
  }
}
