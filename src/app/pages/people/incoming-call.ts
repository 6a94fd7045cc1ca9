import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';

import { I18n, injectTexts } from '../../i18n/i18n';
import { peopleTexts } from '../../i18n/people';
import { ChosenDevicesMemory } from '../../media/chosen-devices';
import { Acquaintances } from '../../people/acquaintances';
import { People, type CameraOnEntering, type IncomingRing } from '../../people/people';
import { Announcer } from '../../ui/announcer';
import { Drafts } from '../../ui/drafts';
import { callEndIcon, moreVertIcon, videocamOffIcon } from '../../ui/icon/call-icons';
import { Icon } from '../../ui/icon/icon';
import { callIcon } from '../../ui/icon/people-icons';
import { Avatar } from './avatar';

/**
 * An incoming call. Outside a call it is a modal dialog. During a call, and once it has been set aside, it is a bar at the top
 * that covers little and takes no focus.
 *
 * Escape never declines: a person who presses it meant what they were doing when the dialog appeared. It turns the dialog into
 * a bar that keeps ringing; declining needs its own button.
 */
@Component({
  selector: 'parley-incoming-call',
  imports: [Avatar, Icon],
  templateUrl: './incoming-call.html',
  styleUrl: './incoming-call.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncomingCall {
  readonly ring = input.required<IncomingRing>();
  /** How many more rings are pending. */
  readonly waiting = input.required<number>();
  /** A call page is open. */
  readonly inCall = input.required<boolean>();

  /** Names of those who are in the call, as far as known. */
  readonly inside = input<readonly string[]>([]);

  /** Accept is about to be pressed: a pointer is over the button, or it has the focus. */
  readonly near = output();
  readonly accepts = output<CameraOnEntering>();

  protected readonly t = injectTexts(peopleTexts);
  protected readonly icons = {
    accept: callIcon,
    decline: callEndIcon,
    more: moreVertIcon,
    voice: videocamOffIcon,
  };
  /** Whether the camera would open on Accept, as far as this device remembers. */
  protected readonly opensCamera = toSignal(inject(ChosenDevicesMemory).on$('camera'));
  private readonly i18n = inject(I18n);
  private readonly people = inject(People);
  private readonly acquaintances = inject(Acquaintances);
  private readonly announcer = inject(Announcer);
  private readonly drafts = inject(Drafts);
  private readonly document = inject(DOCUMENT);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  private readonly aside = signal(false);
  protected readonly bar = computed(() => this.inCall() || this.aside());
  /** What the person opened besides Accept and Decline. */
  protected readonly beside = signal<'message' | 'block' | null>(null);
  /** Whether the bar shows the actions besides Accept and Decline. */
  protected readonly unfolded = signal(false);
  /** The caller may hang up while the person types a message: the text is restored when they ring again. */
  private readonly purpose = computed(() => `decline ${this.ring().lobby} ${this.ring().from.uid}`);
  protected readonly own = computed(() => this.drafts.get(this.purpose()) ?? '');
  protected readonly readyMade = computed(() =>
    ([1, 2, 3] as const).map((number) => this.t(`in.message.${number}`)),
  );

  protected readonly name = computed(() => this.ring().from.name || this.t('guest'));
  protected readonly others = computed(() => {
    const count = this.waiting();
    return this.t(`in.more.${this.i18n.plural(count)}`, { count });
  });

  /** Who is there besides the caller: null for a call between the two. */
  protected readonly company = computed(() => {
    const inside = this.inside();
    if (inside.length < 2) return null;
    const names = this.i18n.list(inside.map((name) => name || this.t('guest')));
    return this.t('in.company', { names });
  });

  /** Where the focus was before the dialog took it. */
  private before: HTMLElement | null = null;

  constructor() {
    afterRenderEffect(() => this.show(this.bar()));
    effect(() => {
      // Screen readers announce the dialog when it takes the focus.
      if (untracked(this.bar))
        this.announcer.alert(untracked(() => this.t('in.title', { name: this.name() })));
    });
    inject(DestroyRef).onDestroy(() => this.giveBack());
  }

  protected setAside(event: Event): void {
    event.preventDefault();
    this.aside.set(true);
  }

  /** Browsers close a dialog on a second Escape, even if the page cancels the event. */
  protected closed(): void {
    if (!this.bar()) this.aside.set(true);
  }

  protected ask(what: 'message' | 'block'): void {
    this.beside.update((before) => (before === what ? null : what));
  }

  protected unfold(): void {
    this.beside.set(null);
    this.unfolded.update((unfolded) => !unfolded);
  }

  protected accept(camera: CameraOnEntering): void {
    // The element that would get the focus back is about to disappear.
    this.before = null;
    this.drafts.set(this.purpose(), null);
    this.accepts.emit(camera);
  }

  protected type(message: string): void {
    this.drafts.set(this.purpose(), message);
  }

  protected decline(message?: string): void {
    const said = message?.trim();
    this.drafts.set(this.purpose(), null);
    if (said) this.people.decline(this.ring(), said);
    else this.people.decline(this.ring());
  }

  protected block(): void {
    const { lobby, from } = this.ring();
    void this.acquaintances.block({ lobby, ...from }, true);
    this.decline();
  }

  private show(bar: boolean): void {
    const dialog = this.dialog().nativeElement;
    if (bar) {
      if (dialog.matches(':modal')) dialog.close();
      // Not with `show()`, which would take the focus.
      dialog.open = true;
      this.giveBack();
      return;
    }
    if (dialog.matches(':modal')) return;
    const { activeElement } = this.document;
    this.before = activeElement instanceof HTMLElement ? activeElement : null;
    dialog.open = false;
    dialog.showModal();
    // Not on a button: the space bar of a person who is typing must not answer.
    this.title().nativeElement.focus();
  }

  private giveBack(): void {
    if (this.before?.isConnected) this.before.focus();
    this.before = null;
  }
}
