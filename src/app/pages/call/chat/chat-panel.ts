import {
  afterNextRender,
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { of, switchMap } from 'rxjs';

import { wallTime } from '../../../loading/clock';
import type { ChatState } from '../../../activity/chat';
import { MAX_TEXT } from '../../../activity/chat-messages';
import { Files } from '../../../files/files';
import type { Offering } from '../../../files/offering';
import type { MemberActivity, Activity } from '../../../activity/activity';
import { ActivityLoader } from '../../../activity/activity-loader';
import { callTexts } from '../../../i18n/call';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { visible$ } from '../../../loading/visible';
import { Announcer } from '../../../ui/announcer';
import { Drafts } from '../../../ui/drafts';
import { attachFileIcon, keyboardArrowDownIcon, moodIcon, sendIcon } from '../../../ui/icon/panel-icons';
import { Icon } from '../../../ui/icon/icon';
import { isPressed } from '../../../ui/pressed';
import { Snack } from '../../../ui/snack/snack';
import { announceOffered } from './announce-offered';
import { conversation, timeLocale } from './chat-view';
import { takeChosen } from '../files/chosen-files';
import { EmojiPicker } from './emoji-picker';
import { FileRow } from '../files/file-row';
import { OfferingRow } from '../files/offering-row';
import { type Address, type Giving, injectEveryone, type Receiver } from '../files/receiver';
import { ReceiverPicker } from '../files/receiver-picker';
import { injectPeopleWords } from '../people-words';
import { keyboardHeight } from './keyboard-height';

const nothing: ChatState = {
  messages: [],
  delivery: new Map(),
  reached: new Map(),
  present: 0,
  unread: 0,
};
/** Distance from the end that still counts as the end, in CSS px. */
const NEAR = 24;

/** The members' messages and files, and the box to write in. */
@Component({
  selector: 'parley-chat-panel',
  imports: [EmojiPicker, FileRow, Icon, OfferingRow, ReceiverPicker],
  templateUrl: './chat-panel.html',
  styleUrl: './chat-panel.scss',
  host: { '(keydown)': 'closePicker($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChatPanel {
  /** Null until it is loaded. */
  readonly activity = input.required<Activity | null>();
  readonly others = input.required<readonly MemberActivity[]>();
  /** The call's code: text typed in one call doesn't show in another. */
  readonly code = input.required<string>();
  readonly given = output<Giving>();

  protected readonly t = injectTexts(callTexts);
  protected readonly filesT = injectTexts(filesTexts);
  protected readonly icons = {
    attach: attachFileIcon,
    down: keyboardArrowDownIcon,
    mood: moodIcon,
    send: sendIcon,
  };
  private readonly i18n = inject(I18n);
  private readonly peopleWords = injectPeopleWords();
  private readonly announcer = inject(Announcer);
  private readonly drafts = inject(Drafts);
  private readonly snack = inject(Snack);
  private readonly files = inject(Files);
  private readonly document = inject(DOCUMENT);
  private readonly log = viewChild.required<ElementRef<HTMLElement>>('log');
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');
  private readonly pick = viewChild.required<ElementRef<HTMLButtonElement>>('pick');
  private readonly clip = viewChild.required<ElementRef<HTMLButtonElement>>('clip');

  private readonly chat = computed(() => this.activity()?.chat ?? null);
  private readonly state = toSignal(
    toObservable(this.chat).pipe(switchMap((chat) => chat?.state$ ?? of(nothing))),
    { initialValue: nothing },
  );
  private readonly locale = computed(() =>
    timeLocale(this.i18n.tag(), this.document.defaultView?.navigator.languages ?? []),
  );
  protected readonly receivers = toSignal(this.files.others$, { initialValue: [] });
  protected readonly alone = computed(() => this.receivers().length === 0);
  private readonly allOfferings = toSignal(this.files.offerings$, { initialValue: [] });
  protected readonly offerings = computed(
    () => new Map(this.allOfferings().map((offering) => [offering.key, offering])),
  );
  /** Changes when files are offered or cleared, but not with their progress: the messages stay as they are. */
  private readonly offered = computed(() => this.allOfferings(), { equal: isSameFiles });
  /** Changes with new messages, but not when they are delivered. */
  private readonly messages = computed(() => this.state().messages);
  protected readonly views = computed(() =>
    conversation(this.messages(), this.offered(), this.locale(), wallTime()),
  );
  /** What is shown at the person's own messages until every member has them, by key. */
  protected readonly deliveries = computed(() => {
    const { delivery, reached, present } = this.state();
    const undelivered = [...delivery].flatMap(([key, state]) =>
      state === 'delivered' ? [] : [{ key, state }],
    );
    return new Map(
      undelivered.map(({ key, state }) => {
        const has = reached.get(key) ?? 0;
        const words = has > 0 ? this.t('chat.partly', { has, of: present }) : this.t(`chat.${state}`);
        return [key, { state, words }];
      }),
    );
  });
  protected readonly typingWords = computed(() => {
    const names = this.others().flatMap(({ typing, name }) => (typing ? [name] : []));
    if (names.length === 0) return '';
    if (names.length > 2) return this.t('chat.typing.several');
    return this.t(`chat.typing.${this.i18n.plural(names.length)}`, { names: this.peopleWords(names) });
  });

  private readonly purpose = computed(() => `chat ${this.code()}`);
  protected readonly text = computed(() => this.drafts.get(this.purpose()) ?? '');
  /** Number of characters over the limit. */
  protected readonly excess = computed(() => Math.max(0, this.text().trim().length - MAX_TEXT));
  protected readonly sendable = computed(() => this.text().trim() !== '' && this.excess() === 0);
  protected readonly limitWords = computed(() =>
    this.t('chat.tooLong', { limit: this.number(MAX_TEXT), excess: this.number(this.excess()) }),
  );
  protected readonly picking = signal(false);
  /** The person is asked whom files are for. */
  protected readonly asking = signal(false);
  private readonly everyone = injectEveryone();
  /** Whom the files are for that the person is choosing. */
  private address: Address | null = null;
  /** Send was pressed before the chat was loaded: the message is sent once it is. */
  private readonly held = signal(false);
  /** There is a new message below the visible part. */
  protected readonly missed = signal(false);
  private atEnd = true;
  private readonly seen = signal(0);

  constructor() {
    inject(ActivityLoader).want();
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      this.box().nativeElement.focus();
      keyboardHeight(this.document)
        .pipe(takeUntilDestroyed(destroyed))
        .subscribe(() => this.atEnd && this.toEnd());
    });
    afterRenderEffect(() => {
      const count = this.views().length;
      // A card grows when its transfer begins.
      this.offerings();
      if (this.atEnd) this.toEnd();
      else if (count > untracked(() => this.seen())) this.missed.set(true);
      this.seen.set(count);
    });
    this.read();
    announceOffered(this.offered, this.receivers);
    effect(() => {
      if (this.held() && this.chat()) untracked(() => this.send());
    });
  }

  protected typed(text: string): void {
    this.drafts.set(this.purpose(), text);
    this.held.set(false);
    this.chat()?.typing(text.trim() !== '');
  }

  /** Enter sends, Shift and Enter break the line. Text that an input method is composing isn't finished. */
  protected enter(event: KeyboardEvent): void {
    if (isPressed(event, 'Enter') && !event.shiftKey) this.write(event);
  }

  protected write(event: Event): void {
    event.preventDefault();
    if (this.excess() > 0) return this.announcer.say(this.limitWords());
    if (!this.sendable()) return;
    this.send();
    this.box().nativeElement.focus();
  }

  /** Opens the file chooser, asks for a receiver first, or says why files can't be sent. */
  protected attach(chooser: HTMLInputElement): void {
    if (this.alone()) return void this.snack.show(this.filesT('files.alone'), { position: 'top' });
    if (this.receivers().length === 1) return this.chooseFor(null, chooser);
    this.picking.set(false);
    this.asking.set(!this.asking());
  }

  protected chooseFor(receiver: Receiver | null, chooser: HTMLInputElement): void {
    if (this.asking()) this.clip().nativeElement.focus();
    this.asking.set(false);
    this.address = receiver ? { to: [receiver], everyone: false } : this.everyone();
    chooser.click();
  }

  protected give(chooser: HTMLInputElement): void {
    const files = takeChosen(chooser);
    if (files.length === 0 || !this.address) return;
    this.given.emit({ files, ...this.address });
    this.toEnd();
  }

  /** Inserts an emoji at the caret. */
  protected insert(emoji: string): void {
    const box = this.box().nativeElement;
    box.setRangeText(emoji, box.selectionStart, box.selectionEnd, 'end');
    this.typed(box.value);
  }

  protected pickEmoji(): void {
    this.asking.set(false);
    this.picking.set(!this.picking());
  }

  /** Escape closes an open picker first, and the panel only after that. */
  protected closePicker(event: KeyboardEvent): void {
    const opener = this.picking() ? this.pick() : this.asking() ? this.clip() : null;
    if (!opener || !isPressed(event, 'Escape')) return;
    event.stopPropagation();
    this.picking.set(false);
    this.asking.set(false);
    opener.nativeElement.focus();
  }

  protected scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.log().nativeElement;
    this.atEnd = scrollTop + clientHeight >= scrollHeight - NEAR;
    if (this.atEnd) this.missed.set(false);
  }

  protected toEnd(): void {
    const log = this.log().nativeElement;
    log.scrollTop = log.scrollHeight;
    this.atEnd = true;
    this.missed.set(false);
  }

  /** Messages count as read while the page is visible. */
  private read(): void {
    const visible = toSignal(visible$(this.document), { requireSync: true });
    effect(() => this.chat()?.setReading(visible()));
    inject(DestroyRef).onDestroy(() => this.chat()?.setReading(false));
  }

  private send(): void {
    const chat = this.chat();
    this.held.set(chat === null);
    if (!chat?.write(this.text())) return;
    this.drafts.set(this.purpose(), null);
    this.picking.set(false);
    this.atEnd = true;
  }

  private number(value: number): string {
    return new Intl.NumberFormat(this.i18n.tag()).format(value);
  }
}

const isSameFiles = (before: readonly Offering[], now: readonly Offering[]) =>
  before.length === now.length && before.every(({ key }, index) => key === now[index]?.key);
