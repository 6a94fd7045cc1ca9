import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { catchError, distinctUntilChanged, EMPTY, map, of, startWith, Subject, switchMap } from 'rxjs';

import { injectTexts } from '../../i18n/i18n';
import { scanTexts } from '../../i18n/scan';
import { troublesTexts } from '../../i18n/troubles';
import { visible$ } from '../../loading/visible';
import { noted, noteError } from '../../log/note';
import type { MediaReason } from '../../media/media';
import { MEDIA_DEVICES } from '../../media/media-devices';
import { mediaError } from '../../media/media-error';
import { rearCamera } from '../../media/rear-camera';
import { closeIcon } from '../../ui/icon/icons';
import { Icon } from '../../ui/icon/icon';
import { BARCODE_DETECTOR } from './barcode-detector';
import { scanned$ } from './scanned';
import { scannedPlace, type ScannedPlace } from './scanned-place';

type CameraState =
  | { readonly status: 'starting' }
  | { readonly status: 'on'; readonly stream: MediaStream }
  | { readonly status: 'failed'; readonly reason: MediaReason };

const starting: CameraState = { status: 'starting' };

/** A dialog that shows the camera and reads QR codes. The camera is open only while the dialog and the page are visible. */
@Component({
  selector: 'parley-scanner',
  imports: [Icon],
  templateUrl: './scanner.html',
  styleUrl: './scanner.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Scanner {
  /** The dialog has closed: with the call or lobby of a code, or null. */
  readonly closed = output<ScannedPlace | null>();

  protected readonly t = injectTexts(scanTexts);
  protected readonly why = injectTexts(troublesTexts);
  protected readonly icon = closeIcon;
  private readonly document = inject(DOCUMENT);
  private readonly mediaDevices = inject(MEDIA_DEVICES);
  private readonly detectorClass = inject(BARCODE_DETECTOR);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');

  private readonly again$ = new Subject<void>();
  protected readonly camera = toSignal(
    this.again$.pipe(
      startWith(null),
      switchMap(() => visible$(this.document).pipe(distinctUntilChanged())),
      switchMap((visible) =>
        visible
          ? rearCamera(this.mediaDevices).pipe(
              map((stream): CameraState => ({ status: 'on', stream })),
              startWith(starting),
              catchError((error: unknown) => {
                noteError('pages', 'scan-camera', error);
                return of<CameraState>({ status: 'failed', reason: mediaError('camera', error).reason });
              }),
            )
          : of(starting),
      ),
    ),
    { initialValue: starting },
  );
  protected readonly trouble = computed(() => {
    const camera = this.camera();
    return camera.status === 'failed' ? camera.reason : null;
  });
  /** What is wrong with the last code, or with reading codes. */
  protected readonly mistake = signal<'foreign' | 'unreadable' | null>(null);
  private found: ScannedPlace | null = null;

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
    effect(() => {
      const camera = this.camera();
      const video = this.video().nativeElement;
      video.srcObject = camera.status === 'on' ? camera.stream : null;
    });
    const read = toSignal(
      toObservable(this.camera).pipe(
        switchMap((camera) =>
          camera.status === 'on' && this.detectorClass
            ? scanned$(new this.detectorClass({ formats: ['qr_code'] }), this.video().nativeElement)
            : EMPTY,
        ),
        catchError(noted('pages', 'scan', of(null))),
      ),
      { initialValue: [] },
    );
    effect(() => {
      const texts = read();
      if (texts === null) this.mistake.set('unreadable');
      else if (texts.length > 0) this.take(texts);
    });
  }

  protected again(): void {
    this.again$.next();
  }

  protected close(): void {
    // Gives the focus back to the button that opened the dialog.
    this.dialog().nativeElement.close();
  }

  protected end(): void {
    this.closed.emit(this.found);
  }

  private take(texts: readonly string[]): void {
    const { origin } = this.document.location;
    this.found ??= texts.map((text) => scannedPlace(text, origin)).find((place) => place !== null) ?? null;
    if (this.found) this.close();
    else this.mistake.set('foreign');
  }
}
