import {
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
  type EffectCleanupRegisterFn,
  type ElementRef,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { isOfNetwork } from '../../call/call-state';
import type { ShownSize } from '../../call/picture-flow';
import type { Reaction } from '../../call/reactions';
import { callTexts } from '../../i18n/call';
import { injectTexts } from '../../i18n/i18n';
import { injectArrivals } from '../../loading/parts';
import { SoundOutput, systemSpeaker } from '../../media/sound-output';
import { backHandIcon, micOffIcon, volumeUpIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { hostSize } from './element-size';
import { firstFrame } from './first-frame';
import { pictureZoom } from './tile-layout';
import { QualityBars } from './quality-bars';
import { TileReactions } from './tile-reactions';
import { initials, type TileView } from './tile-view';

/** A person in the call: picture, sound, name, and the state of the connection to them. */
@Component({
  selector: 'article[parleyTile]',
  imports: [Icon, MatButton, QualityBars, TileReactions],
  templateUrl: './tile.html',
  styleUrl: './tile.scss',
  host: {
    '[attr.aria-label]': 'view().label',
    '[attr.data-status]': 'view().status',
    '[class.own]': 'view().own',
    '[class.pictured]': 'pictured()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Tile {
  readonly view = input.required<TileView>();
  /** Output device of their sound. */
  readonly speaker = input(systemSpeaker);
  /** A small tile shows no name, because it would cover the face. */
  readonly small = input(false);

  /** Their reactions at the moment. */
  readonly reactions = input<readonly Reaction[]>([]);

  /** How large the picture is laid out, in device pixels. */
  readonly sized = output<ShownSize>();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    quality: () => import('./quality-bars'),
    reactions: () => import('./tile-reactions'),
  });
  protected readonly isOfNetwork = isOfNetwork;
  protected readonly icons = { hand: backHandIcon, micOff: micOffIcon, volumeUp: volumeUpIcon };
  protected readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  /** The browser requires a gesture before it plays sound. */
  protected readonly blocked = signal(false);
  /** Aspect ratio of the picture, width to height; 0 until there is one. */
  readonly picture = signal(0);
  protected readonly pictured = computed(() => {
    const { camera, stream, paused, own } = this.view();
    return camera && stream !== null && (own || !paused);
  });
  private readonly isOwn = computed(() => this.view().own);
  protected readonly initials = computed(() => initials(this.view().name));
  protected readonly trouble = computed(() => {
    const { own, status, paused } = this.view();
    if (!own && status !== 'connected') return `tile.${status}` as const;
    if (!paused) return null;
    return own ? ('tile.ownPaused' as const) : ('tile.paused' as const);
  });
  protected readonly scale = computed(() => {
    const { width, height } = this.size();
    const zoom = pictureZoom(this.picture(), height ? width / height : 0);
    // Mirrored, because people know themselves from mirrors.
    return `${this.view().own ? -zoom : zoom} ${zoom}`;
  });

  private readonly output = inject(SoundOutput);
  private readonly size = hostSize();
  private marked: string | null = null;

  constructor() {
    effect(() => {
      const { width, height } = this.size();
      const scale = window.devicePixelRatio;
      if (width && height) this.sized.emit({ width: width * scale, height: height * scale });
    });
    afterRenderEffect(() => this.play(this.view().stream));
    afterRenderEffect((onCleanup) => {
      if (this.isOwn()) return;
      const routing = this.output.route(this.element, this.speaker()).subscribe();
      onCleanup(() => routing.unsubscribe());
    });
    afterRenderEffect((onCleanup) => this.markFirstFrame(onCleanup));
  }

  /** The element that shows this person, for picture-in-picture. */
  get element(): HTMLVideoElement {
    return this.video().nativeElement;
  }

  protected measure(): void {
    const { videoWidth, videoHeight } = this.element;
    this.picture.set(videoHeight ? videoWidth / videoHeight : 0);
  }

  /** Plays sound after the browser refused to play it without a gesture. */
  protected playSound(): void {
    this.play(this.view().stream);
  }

  protected codecs(list: readonly string[]): string {
    return list.map((type) => type.slice(type.indexOf('/') + 1)).join(', ') || this.t('tile.mismatch.none');
  }

  private play(stream: MediaStream | null): void {
    const { element } = this;
    if (element.srcObject !== stream) element.srcObject = stream;
    if (stream === null) return;
    element.play().then(
      () => this.blocked.set(false),
      // Anything but a refusal means that the next stream interrupted it.
      (cause: unknown) => this.blocked.set(cause instanceof DOMException && cause.name === 'NotAllowedError'),
    );
  }

  /** One mark per stay: a later stream of the same member is not a first frame. */
  private markFirstFrame(onCleanup: EffectCleanupRegisterFn): void {
    const { own, session, stream } = this.view();
    if (own || stream === null || this.marked === session) return;
    const frame = firstFrame(this.element).subscribe(() => {
      this.marked = session;
      performance.mark('call:first-frame', { detail: { session } });
    });
    onCleanup(() => frame.unsubscribe());
  }
}
