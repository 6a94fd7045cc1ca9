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

import type { ShownSize } from '../../../pictures/picture-flow';
import type { Reaction } from '../../../activity/reactions';
import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { pictureScale } from '../../../layout/picture-fit';
import { injectArrivals } from '../../../loading/parts';
import { SoundOutput, systemSpeaker } from '../../../media/sound-output';
import {
  backHandIcon,
  cropFreeIcon,
  fitScreenIcon,
  micOffIcon,
  videocamIcon,
  videocamOffIcon,
} from '../../../ui/icon/call-icons';
import { Icon } from '../../../ui/icon/icon';
import { hostSize } from './element-size';
import { isDoublePress, type Press } from './double-press';
import { firstFrame } from './first-frame';
import { isMirrored } from './own-picture';
import { PlaySound } from './play-sound';
import { QualityBars } from './quality-bars';
import { TileReactions } from './tile-reactions';
import { TileTrouble } from './tile-trouble';
import { initials, type MemberView } from './member-view';
import { WholePictures } from './whole-pictures';

/** A person in the call: picture, sound, name, and the state of the connection to them. */
@Component({
  selector: 'article[parleyTile]',
  imports: [Icon, PlaySound, QualityBars, TileReactions, TileTrouble],
  templateUrl: './tile.html',
  styleUrl: './tile.scss',
  host: {
    '[attr.aria-label]': 'view().label',
    '[attr.data-status]': 'view().status',
    '[class.own]': 'view().own',
    '[class.pictured]': 'pictured()',
    '[class.sign]': 'small() && pictureHidden()',
    '(click)': 'press($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Tile {
  readonly view = input.required<MemberView>();
  /** Output device of their sound. */
  readonly speaker = input(systemSpeaker);
  /** A small tile shows no name, because it would cover the face. */
  readonly small = input(false);
  /** The person doesn't want to see their own picture. */
  readonly pictureHidden = input(false);

  /** Their reactions at the moment. */
  readonly reactions = input<readonly Reaction[]>([]);

  /** How large the picture is laid out, in device pixels. */
  readonly sized = output<ShownSize>();

  protected readonly t = injectTexts(callTexts);
  protected readonly there = injectArrivals({
    quality: () => import('./quality-bars'),
    reactions: () => import('./tile-reactions'),
    trouble: () => import('./tile-trouble'),
    sound: () => import('./play-sound'),
  });
  protected readonly icons = {
    hand: backHandIcon,
    micOff: micOffIcon,
    camera: videocamIcon,
    cameraOff: videocamOffIcon,
    whole: fitScreenIcon,
    fill: cropFreeIcon,
  };
  protected readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  /** The browser requires a gesture before it plays sound. */
  protected readonly blocked = signal(false);
  /** Aspect ratio of the picture, width to height; 0 until there is one. */
  readonly picture = signal(0);
  protected readonly pictured = computed(
    () => this.view().pictured && !(this.view().own && this.pictureHidden()),
  );
  private readonly isOwn = computed(() => this.view().own);
  /** A person who hides their own picture must still see whether others see them. */
  protected readonly signWords = computed(() => {
    const trouble = this.trouble();
    return this.t(trouble ?? (this.view().camera ? 'tile.cameraOn' : 'tile.cameraOff'));
  });
  protected readonly initials = computed(() => initials(this.view().name));
  protected readonly trouble = computed(() => {
    const { own, status, paused } = this.view();
    if (!own && status !== 'connected') return `tile.${status}` as const;
    if (paused === 'none') return null;
    if (!own) return 'tile.paused' as const;
    return paused === 'all' ? ('tile.ownPaused' as const) : ('tile.ownPausedSome' as const);
  });
  /** How much the picture is enlarged where it fills the tile. */
  private readonly filling = computed(() => {
    const { width, height } = this.size();
    return pictureScale(this.picture(), height ? width / height : 0);
  });
  /** Whether the whole picture looks different from the one that fills the tile. */
  protected readonly canFit = computed(() => this.pictured() && this.filling() > 1.02);
  protected readonly whole = computed(() => this.wholePictures.has(this.view().session));
  protected readonly fitWords = computed(() => this.t(this.whole() ? 'tile.fill' : 'tile.whole'));
  protected readonly scale = computed(() => {
    const scale = this.whole() ? 1 : this.filling();
    const { own, stream } = this.view();
    return `${own && isMirrored(stream) ? -scale : scale} ${scale}`;
  });

  private readonly output = inject(SoundOutput);
  private readonly wholePictures = inject(WholePictures);
  private readonly size = hostSize();
  private pressed: Press | null = null;
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

  /** Switches between the whole picture and one that fills the tile. */
  protected fit(): void {
    this.wholePictures.toggle(this.view().session);
  }

  /** A double press on the picture does the same as the button. */
  protected press(event: MouseEvent): void {
    if (event.target instanceof Element && event.target.closest('button, a')) return;
    const isDouble = this.canFit() && isDoublePress(this.pressed, event);
    this.pressed = isDouble ? null : event;
    if (isDouble) this.fit();
  }

  /** Plays sound after the browser refused to play it without a gesture. */
  protected playSound(): void {
    this.play(this.view().stream);
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
