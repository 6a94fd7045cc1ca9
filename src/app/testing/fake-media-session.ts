/** A media session that supports the camera action but not hanging up: browsers differ. */
export class FakeMediaSession {
  readonly handlers = new Map<string, () => void>();
  readonly active: string[] = [];

  setActionHandler(action: string, handler: (() => void) | null): void {
    if (action === 'hangup') throw new TypeError('unknown action');
    if (handler) this.handlers.set(action, handler);
    else this.handlers.delete(action);
  }

  setMicrophoneActive(active: boolean): Promise<void> {
    this.active.push(`microphone ${active}`);
    return Promise.resolve();
  }

  setCameraActive(active: boolean): Promise<void> {
    this.active.push(`camera ${active}`);
    return Promise.resolve();
  }
}
