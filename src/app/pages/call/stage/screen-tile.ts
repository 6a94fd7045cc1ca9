import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map } from 'rxjs';

import { noteError, noted } from '../../../log/note';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { SoundOutput, systemSpeaker } from '../../../media/sound-output';
import { addIcon, fullscreenExitIcon, fullscreenIcon, removeIcon } from '../../../ui/icon/panel-icons';
import { Icon } from '../../../ui/icon/icon';
import { firstFrame } from './first-frame';

/** How much larger than the tile the screen is shown. */
const zooms = [1, 1.5, 2, 3] as const;

/** A screen that a member shares: as large as there is room, zoomed, or in full screen. */
@Component({
  selector: 'article[parleyScreenTile]',
  imports: [Icon],
  templateUrl: './screen-tile.html',
  styleUrl: './screen-tile.scss',
  host: { '[attr.aria-label]': "t('screen.of', { name: name() })" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ScreenTile {
  readonly stream = input.required<MediaStream>();
  /** Name of the member who shares it. */
  readonly name = input.required<string>();
  /** Output device of its sound. */
  readonly speaker = input(systemSpeaker);

  protected readonly t = injectTexts(callTexts);
  private readonly document = inject(DOCUMENT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  private readonly step = signal(0);
  /** The stream whose picture has arrived. */
  private readonly seen = signal<MediaStream | null>(null);
  protected readonly arrived = computed(() => this.seen() === this.stream());
  protected readonly zoom = computed(() => zooms[this.step()] ?? 1);
  protected readonly isLeast = computed(() => this.step() === 0);
  protected readonly isMost = computed(() => this.step() === zooms.length - 1);
  protected readonly canFill = this.document.fullscreenEnabled === true;
  protected readonly filling = toSignal(
    fromEvent(this.document, 'fullscreenchange').pipe(
      map(() => this.document.fullscreenElement === this.host),
    ),
    { initialValue: false },
  );
  protected readonly icons = {
    zoomIn: addIcon,
    zoomOut: removeIcon,
    fullScreen: fullscreenIcon,
    leaveFullScreen: fullscreenExitIcon,
  };

  constructor() {
    const output = inject(SoundOutput);
    afterRenderEffect(() => {
      const { nativeElement } = this.video();
      const stream = this.stream();
      if (nativeElement.srcObject !== stream) nativeElement.srcObject = stream;
      // Without a user gesture the browser may refuse sound: then show the picture only.
      nativeElement.play().catch((error: unknown) => {
        noteError('pages', 'play-screen', error);
        nativeElement.muted = true;
        return nativeElement.play().catch(noted('pages', 'play-screen'));
      });
    });
    afterRenderEffect((onCleanup) => {
      const stream = this.stream();
      const frame = firstFrame(this.video().nativeElement).subscribe(() => this.seen.set(stream));
      onCleanup(() => frame.unsubscribe());
    });
    afterRenderEffect((onCleanup) => {
      const routing = output.route(this.video().nativeElement, this.speaker()).subscribe();
      onCleanup(() => routing.unsubscribe());
    });
  }

  protected enlarge(by: 1 | -1): void {
    this.step.update((step) => Math.min(Math.max(step + by, 0), zooms.length - 1));
  }

  /** Needs a user gesture; a refusal changes nothing. */
  protected async fill(): Promise<void> {
    try {
      if (this.filling()) await this.document.exitFullscreen();
      else await this.host.requestFullscreen({ navigationUI: 'hide' });
    } catch (error) {
      // Refused by a policy or for lack of a gesture.
      noteError('pages', 'full-screen', error);
    }
  }
}
