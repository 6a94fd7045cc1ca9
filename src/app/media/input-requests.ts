import { firstValueFrom } from 'rxjs';

import { noteError } from '../log/note';
import { constraints } from './constraints';
import { type InputKind, MediaError, type Tuning } from './media';
import { errorName } from './media-error';
import { permission } from './permission';

interface Request {
  readonly kind: InputKind;
  readonly deviceId: string | null;
  readonly signal: AbortSignal;
  readonly resolve: (track: MediaStreamTrack) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests microphone and camera. Requests made in the same tick are combined, so that there is one prompt. */
export class InputRequests {
  private waiting: Request[] = [];

  constructor(
    private readonly mediaDevices: MediaDevices | null,
    private readonly permissions: Permissions | null,
    private readonly tuning: () => Tuning,
  ) {}

  /**
   * Opens one input. Rejects with the error of `getUserMedia`, or with a `MediaError`. After aborting, the calling code
   * must still stop a track that arrives late: a prompt can't be withdrawn.
   *
   * @param deviceId the preferred device; when it is missing, the system's choice is opened in its place
   */
  open(kind: InputKind, deviceId: string | null, signal: AbortSignal): Promise<MediaStreamTrack> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ kind, deviceId, signal, resolve, reject });
      if (this.waiting.length === 1) queueMicrotask(() => this.ask());
    });
  }

  private ask(): void {
    const requests = this.waiting.filter(({ signal }) => !signal.aborted);
    this.waiting = [];
    const microphone = requests.find(({ kind }) => kind === 'microphone');
    const camera = requests.find(({ kind }) => kind === 'camera');
    if (requests.length === 2 && microphone && camera) {
      void this.requestBoth(microphone, camera);
    } else {
      for (const request of requests) void this.requestOne(request);
    }
  }

  /** If one fails, the combined request fails. So after a failure each is requested alone, and the other still works. */
  private async requestBoth(microphone: Request, camera: Request): Promise<void> {
    let stream: MediaStream;
    try {
      stream = await this.getUserMedia({
        ...this.constraints('microphone', microphone.deviceId),
        ...this.constraints('camera', camera.deviceId),
      });
    } catch (error) {
      noteError('media', 'open-both', error);
      const [microphoneState, cameraState] = await Promise.all([
        this.permissionState('microphone'),
        this.permissionState('camera'),
      ]);
      for (const [request, own, other] of [
        [microphone, microphoneState, cameraState],
        [camera, cameraState, microphoneState],
      ] as const) {
        // The person has just been asked for this one and declined: asking again at once would be rude.
        const hasRefused = errorName(error) === 'NotAllowedError' && own === 'prompt' && other !== 'denied';
        if (hasRefused || request.signal.aborted) request.reject(error);
        else void this.requestOne(request);
      }
      return;
    }
    settle(microphone, stream.getAudioTracks());
    settle(camera, stream.getVideoTracks());
  }

  private async requestOne(request: Request): Promise<void> {
    try {
      const stream = await this.openOrDefault(request);
      settle(request, stream.getTracks());
    } catch (error) {
      request.reject(error);
    }
  }

  private async openOrDefault({ kind, deviceId, signal }: Request): Promise<MediaStream> {
    try {
      return await this.getUserMedia(this.constraints(kind, deviceId));
    } catch (error) {
      const isGone = ['OverconstrainedError', 'NotFoundError'].includes(errorName(error));
      if (deviceId === null || !isGone || signal.aborted) throw error;
      noteError('media', `${kind}-gone`, error);
      return this.getUserMedia(this.constraints(kind, null));
    }
  }

  private constraints(kind: InputKind, deviceId: string | null): MediaStreamConstraints {
    return constraints(kind, deviceId, this.tuning());
  }

  private async getUserMedia(asked: MediaStreamConstraints): Promise<MediaStream> {
    if (this.mediaDevices === null)
      throw new MediaError(asked.audio ? 'microphone' : 'camera', 'unsupported');
    return this.mediaDevices.getUserMedia(asked);
  }

  private permissionState(kind: InputKind): Promise<PermissionState | null> {
    return firstValueFrom(permission(this.permissions, kind), { defaultValue: null });
  }
}

const settle = (request: Request, [track]: readonly MediaStreamTrack[]): void => {
  if (track) request.resolve(track);
  else request.reject(new MediaError(request.kind, 'failed'));
};
