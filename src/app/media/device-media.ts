import { inject, Injectable, type Provider } from '@angular/core';
import {
  BehaviorSubject,
  combineLatest,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  type Observable,
  scan,
  shareReplay,
  skip,
  startWith,
  Subject,
  switchMap,
  tap,
} from 'rxjs';

import { BLURRING, CAN_BLUR, withBlur } from './blur/blur';
import { ChosenDevicesMemory } from './chosen-devices';
import { devices, ofKind } from './devices';
import { input } from './input';
import { InputRequests } from './input-requests';
import { inputTrack } from './input-track';
import { LocalMedia } from './local-media';
import type { BlurState, ChosenDevices, DeviceKind, Devices, InputKind, InputState, Tuning } from './media';
import { MEDIA_DEVICES, PERMISSIONS } from './media-devices';
import { permission } from './permission';

const current = { bufferSize: 1, refCount: true } as const;

/** The microphone and camera of the device that the page runs on. */
@Injectable()
export class DeviceMedia extends LocalMedia {
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly permissions = inject(PERMISSIONS);
  private readonly memory = inject(ChosenDevicesMemory);
  private readonly requests = new InputRequests(
    this.mediaDevices,
    this.permissions,
    () => this.memory.tuning,
  );
  private readonly opened = new Subject<void>();
  private readonly again = new Subject<InputKind>();
  private readonly reopened = new Subject<InputKind>();
  private readonly keptOff = new BehaviorSubject<ReadonlySet<InputKind>>(new Set());
  private readonly rechosen = new Subject<DeviceKind>();
  private readonly blur = new BehaviorSubject<BlurState>({ status: 'absent' });
  private readonly present$ = devices(this.mediaDevices, this.opened);

  readonly devices$: Observable<Devices> = this.present$.pipe(shareReplay(current));
  readonly microphone$: Observable<InputState> = this.input('microphone').pipe(shareReplay(current));
  readonly camera$: Observable<InputState> = withBlur(this.input('camera'), {
    wanted$: this.memory.tuning$.pipe(
      map(({ backgroundBlur }) => backgroundBlur === true),
      distinctUntilChanged(),
    ),
    again$: merge(
      this.again.pipe(filter((asked) => asked === 'camera')),
      this.reopened.pipe(filter((asked) => asked === 'camera')),
      this.memory.device$('camera').pipe(skip(1)),
      this.rechosen.pipe(filter((chosen) => chosen === 'camera')),
    ),
    blurring: inject(BLURRING),
    canBlur: inject(CAN_BLUR),
    tell: (state) => this.blur.next(state),
  }).pipe(shareReplay(current));
  readonly blur$: Observable<BlurState> = this.blur.asObservable();
  readonly tuning$: Observable<Tuning> = this.memory.tuning$;
  readonly canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

  readonly chosen$: Observable<ChosenDevices> = combineLatest([
    this.memory.devices$,
    this.devices$.pipe(startWith(null)),
    this.rechosen.pipe(
      scan((times) => times + 1, 0),
      startWith(0),
    ),
  ]).pipe(
    map(([chosen, present, times]) => {
      const ifPresent = (kind: DeviceKind) =>
        present && ofKind(present, kind).some(({ deviceId }) => deviceId === chosen[kind])
          ? chosen[kind]
          : null;
      return {
        microphone: ifPresent('microphone'),
        camera: ifPresent('camera'),
        speaker: ifPresent('speaker'),
        times,
      };
    }),
    distinctUntilChanged(
      (one, other) =>
        one.microphone === other.microphone &&
        one.camera === other.camera &&
        one.speaker === other.speaker &&
        one.times === other.times,
    ),
    map(({ microphone, camera, speaker }): ChosenDevices => ({ microphone, camera, speaker })),
    shareReplay(current),
  );

  override turn(kind: InputKind, on: boolean): void {
    this.memory.turn(kind, on);
    this.keepOff(kind, false);
    if (on) this.again.next(kind);
  }

  override keepOff(kind: InputKind, off: boolean): void {
    const others = [...this.keptOff.value].filter((kept) => kept !== kind);
    this.keptOff.next(new Set(off ? [...others, kind] : others));
  }

  override choose(kind: DeviceKind, deviceId: string | null): void {
    if (!this.memory.choose(kind, deviceId)) this.rechosen.next(kind);
  }

  override borrow(kind: DeviceKind, deviceId: string): void {
    if (!this.memory.borrow(kind, deviceId)) this.rechosen.next(kind);
  }

  override tune<K extends keyof Tuning>(what: K, value: Tuning[K]): void {
    this.memory.tune(what, value);
  }

  override reopen(kind: InputKind): void {
    this.reopened.next(kind);
  }

  private wished$(kind: InputKind): Observable<boolean> {
    return combineLatest([this.memory.on$(kind), this.keptOff]).pipe(
      map(([on, keptOff]) => on && !keptOff.has(kind)),
      distinctUntilChanged(),
    );
  }

  private input(kind: InputKind): Observable<InputState> {
    return input({
      kind,
      // Emitting the wish again closes and reopens the input.
      wished$: this.reopened.pipe(
        filter((asked) => asked === kind),
        startWith(null),
        switchMap(() => this.wished$(kind)),
      ),
      deviceId$: this.memory.device$(kind),
      rechosen$: this.rechosen.pipe(filter((chosen) => chosen === kind)),
      again$: this.again.pipe(filter((asked) => asked === kind)),
      devices$: this.present$,
      permission$: defer(() => permission(this.permissions, kind)),
      open: (deviceId) => inputTrack(this.requests, kind, deviceId).pipe(tap(() => this.opened.next())),
    });
  }
}

/** Provides a route with its microphone and camera. */
export const provideLocalMedia = (): Provider => ({ provide: LocalMedia, useClass: DeviceMedia });
